/** Dashboard of Debezium's sources. */
import { clusterVariables, inCluster, type Dashboard, type Panel } from "./dashboard";

const one = `${inCluster},server=~"$server"`;
const perServer = (expr: string): string => `max by (server) (${expr})`;
const streaming = (attribute: string): string => `debezium_${attribute}{${one},context="streaming"}`;
const snapshot = (attribute: string): string => `debezium_${attribute}{${one},context="snapshot"}`;

const panel = (title: string, expr: string, rest: Partial<Panel> = {}): Panel => ({
    title,
    queries: [[perServer(expr), "{{server}}"]],
    ...rest,
});

export const debeziumDashboard: Dashboard = {
    id: "debezium",
    title: "Debezium source",
    variables: [
        ...clusterVariables("kafka_connect_worker_task_count"),
        { name: "server", metric: `debezium_connected{${inCluster}}`, label: "server" },
    ],
    rows: [
        {
            title: "Freshness",
            panels: [
                panel("Connected", streaming("connected"), { description: "0 during the initial snapshot." }),
                panel("Behind source", streaming("millisecondsbehindsource"), {
                    unit: "ms",
                    description: "-1: no change since the start.",
                }),
                {
                    title: "Heartbeats",
                    unit: "cps",
                    queries: [
                        [
                            "sum by (connector) (rate(kafka_producer_topic_record_send" +
                                `{${inCluster},topic=~"__debezium-heartbeat[.].*"}[$__rate_interval]))`,
                            "{{connector}}",
                        ],
                    ],
                },
            ],
        },
        {
            title: "Streaming",
            panels: [
                panel("Events seen", `rate(${streaming("totalnumberofeventsseen")}[$__rate_interval])`, {
                    unit: "cps",
                }),
                panel(
                    "Queue in use",
                    `1 - ${streaming("queueremainingcapacity")} / ${streaming("queuetotalcapacity")}`,
                    {
                        unit: "percentunit",
                    },
                ),
                panel("Queue in bytes", streaming("currentqueuesizeinbytes"), {
                    unit: "bytes",
                    description: "0 unless max.queue.size.in.bytes is set.",
                }),
                panel("Transactions", `rate(${streaming("numberofcommittedtransactions")}[$__rate_interval])`, {
                    unit: "cps",
                }),
                panel("Events rejected", streaming("numberoferroneousevents")),
                panel("Events filtered", `rate(${streaming("numberofeventsfiltered")}[$__rate_interval])`, {
                    unit: "cps",
                }),
            ],
        },
        {
            title: "Snapshot",
            panels: [
                {
                    title: "State",
                    queries: [
                        [perServer(snapshot("snapshotrunning")), "{{server}} running"],
                        [perServer(snapshot("snapshotpaused")), "{{server}} paused"],
                        [perServer(snapshot("snapshotaborted")), "{{server}} aborted"],
                    ],
                },
                {
                    title: "Rows scanned",
                    queries: [[`max by (server, table) (${snapshot("rowsscanned")})`, "{{server}} {{table}}"]],
                },
                panel("Tables left", snapshot("remainingtablecount")),
            ],
        },
        {
            title: "Schema history (MySQL)",
            panels: [
                {
                    title: "State",
                    queries: [
                        [`max by (server, status) (debezium_schema_history_status{${one}})`, "{{server}} {{status}}"],
                    ],
                },
                panel("Changes applied", `debezium_changesapplied{${one},context="schema-history"}`),
            ],
        },
    ],
};
