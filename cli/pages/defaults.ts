/** The defaults of templates that are choices, with their reasons. A test compares them with the templates. */

/** A key of a template's configuration that has a value without an option. */
export interface TemplateDefault {
    /** Templates that have it. */
    readonly templates: readonly string[];
    readonly key: string;
    /** The value; undefined where the plugin's default applies. */
    readonly value?: string | number | boolean;
    /** The default of a plugin that does not report it. Others are recorded (pluginDefaults.ts, kafkaDefaults.ts). */
    readonly pluginDefault?: string;
    readonly reason: string;
    /** What taught it: an issue, a page, a test or a measurement of this repository. */
    readonly source: string;
    /** How to choose another value. */
    readonly instead: string;
}

const mysql = "debeziumMysqlSourceConnector";
const postgres = "debeziumPostgresSourceConnector";
const mongodb = "debeziumMongodbSourceConnector";
const relational = [mysql, postgres];
const changes = [mysql, postgres, mongodb];
const configDef = "the plugin's definition";
const timePrecision =
    "Keeps each column's precision, in units that differ by column. Set `connect` for sinks that expect " +
    "milliseconds; it loses microseconds";
const benchmark = "`npm run bench:throughput`";

export const templateDefaults: readonly TemplateDefault[] = [
    {
        templates: changes,
        key: "poll.interval.ms",
        value: 50,
        reason: "Debezium passes changes on once per interval, so that a longer one delays each change",
        source: benchmark,
        instead: "`config`",
    },
    {
        templates: changes,
        key: "heartbeat.interval.ms",
        value: 30000,
        reason: "Without heartbeats a quiet table keeps the database's log",
        source: "[slot.test.ts](../test/integration/slot.test.ts)",
        instead: "`heartbeatSeconds`",
    },
    {
        templates: [postgres],
        key: "heartbeat.action.query",
        value: "SELECT pg_logical_emit_message(false, 'dbz-heartbeat', 'heartbeat')",
        reason: "A heartbeat record alone does not advance the slot; the message needs no table and no right",
        source: "[slot.test.ts](../test/integration/slot.test.ts), dbz#2058",
        instead: "`heartbeatQuery`",
    },
    {
        templates: [postgres],
        key: "plugin.name",
        value: "pgoutput",
        reason: "decoderbufs is not part of PostgreSQL or RDS",
        source: configDef,
        instead: "`config`",
    },
    {
        templates: [postgres],
        key: "publication.autocreate.mode",
        value: "filtered",
        reason: "A publication of all tables makes PostgreSQL refuse updates of tables without a primary key",
        source: "PostgreSQL's documentation of logical replication",
        instead: "`publicationAutocreate`",
    },
    {
        templates: [postgres],
        key: "offset.mismatch.strategy",
        value: "trust_offset",
        pluginDefault: "no_validation",
        reason: "A slot that was created again has lost changes: the task fails instead of continuing without them",
        source: "debezium/dbz#51, #76",
        instead: "`slotMismatch`",
    },
    {
        templates: changes,
        key: "signal.enabled.channels",
        reason:
            "Without `incrementalSnapshots` a source takes no signals: `source` reads a table that is not " +
            "declared, and `kafka` would need two topics and their rights for each connector. With it, `kafka`, " +
            "and `source` where there is a signal table",
        source: configDef,
        instead: "`incrementalSnapshots`",
    },
    {
        templates: relational,
        key: "decimal.handling.mode",
        value: "string",
        reason: "Exact, and readable in JSON. Behind it, a JDBC sink needs `decimals: precise`",
        source: "[rows.test.ts](../test/integration/rows.test.ts)",
        instead: "`decimals`",
    },
    {
        templates: [postgres],
        key: "time.precision.mode",
        reason: timePrecision,
        source: configDef,
        instead: "`config`",
    },
    {
        templates: [mysql],
        key: "time.precision.mode",
        reason: `${timePrecision}. TIME is always in microseconds, because MySQL's can exceed a day`,
        source: configDef,
        instead: "`config`",
    },
    {
        templates: [mongodb],
        key: "capture.scope",
        pluginDefault: "deployment",
        reason:
            "Opens a change stream on the whole deployment, which needs rights on all " +
            "databases. For a login of one database set `capture.scope: database` and `capture.target`",
        source: configDef,
        instead: "`config`",
    },
    {
        templates: [mongodb],
        key: "mongodb.server.selection.timeout.ms",
        value: 5000,
        reason: "Each validation of the connector waits that long for an unreachable server",
        source: "measured on a worker",
        instead: "`config`",
    },
    {
        templates: changes,
        key: "producer.override.batch.size",
        value: 524288,
        reason:
            "With lz4 and a linger of 20 ms it nearly doubles the records per second. The producer has 32 MB for " +
            "batches, 64 of this size: a source that writes to more partitions at once needs a smaller size or a " +
            "larger `buffer.memory`",
        source: benchmark,
        instead: "`producer`",
    },
    {
        templates: changes,
        key: "producer.override.compression.type",
        value: "lz4",
        reason: "Costs the least CPU for what it saves",
        source: benchmark,
        instead: "`producer`",
    },
    {
        templates: changes,
        key: "producer.override.max.request.size",
        reason:
            "Kafka's 1 MB: a larger row stops the task. Raise it together with `max.message.bytes` of the topic " +
            "and the limit of the broker",
        source: "measured on a worker",
        instead: "`producer`",
    },
    {
        templates: changes,
        key: "topic.creation.default.retention.ms",
        reason:
            "The broker's, seven days by default: afterwards the rows of the snapshot are gone, and a new sink " +
            "does not see them. For topics that are read again, set `topicCreation: { retentionHours: -1 }` or " +
            "`cleanupPolicy: compact`",
        source: "Kafka's documentation of `log.retention.hours`",
        instead: "`topicCreation`",
    },
    {
        templates: ["jdbcSinkConnector"],
        key: "insert.mode",
        value: "upsert",
        reason: "A record that is delivered twice has no effect",
        source: "[templates.test.ts](../test/integration/templates.test.ts)",
        instead: "`insertMode`",
    },
    {
        templates: ["jdbcSinkConnector"],
        key: "errors.tolerance",
        value: "none",
        reason: "A record that cannot be converted stops the task instead of being lost",
        source: "Kafka's KIP-298",
        instead: "`errors.tolerance`",
    },
    {
        templates: ["httpSinkConnector"],
        key: "consumer.override.max.poll.interval.ms",
        value: 3600000,
        reason:
            "All requests of a poll, with their retries, must end within it, or the consumer loses its partitions " +
            "and sends the records again. It is derived from the options of requests and retries",
        source: "Kafka's documentation of `max.poll.interval.ms`",
        instead: "`retries`, `timeoutSeconds`",
    },
    {
        templates: ["bigQuerySinkConnector"],
        key: "allBQFieldsNullable",
        reason:
            "A column that is required in the source is required in BigQuery, and a later " +
            "record without it is refused. Set `true` for sources whose columns can become optional",
        source: "`BigQuerySinkConfig` in the plugin's source",
        instead: "`config`",
    },
    {
        templates: ["mirrorSourceConnector"],
        key: "value.converter",
        value: "org.apache.kafka.connect.converters.ByteArrayConverter",
        reason: "Any other converter silently re-encodes the records",
        source: "measured on a worker",
        instead: "nothing",
    },
];

/** A default of the workers' pods. */
export interface WorkerDefault {
    /** Field of the KafkaConnect's spec. */
    readonly field: string;
    readonly value: string;
    readonly reason: string;
    readonly source: string;
    readonly instead: string;
}

export const workerDefaults: readonly WorkerDefault[] = [
    {
        field: "resources.requests.cpu",
        value: "500m",
        reason:
            "Without a request the scheduler places any number of workers on a node. There is no limit, because a " +
            "worker that starts uses several processors for some seconds",
        source: "start-up measured on a worker",
        instead: "`connect.resources`",
    },
    {
        field: "resources.requests.memory",
        value: "2048Mi",
        reason: "Equal to the limit, so that a full node does not evict the worker for using more than it requested",
        source: "Kubernetes' documentation of node-pressure eviction",
        instead: "`connect.resources`",
    },
    {
        field: "resources.limits.memory",
        value: "2048Mi",
        reason:
            "Strimzi takes three quarters of it for the heap; without a limit the JVM takes a quarter of the node's " +
            "memory. With `connect.jvm.xmx` it is the heap and a quarter more, at least 512Mi",
        source: "Strimzi's documentation of `jvmOptions`, strimzi#4094",
        instead: "`connect.resources`, `connect.jvm.xmx`",
    },
    {
        field: "jvmOptions.-XX.ExitOnOutOfMemoryError",
        value: "true",
        reason:
            "A worker that has run out of heap answers its probes and processes nothing. It ends instead, Kubernetes " +
            "starts it again, and its tasks move to the other workers",
        source: "strimzi#5040",
        instead: "`connect.jvm.options`",
    },
    {
        field: "jvmOptions.-XX.UseG1GC",
        value: "true",
        reason:
            "One of the options that Kafka's script sets where there are none, as are `MaxGCPauseMillis` 20, " +
            "`InitiatingHeapOccupancyPercent` 35 and `ExplicitGCInvokesConcurrent`. Any option replaces them all",
        source: "`kafka-run-class.sh`",
        instead: "`connect.jvm.options`",
    },
];
