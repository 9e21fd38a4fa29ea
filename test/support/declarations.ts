/** For each template the smallest declaration that works, and the fullest: every option set, and to another value than its default. */
import type { Raw } from "./stacks";

const common = { version: "7", state: "paused", autoRestart: { enabled: true, maxRestarts: 3 }, tasksMax: 1 };

const writing = { producer: { "linger.ms": 5, "max.request.size": 2_097_152 }, exactlyOnce: true };

const source = {
    ...writing,
    topicCreation: { partitions: 3, replicationFactor: 1, cleanupPolicy: "compact,delete", retentionHours: 24, groups: [{ name: "big", include: "big\\..*", exclude: "big\\.not", partitions: 12, cleanupPolicy: "delete", retentionHours: -1 }] },
    converter: "json-with-schemas",
    keyConverter: "string",
    transforms: [{ type: "unwrap", config: { "delete.tombstone.handling.mode": "rewrite" } }, { type: "route", name: "toRaw", config: { regex: "(.*)", replacement: "raw.$1" } }, { type: "drop-tombstones" }],
};

const sink = {
    converter: "json-with-schemas",
    keyConverter: "string",
    transforms: [{ type: "org.apache.kafka.connect.transforms.InsertField$Value", name: "origin", config: { "topic.field": "origin" }, predicate: "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone", negate: true }],
    errors: { tolerance: "all", log: false, retryMinutes: 5 },
    deadLetterQueue: { topic: "letters.dead", replicationFactor: 1, headers: false },
    fromBeginning: false,
    consumer: { "fetch.min.bytes": 1024 },
};

const login = { port: 13306, secret: "OTHER", hostKey: "H", userKey: "U", passwordKey: "P" };
const change = { ...common, ...source, topicPrefix: "shop", heartbeatSeconds: 7 };
const cluster = { instance: "backend", secret: "OTHER", bootstrapServersKey: "B", tls: true, authentication: "scram-sha-512", usernameKey: "U", passwordKey: "P" };
const mirror = { ...common, ...writing, targetAlias: "data", replicationPolicy: "identity" };
const topics = ["shop.public.orders"];

export const smallest: readonly Raw[] = [
    { connectorTemplate: "debeziumMysqlSourceConnector", source: { instance: "a", database: "b", table: "c" } },
    { connectorTemplate: "debeziumPostgresSourceConnector", source: { instance: "a", database: "b", table: "c" } },
    { connectorTemplate: "debeziumMongodbSourceConnector", source: { instance: "a", database: "b", collection: "c" } },
    { connectorTemplate: "mirrorSourceConnector", source: { instance: "backend", topic: "EVENT.SUBSCRIPTION.TOPIC" } },
    { connectorTemplate: "mirrorCheckpointConnector", source: { instance: "backend" } },
    { connectorTemplate: "mirrorHeartbeatConnector", source: { instance: "backend" } },
    { connectorTemplate: "fileStreamSourceConnector", file: "/tmp/lines.txt", topic: "lines" },
    { connectorTemplate: "bigQuerySinkConnector", topics, converter: "json-with-schemas", target: { project: "data-platform", dataset: "raw" } },
    { connectorTemplate: "brazeSinkConnector", topics, endpoint: "https://rest.iad-01.braze.com", object: "attributes" },
    { connectorTemplate: "httpSinkConnector", topics, target: { name: "webhook", url: "https://example.com/in" } },
    { connectorTemplate: "jdbcSinkConnector", topics, converter: "json-with-schemas", target: { type: "postgresql", instance: "warehouse", database: "warehouse" } },
    { connectorTemplate: "fileStreamSinkConnector", topics, file: "/tmp/copy.txt" },
    { connectorTemplate: "raw", name: "trial", class: "org.apache.kafka.connect.file.FileStreamSourceConnector", topics: ["lines2"], config: { file: "/tmp/lines.txt", topic: "lines2" } },
];

export const fullest: readonly Raw[] = [
    { connectorTemplate: "connector.debeziumMysqlSourceConnector", name: "full-mysql", ...change, topicPrefix: "m", source: { instance: "a", database: "d_b", table: "t$b", ...login }, snapshot: { mode: "when_needed", lockingMode: "none", fetchSize: 100 }, decimals: "precise", serverId: 77, sslMode: "required", schemaHistoryTopic: "history", config: { "max.batch.size": 99 } },
    { connectorTemplate: "connector.debeziumPostgresSourceConnector", name: "full-postgres", ...change, topicPrefix: "p", source: { instance: "a", database: "b", schema: "ledger", table: "c", ...login }, snapshot: { mode: "no_data", lockingMode: "shared", fetchSize: 100 }, decimals: "double", slotName: "my_slot", publicationName: "my_publication", publicationAutocreate: "disabled", heartbeatQuery: "SELECT 1", sslMode: "require", config: { "max.batch.size": 99 } },
    { connectorTemplate: "connector.debeziumMongodbSourceConnector", name: "full-mongodb", ...change, topicPrefix: "d", source: { instance: "a", database: "b", collection: "c", secret: "OTHER", connectionStringKey: "C", userKey: "U", passwordKey: "P" }, transforms: [], tls: true, captureMode: "change_streams", snapshotMode: "no_data", config: { "max.batch.size": 99 } },
    { connectorTemplate: "connector.mirrorSourceConnector", name: "full-mirror", ...mirror, state: "paused", tasksMax: 5, source: { ...cluster, topics: ["EVENT.A", "EVENT.B"] }, replicationFactor: 1, syncTopicConfigs: false, syncAcls: true, offsetSyncs: false, refreshMinutes: 1, isolation: "read_committed", config: { "offset.lag.max": 10 } },
    { connectorTemplate: "connector.mirrorCheckpointConnector", name: "full-checkpoint", ...mirror, exactlyOnce: false, source: cluster, groups: ["billing"], syncGroupOffsets: true, intervalSeconds: 10, config: { "refresh.groups.enabled": false } },
    { connectorTemplate: "connector.mirrorHeartbeatConnector", name: "full-heartbeat", ...mirror, exactlyOnce: false, source: { instance: "backend", bootstrapServers: "kafka-1:9092,kafka-2:9092", authentication: "plain" }, intervalSeconds: 10, config: { "admin.timeout.ms": 1000 } },
    { connectorTemplate: "connector.fileStreamSourceConnector", name: "full-file", ...common, ...source, file: "/tmp/other.txt", topic: "other", batchSize: 1, config: { "errors.log.enable": true } },
    { connectorTemplate: "connector.bigQuerySinkConnector", name: "full-bigquery", ...common, ...sink, topics: ["a", "b"], target: { project: "data-platform", dataset: "raw", credentials: "secret", secret: "OTHER", keyKey: "K" }, tables: [{ topic: "a", table: "first" }], createTables: false, addFields: true, upsert: true, delete: true, keyField: "id", mergeSeconds: 30, partitionBy: "field", partitionField: "at", partitionType: "HOUR", clusterBy: ["id"], retries: 3, config: { threadPoolSize: 5 } },
    { connectorTemplate: "connector.brazeSinkConnector", name: "full-braze", ...common, ...sink, topics: ["c"], converter: "json", retries: { max: 2, backoffSeconds: 1 }, timeoutSeconds: 5, dropTombstones: false, endpoint: "https://rest.fra-01.braze.eu", object: "request", secret: "OTHER", apiKeyKey: "K", batchSize: 10, config: { "decimal.format": "NUMERIC" } },
    { connectorTemplate: "connector.httpSinkConnector", name: "full-http", ...common, ...sink, topics: ["d"], converter: "string", errors: { tolerance: "none" }, deadLetterQueue: {}, retries: { max: 0, backoffSeconds: 1 }, timeoutSeconds: 5, dropTombstones: true, target: { name: "webhook", url: "https://example.com/in", authorization: "oauth2", secret: "OTHER", tokenUrl: "https://example.com/token", clientIdKey: "I", clientSecretKey: "S", scope: "write", contentType: "application/x-ndjson", headers: { "X-Team": "data" } }, batch: { size: 10, prefix: "", separator: "\n", suffix: "\n" }, config: { "decimal.format": "NUMERIC" } },
    { connectorTemplate: "connector.jdbcSinkConnector", name: "full-jdbc", ...common, ...sink, topics: ["e"], target: { type: "mysql", instance: "warehouse", database: "warehouse", table: "copy_${topic}", ...login }, insertMode: "insert", primaryKey: "kafka", primaryKeyFields: ["t", "p", "o"], delete: false, schemaEvolution: "basic", batchSize: 50, config: { "quote.identifiers": true } },
    { connectorTemplate: "connector.fileStreamSinkConnector", name: "full-file-sink", ...common, ...sink, topics: ["f"], file: "/tmp/all.txt", config: { "errors.retry.delay.max.ms": 1000 } },
    { connectorTemplate: "connector.raw", ...common, name: "full-raw", class: "org.apache.kafka.connect.file.FileStreamSinkConnector", reads: ["g"], config: { topics: "g", file: "/tmp/g.txt" } },
];

/** A stack with every template, as a stack file has it. */
export const everyTemplate = (declarations: readonly Raw[]): Raw => ({
    kafka: { bootstrapServers: "localhost:9092", brokers: 1 },
    secrets: { provider: "file" },
    image: { build: { registry: "localhost:5000/kafka-connect" } },
    connect: { exactlyOnce: true },
    connectors: declarations,
});
