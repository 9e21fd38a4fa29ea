/** The JMX exporter's rules for Debezium's source connectors. Its JDBC sink has no MBeans. */
import { numeric, type JmxRule } from "./jmxRule";

/** Streaming, snapshot and schema-history: a context has a hyphen. */
const bean = "debezium\\.(\\w+)<type=connector-metrics, context=([\\w-]+), server=([^,>]+)";
const labels = { plugin: "$1", context: "$2", server: "$3" };

/** The rules, the narrow ones first: the first that matches is used. */
export const debeziumJmxRules: readonly JmxRule[] = [
    {
        pattern: `${bean}><>Status: (.+)`,
        name: "debezium_schema_history_status",
        value: 1,
        labels: { ...labels, status: "$4" },
        type: "GAUGE",
    },
    {
        pattern: `${bean}(?:, task=(\\d+))?(?:, database=([^,>]+))?, key=([^,>]+)><>RowsScanned: ${numeric}`,
        name: "debezium_rowsscanned",
        labels: { ...labels, task: "$4", database: "$5", table: "$6" },
        type: "GAUGE",
    },
    {
        // task and database: SQL Server and MongoDB; the exporter leaves out labels that are empty
        pattern: `${bean}(?:, task=(\\d+))?(?:, database=([^,>]+))?><>(\\w+): ${numeric}`,
        name: "debezium_$6",
        labels: { ...labels, task: "$4", database: "$5" },
        type: "GAUGE",
    },
];
