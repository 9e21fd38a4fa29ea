/** A small builder of Grafana dashboards: rows of panels, and the variables that choose what they show. Pure. */

/** A line of a panel: PromQL, and the legend as a template of Grafana. */
export type Query = readonly [expr: string, legend: string];

/** One panel. */
export interface Panel {
    readonly title: string;
    readonly queries: readonly Query[];
    /**
     * Grafana's name of the unit.
     * @default "short"
     */
    readonly unit?: string;
    /** What a reader should know to judge the values. */
    readonly description?: string;
    /**
     * `stat` shows the current value only.
     * @default "timeseries"
     */
    readonly type?: "timeseries" | "stat";
}

/** Panels under a common title. */
export interface Row {
    readonly title: string;
    readonly panels: readonly Panel[];
}

/** A variable, whose values are a label of a metric. */
export interface Variable {
    readonly name: string;
    readonly metric: string;
    readonly label: string;
}

/** One dashboard. Its rows are in the order in which one looks during an incident. */
export interface Dashboard {
    /** Name of its file, and part of its address. */
    readonly id: string;
    readonly title: string;
    readonly variables: readonly Variable[];
    readonly rows: readonly Row[];
}

/** Matchers of the chosen cluster. */
export const inCluster = 'namespace=~"$namespace",strimzi_io_cluster=~"$cluster"';

/** The variables `namespace` and `cluster`, from a metric of the cluster. */
export const clusterVariables = (metric: string): readonly Variable[] => [
    { name: "namespace", metric, label: "namespace" },
    { name: "cluster", metric: `${metric}{namespace=~"$namespace"}`, label: "strimzi_io_cluster" },
];

const datasource = { type: "prometheus", uid: "${datasource}" };
const width = 8;
const height = 7;

const variableJson = ({ name, metric, label }: Variable) => ({
    name,
    type: "query",
    datasource,
    query: `label_values(${metric}, ${label})`,
    refresh: 2,
    includeAll: true,
    multi: true,
    allValue: ".*",
    current: { text: "All", value: "$__all" },
});

function panelJson({ title, queries, unit = "short", description, type = "timeseries" }: Panel, x: number, y: number) {
    return {
        type,
        title,
        ...(description ? { description } : {}),
        datasource,
        gridPos: { x, y, w: width, h: height },
        fieldConfig: { defaults: { unit }, overrides: [] },
        targets: queries.map(([expr, legendFormat], index) => ({
            refId: String.fromCharCode(65 + index),
            datasource,
            expr,
            legendFormat,
        })),
    };
}

function panelsJson(rows: readonly Row[]): object[] {
    let y = 0;
    return rows.flatMap(({ title, panels }) => {
        const header = { type: "row", title, collapsed: false, gridPos: { x: 0, y: y++, w: 24, h: 1 }, panels: [] };
        const placed = panels.map((panel, index) =>
            panelJson(panel, (index % 3) * width, y + Math.floor(index / 3) * height),
        );
        y += Math.ceil(panels.length / 3) * height;
        return [header, ...placed];
    });
}

/** The dashboard as Grafana's JSON model, with links to all dashboards of the platform. */
export const dashboardJson = ({ id, title, variables, rows }: Dashboard): object => ({
    uid: `kcp-${id}`,
    title: `Kafka Connect / ${title}`,
    tags: ["kafka-connect-platform"],
    schemaVersion: 39,
    editable: false,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    links: [
        {
            type: "dashboards",
            title: "Kafka Connect",
            tags: ["kafka-connect-platform"],
            asDropdown: true,
            includeVars: true,
            keepTime: true,
        },
    ],
    templating: {
        list: [{ name: "datasource", type: "datasource", query: "prometheus" }, ...variables.map(variableJson)],
    },
    panels: panelsJson(rows).map((panel, index) => ({ id: index + 1, ...panel })),
});
