/** Queries of dashboards without Grafana: its variables match everything, its interval is given. Pure. */
import type { Dashboard } from "./dashboard";

/** A query as Prometheus takes it. */
export function plainQuery(expr: string, { variables }: Dashboard, interval: string): string {
    const names = variables.map(({ name }) => name);
    return names
        .reduce((query, name) => query.replaceAll(`$${name}`, ".*"), expr.replaceAll("$__rate_interval", interval))
        .replaceAll("$__range", interval);
}

/** A legend with the labels of a series filled in. */
export const legendOf = (legend: string, labels: Readonly<Record<string, string>>): string =>
    legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
