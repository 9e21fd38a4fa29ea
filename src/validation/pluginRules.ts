/**
 * What a plugin accepts and then fails at, or does wrongly without a word: each rule was seen on a real worker, whose own
 * validation let it pass. Templates never make these mistakes; `raw` and `config` can.
 */
import { issue, type Issue } from "../schema/issues";
import type { ResolvedConnector, ConnectContext } from "../connectors/template";

/** A issue at a key of the configuration. */
interface Finding {
    key: string;
    message: string;
}

type Config = ResolvedConnector["config"];

interface Rule {
    /** Classes it is about. */
    readonly classes: RegExp;
    check(config: Config, context: ConnectContext, connector: ResolvedConnector): Finding[];
}

const needs = (config: Config, keys: readonly string[], why: string): Finding[] =>
    keys
        .filter((key) => config[key] === undefined || config[key] === "")
        .map((key) => ({ key, message: `is missing: ${why}` }));

const byteArrays = "org.apache.kafka.connect.converters.ByteArrayConverter";

/** Values that plugins had and have no more, by key: what stands in their place (Debezium's release notes). */
const formerValues: readonly { classes: RegExp; key: string; values: readonly string[]; now: string }[] = [
    { classes: /MySqlConnector$/, key: "snapshot.mode", values: ["schema_only"], now: "no_data" },
    { classes: /MySqlConnector$/, key: "snapshot.mode", values: ["schema_only_recovery"], now: "recovery" },
    { classes: /^io\.debezium\./, key: "snapshot.mode", values: ["never"], now: "no_data" },
    { classes: /PostgresConnector$/, key: "snapshot.mode", values: ["exported"], now: "initial" },
    {
        classes: /PostgresConnector$/,
        key: "plugin.name",
        values: ["wal2json", "wal2json_streaming", "wal2json_rds", "wal2json_rds_streaming"],
        now: "pgoutput",
    },
    { classes: /MongoDbConnector$/, key: "capture.mode", values: ["oplog"], now: "change_streams_update_full" },
];

const rules: readonly Rule[] = [
    {
        classes: /./,
        check: (config, _, { class: className }) =>
            formerValues
                .filter(({ classes, key, values }) => classes.test(className) && values.includes(String(config[key])))
                .map(({ key, now }) => ({
                    key,
                    message: `is ${JSON.stringify(config[key])}, which the plugin no longer has; it is called ${now} now`,
                })),
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./,
        check: (_, __, { tasksMax, template }) =>
            tasksMax > 1 && template === "raw"
                ? [
                      {
                          key: "tasks.max",
                          message: `is ${tasksMax}, wants at most 1: with more, Debezium runs no task at all`,
                      },
                  ]
                : [],
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb)\./,
        check: (config) =>
            config["schema.history.internal"]
                ? []
                : needs(
                      config,
                      ["schema.history.internal.kafka.bootstrap.servers", "schema.history.internal.kafka.topic"],
                      "the task fails without it, and nothing of the worker's own Kafka is taken over",
                  ),
    },
    {
        classes: /^io\.debezium\.connector\.postgresql\./,
        check: (config) =>
            needs(config, ["plugin.name"], "its default, decoderbufs, is on no RDS and no stock server; pgoutput is"),
    },
    {
        classes: /^io\.debezium\.connector\.mongodb\./,
        check: (config) =>
            needs(
                config,
                ["mongodb.server.selection.timeout.ms"],
                "at its default a server out of reach keeps each validation waiting for 30 seconds; 5000 is enough",
            ),
    },
    {
        classes: /^org\.apache\.kafka\.connect\.mirror\./,
        check: (config) => [
            ...needs(
                config,
                ["source.cluster.bootstrap.servers", "target.cluster.bootstrap.servers"],
                "the connector fails at its start without it",
            ),
            ...["key.converter", "value.converter"]
                .filter((key) => config[key] !== byteArrays)
                .map((key) => ({
                    key,
                    message: `wants ${byteArrays}: with any other, records are not copied as they are, and nothing tells`,
                })),
        ],
    },
    {
        classes: /^io\.aiven\.kafka\.connect\.http\./,
        check: (config, _, { template, overriddenKeys: override }) => [
            ...(config["http.authorization.type"] === "static"
                ? needs(
                      config,
                      ["http.headers.authorization"],
                      "http.authorization.type static fails at its start without it",
                  )
                : []),
            ...(config["http.authorization.type"] === "oauth2"
                ? needs(
                      config,
                      ["oauth2.access.token.url", "oauth2.client.id", "oauth2.client.secret"],
                      "http.authorization.type oauth2 fails at its start without it",
                  )
                : []),
            // of their own options the templates tell it themselves
            ...(String(config["batching.enabled"]) === "true" &&
            config["errors.tolerance"] === "all" &&
            (template === "raw" || override.includes("errors.tolerance"))
                ? [
                      {
                          key: "batching.enabled",
                          message: "is true and errors.tolerance is all: the plugin starts with one of them only",
                      },
                  ]
                : []),
        ],
    },
    {
        classes: /BigQuerySinkConnector$/,
        check: (config) =>
            config.keySource === "APPLICATION_DEFAULT"
                ? []
                : needs(
                      config,
                      ["keyfile"],
                      "without it the connector fails at its start; or keySource: APPLICATION_DEFAULT",
                  ),
    },
    {
        // its validation takes any word, and its task then works with the default or fails
        classes: /\.JdbcSinkConnector$/,
        check: (config) =>
            Object.entries({
                "insert.mode": ["insert", "upsert", "update"],
                "primary.key.mode": ["none", "kafka", "record_key", "record_header", "record_value"],
                "schema.evolution": ["none", "basic"],
            })
                .filter(
                    ([key, words]) => config[key] !== undefined && !words.includes(String(config[key]).toLowerCase()),
                )
                .map(([key, words]) => ({
                    key,
                    message: `is ${JSON.stringify(config[key])}, wants one of ${words.join(", ")}`,
                })),
    },
    { classes: /./, check: replication },
];

/** Replication factors that a connector has where its configuration says nothing. */
const stockReplication: readonly {
    classes: RegExp;
    key: string;
    factor: number;
    when?: (config: Config) => boolean;
}[] = [
    {
        classes: /./,
        key: "errors.deadletterqueue.topic.replication.factor",
        factor: 3,
        when: (config) => Boolean(config["errors.deadletterqueue.topic.name"]),
    },
    { classes: /MirrorSourceConnector$/, key: "replication.factor", factor: 2 },
    {
        classes: /MirrorSourceConnector$/,
        key: "offset-syncs.topic.replication.factor",
        factor: 3,
        when: (config) => String(config["emit.offset-syncs.enabled"]) !== "false",
    },
    { classes: /MirrorCheckpointConnector$/, key: "checkpoints.topic.replication.factor", factor: 3 },
    { classes: /MirrorHeartbeatConnector$/, key: "heartbeats.topic.replication.factor", factor: 3 },
];

/** More replicas than brokers: the topic is never made, and the task fails. */
function replication(config: Config, { brokers }: ConnectContext, { class: className }: ResolvedConnector): Finding[] {
    if (brokers === undefined) return [];
    const stock = stockReplication.filter(
        ({ classes, key, when }) => classes.test(className) && config[key] === undefined && (!when || when(config)),
    );
    const factors = [
        ...Object.entries(config)
            .filter(([key]) => key.endsWith("replication.factor"))
            .map(([key, value]) => ({ key, factor: Number(value) })),
        ...stock,
    ];
    return factors
        .filter(({ factor }) => factor > brokers)
        .map(({ key, factor }) => ({
            key,
            message: `is ${factor}${config[key] === undefined ? " by default" : ""}, and Kafka has ${brokers} broker${brokers === 1 ? "" : "s"} (kafka.brokers): the task would fail`,
        }));
}

/** What would show only when the connector runs. */
export const checkPluginRules = (connector: ResolvedConnector, context: ConnectContext): Issue[] =>
    rules
        .filter(({ classes }) => classes.test(connector.class))
        .flatMap(({ check }) => check(connector.config, context, connector))
        .map(({ key, message }): Issue => {
            const at = key === "tasks.max" ? ["connectors", connector.index, "tasksMax"] : connector.settingPath(key);
            // a setting that is written is named by its own path; of any other the key has to be named
            return issue("KCP_TODO", at, at.at(-1) === key || key === "tasks.max" ? message : `(${key}) ${message}`);
        });
