/**
 * A part of a stack file for each code that a stack file can cause. The page of errors shows it with the message that
 * it really causes, so no message is written twice; a test checks that every code has one.
 */
import { parse } from "yaml";
import { loadStack } from "../../src/stack/loadStack";
import { formatIssue, SettingsError, type Issue } from "../../src/schema/issues";
import type { IssueCode } from "../../src/schema/issueCodes";

/** Settings that an example does not show, because every stack has them. */
const base =
    "kafka: { bootstrapServers: 'kafka:9092' }\nsecrets: { provider: file }\n" +
    "image: { build: { registry: localhost:5000/connect } }\n";

const postgres = `  - connectorTemplate: debeziumPostgresSourceConnector
    source: { instance: shop, database: shop, table: orders }`;

const forTables = `    converter: json-with-schemas
    decimals: precise`;

const jdbcSink = `  - connectorTemplate: jdbcSinkConnector
    topics: [shoppostgres-shop-orders.public.orders]
    converter: json-with-schemas
    target: { type: postgresql, instance: reports, database: reports }`;

export const errorExamples: Readonly<Partial<Record<IssueCode, string>>> = {
    KCP_UNKNOWN_SETTING: "connect: { replicas: 3, nmae: orders }",
    KCP_MISSING_SETTING: "secrets: { provider: aws-secrets-manager, prefix: data/ }",
    KCP_INVALID_VALUE: "connect: { replicas: three }",
    KCP_CONFLICTING_SETTINGS: `connect: { install: false }
connectors:
  - { connectorTemplate: fileStreamSourceConnector, file: /mnt/orders.txt, topic: orders }`,
    KCP_UNUSED_SETTING: "metrics: { alerts: true }",
    KCP_OVERRIDDEN_FIELD: "connect: { replicas: 3, spec: { replicas: 5 } }",
    KCP_MUTABLE_IMAGE: 'image: { existing: "registry.example.com/connect:1.0" }',
    KCP_DUPLICATE_NAME: `kafkaAccess:
  cluster: shared
  topics: [{ name: orders }, { name: orders }]`,
    KCP_MANAGED_SETTING: 'connect: { config: { "bootstrap.servers": "other:9092" } }',
    KCP_LITERAL_CREDENTIAL: `connectors:
  - name: orders
    connectorTemplate: raw
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: orders, consumer.override.sasl.jaas.config: "… password=correct-horse;" }`,
    KCP_UNRESOLVABLE_REFERENCE: `connectors:
  - name: orders
    connectorTemplate: raw
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: orders, file: "\${vault:ORDERS:FILE}" }`,
    KCP_UNSUPPORTED_BY_VERSION: `strimzi: { version: 0.45.0 }
connectors:
  - name: files
    connectorTemplate: raw
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    pluginVersion: 4.2.0
    config: { topic: files, file: /mnt/files.txt }`,
    KCP_INVALID_CONFIG_VALUE: 'connect: { config: { "offset.flush.interval.ms": 10s } }',
    KCP_OTHER_ACCOUNT: `eks: { clusterName: data, region: eu-west-1, accountId: "123456789012" }
secrets:
  prefix: data_connect_
  kmsKeyArns: ["arn:aws:kms:eu-west-1:999999999999:key/11111111-2222-3333-4444-555555555555"]`,
    KCP_UNENCRYPTED_LOGIN: `kafka:
  bootstrapServers: kafka:9092
  authentication: { type: plain, username: connect, secretName: connect-login }`,
    KCP_WEAK_DURABILITY: "kafka: { bootstrapServers: 'kafka:9092', brokers: 3, replicationFactor: 1 }",
    KCP_UNVERIFIED_VERSION: "strimzi: { version: 0.47.0 }",
    KCP_INVALID_KUBERNETES_FIELD: "connect: { spec: { replica: 3 } }",
    KCP_BROAD_ACCESS: "connect: { allowFrom: [{}] }",
    KCP_INSUFFICIENT_BROKERS: `kafkaCluster: { name: kafka }
kafkaAccess: { topics: [{ name: orders, replicationFactor: 3 }] }`,
    KCP_INVALID_QUORUM: "kafkaCluster: { nodePools: [{ name: nodes, replicas: 2 }] }",
    KCP_MISSING_LISTENER: "kafkaCluster: { listeners: { tls: false } }",
    KCP_CROSS_NAMESPACE_SECRET: `connect: { namespace: connect }
kafkaCluster: { namespace: kafka }`,
    KCP_UNKNOWN_CONFIG_KEY: `connectors:
  - name: files
    connectorTemplate: raw
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: files, fille: /mnt/files.txt }`,
    KCP_REMOVED_CONFIG_KEY: `connectors:
${postgres}
    config: { database.server.name: shop }`,
    KCP_REMOVED_CONFIG_VALUE: `connectors:
  - connectorTemplate: debeziumMysqlSourceConnector
    source: { instance: shop, database: shop, table: orders }
    config: { snapshot.mode: schema_only }`,
    KCP_MISSING_CONFIG_KEY: `connectors:
  - name: orders
    connectorTemplate: raw
    class: io.debezium.connector.mysql.MySqlConnector
    config: { topic.prefix: orders, database.hostname: db, database.user: connect, database.server.id: 5 }`,
    KCP_UNDECLARED_NAME: `connectors:
  - name: orders
    connectorTemplate: raw
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: a, transforms: route, transforms.rout.type: org.apache.kafka.connect.transforms.RegexRouter }`,
    KCP_SHARED_RESOURCE: `connectors:
${postgres}
    config: { slot.name: debezium }
${postgres.replace("orders", "customers")}
    config: { slot.name: debezium }`,
    KCP_TABLE_CAPTURED_TWICE: `connectors:
${postgres}
${postgres}
    name: orders-again`,
    KCP_TOMBSTONE_FAILURE: `connectors:
${postgres}
    config:
      transforms: time
      transforms.time.type: com.github.jcustenborder.kafka.connect.transform.common.ExtractTimestamp$Value
      transforms.time.field.name: ts_ms`,
    KCP_SILENT_CORRUPTION: `connectors:
  - name: mirror
    connectorTemplate: raw
    class: org.apache.kafka.connect.mirror.MirrorSourceConnector
    config:
      source.cluster.alias: old
      source.cluster.bootstrap.servers: old:9092
      target.cluster.bootstrap.servers: kafka:9092
      key.converter: org.apache.kafka.connect.converters.ByteArrayConverter
      value.converter: org.apache.kafka.connect.storage.StringConverter`,
    KCP_NO_HEARTBEAT: `connectors:
${postgres}
    heartbeatSeconds: 0`,
    KCP_RENAMED_CONNECTOR: `connectors:
  - connectorTemplate: raw
    config:
      name: Shop_Lines
      connector.class: FileStreamSource
      file: /tmp/lines
      topic: lines`,
    KCP_FORMAT_MISMATCH: `connectors:
${postgres}
    converter: json
  - connectorTemplate: fileStreamSinkConnector
    topics: [shoppostgres-shop-orders.public.orders]
    file: /tmp/orders
    converter: json-with-schemas`,
    KCP_UNWRITTEN_TOPIC: `connectors:
${postgres}
  - connectorTemplate: fileStreamSinkConnector
    topics: [shoppostgres-shop-orders.public.order]
    file: /tmp/orders`,
    KCP_UNINTENDED_TOPIC: `connectors:
${postgres}
  - connectorTemplate: fileStreamSinkConnector
    topics: [{ pattern: .*shop.* }]
    file: /tmp/orders`,
    KCP_UNAVAILABLE_VALUE: `connectors:
${postgres}
${forTables}
${jdbcSink}`,
    KCP_LOST_DELETION: `connectors:
${postgres}
${forTables}
    reselect: true
    transforms:
      - { type: unwrap, config: { delete.tombstone.handling.mode: drop } }
${jdbcSink}`,
};

/**
 * Codes about the notation of the file, the image's manifest, the size of the file, and what a running plugin, a
 * database, a cluster or another stack reports.
 */
export const withoutExample: readonly IssueCode[] = [
    "KCP_DATABASE_KEY",
    "KCP_DATABASE_RIGHTS",
    "KCP_DATABASE_SETTING",
    "KCP_DATABASE_TABLE",
    "KCP_INVALID_IMAGE_CONTEXT",
    "KCP_INVALID_STACK_FILE",
    "KCP_KNOWN_DATA_LOSS",
    "KCP_LARGE_CONFIG",
    "KCP_MANAGED_BY_TWO",
    "KCP_MISSING_PLUGIN",
    "KCP_PLUGIN_REJECTED",
    "KCP_TEAM_RIGHTS",
    "KCP_UNQUOTED_VALUE",
];

/** The settings of an example, with those of every stack. */
function settingsOf(example: string): Record<string, unknown> {
    const settings = { ...parse(base), ...parse(example) } as Record<string, unknown>;
    if (settings.kafkaCluster) delete settings.kafka;
    return settings;
}

/** The errors and warnings of an example. */
export function findings(example: string): readonly Issue[] {
    try {
        return loadStack(settingsOf(example), "example").warnings;
    } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
    }
}

/** The example of a code and the messages that it causes, as Markdown. Empty where a code has none. */
export function exampleOf(code: IssueCode): string {
    const example = errorExamples[code];
    if (!example) return "";
    const messages = findings(example).filter((found) => found.code === code);
    if (messages.length === 0) throw new Error(`the example of ${code} does not cause it`);
    const lines = messages.map((found) => formatIssue(found)).join("\n");
    return `\n\n\`\`\`yaml\n${example}\n\`\`\`\n\n\`\`\`\n${lines}\n\`\`\``;
}
