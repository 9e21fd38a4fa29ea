/** Every dashboard of the platform, and the file of each. Pure. */
import { connectDashboards } from "./connectDashboards";
import { dashboardJson, type Dashboard } from "./dashboard";
import { debeziumDashboard } from "./debeziumDashboard";
import { kafkaDashboards } from "./kafkaDashboards";

/** The dashboards. */
export const dashboards: readonly Dashboard[] = [...connectDashboards, debeziumDashboard, ...kafkaDashboards];

/** Name of a dashboard's file. */
export const dashboardFile = ({ id }: Dashboard): string => `${id}.json`;

/** Content of a dashboard's file, which Grafana imports. */
export const dashboardText = (dashboard: Dashboard): string => `${JSON.stringify(dashboardJson(dashboard), null, 1)}\n`;
