/** What a connector template is: a pure function from a short declaration to a connector's class and configuration. */
import { z } from "zod";
import { dnsName, flag, group, list, oneOf, properties, text, wholeNumber } from "../settings/kinds";
import type { StrimziRelease } from "../strimzi/versions";

/** A connector's configuration as Kafka Connect takes it. */
export type ConnectorConfig = Record<string, string | number | boolean>;

/** What a template may know of the platform its connector runs on. */
export interface Platform {
    readonly release: StrimziRelease;
    /** Name of the Connect cluster. */
    readonly connectCluster: string;
    /** Name of the config provider that resolves `${name:SECRET:KEY}`, where the stack has one. */
    readonly secretProvider?: string;
    /** Namespace of the secrets, where that provider reads Secrets of Kubernetes. */
    readonly secretNamespace?: string;
    /** Bootstrap servers of the cluster's own Kafka. */
    readonly bootstrapServers: string;
    /** Properties by which a client inside the workers logs in to that Kafka; empty for plaintext. */
    readonly clientSecurity: Readonly<Record<string, string>>;
    /** Replicas of created topics; -1 means the broker's default. */
    readonly replicationFactor: number;
}

/** Something a connector uses that no other connector of the stack may use too. */
export interface Claim {
    /** What it is: `topic prefix`, `replication slot`, … */
    readonly kind: string;
    readonly value: string;
    /** The option by which a user can choose another one. */
    readonly option: string;
}

/** A connector as it will be deployed. */
export interface ConnectorPlan {
    /** Name of the KafkaConnector: the base name, and the version when there is one. */
    readonly name: string;
    /** The name without the version: it stays when a new version takes a new snapshot. */
    readonly baseName: string;
    readonly template: string;
    readonly class: string;
    readonly tasksMax: number;
    readonly state: "running" | "paused" | "stopped";
    readonly autoRestart: { readonly enabled: boolean; readonly maxRestarts?: number };
    readonly config: Readonly<ConnectorConfig>;
    /** Keys of `config` that the user wrote, rather than the template. */
    readonly override: readonly string[];
    /** Topics it writes to. */
    readonly topics: readonly string[];
    readonly claims: readonly Claim[];
    /** Place in the stack file's list. */
    readonly index: number;
}

/** What a template makes of a declaration; the registry adds what is common to all. */
export interface TemplateResult {
    /** Class of the plugin, where the declaration chooses it. Default: the template's. */
    class?: string;
    baseName: string;
    config: ConnectorConfig;
    topics: string[];
    claims: Claim[];
}

/** A connector template. `D` is the declaration as its schema returns it. */
export interface Template<S extends z.ZodType = z.ZodType, D = z.output<S>> {
    /** The word after `connectorTemplate:`. */
    readonly name: string;
    /** One line on what it is for. */
    readonly summary: string;
    /** The connector class, which the plugin manifest must provide; undefined where the declaration names it. */
    readonly class?: string;
    /** `tasksMax` when the declaration has none. */
    readonly defaultTasksMax: number;
    /** The most tasks it can use. Debezium's sources take one; with more, the connector runs with none at all. */
    readonly mostTasks: number;
    readonly schema: S;
    build(declaration: D, platform: Platform): TemplateResult;
}

/** The options that every template has. */
export const commonShape = {
    connectorTemplate: text("the name of a template").describe("Name of the template; the prefix `connector.` may be left out"),
    name: dnsName().max(200, { error: "a DNS name of at most 200 characters" }).optional().describe("Base name of the connector. Default: made from the source"),
    version: z
        .union([z.string(), z.number()], { error: "a word or a number, such as 2025042401" })
        .transform(String)
        .pipe(text("a word of a-z, 0-9, - and ., such as 2025042401", /^[a-z0-9]([a-z0-9.-]{0,40}[a-z0-9])?$/))
        .optional()
        .describe("Appended to the name. A new version is a new connector, which takes a new snapshot into the same topics"),
    connectCluster: dnsName().optional().describe("Connect cluster it runs on. Default, and the only one a stack has: connect.name"),
    tasksMax: wholeNumber(1, 1000).optional().describe("Most tasks it may run. Default: the template's"),
    state: oneOf(["running", "paused", "stopped"]).default("running").describe("State it is kept in"),
    autoRestart: group({
        enabled: flag().default(true).describe("Whether failed tasks are restarted; a rotated secret is read again only then"),
        maxRestarts: wholeNumber(1, 1000).optional().describe("Restarts before it stays failed. Default: no limit"),
    }).prefault({}).describe("Restarts by Strimzi"),
    config: properties().describe("Further configuration of the plugin, which wins over the template's"),
};

/** The options of every source: the topics it creates, how it writes records. */
export const sourceShape = {
    topicCreation: group({
        partitions: wholeNumber(-1, 10000).default(1).describe("Partitions; -1 means the broker's default. More than one loses the order between keys"),
        replicationFactor: wholeNumber(-1, 9).optional().describe("Replicas. Default: kafka.replicationFactor"),
        cleanupPolicy: oneOf(["delete", "compact", "compact,delete"]).default("delete").describe("What happens to old records"),
        retentionHours: wholeNumber(-1, 87600).optional().describe("Hours that records are kept; -1 keeps them for ever. Default: the broker's"),
    }).prefault({}).describe("Topics the connector creates"),
    converter: oneOf(["json", "json-with-schemas"]).default("json").describe("How keys and values are written: plain JSON, or JSON with its schema in every record"),
    transforms: list(
        group({
            name: text("a word", /^[A-Za-z][A-Za-z0-9_]*$/).describe("Name of the transformation"),
            type: text("a class name", /^[\w$]+(\.[\w$]+)+$/).describe("Its class"),
            config: properties().describe("Its options"),
        }),
    ).describe("Single message transforms, in order"),
};

/** Topic creation as Kafka Connect takes it. Partial settings fail the connector, so both required ones are always set. */
export function topicCreationConfig(options: { partitions: number; replicationFactor?: number; cleanupPolicy: string; retentionHours?: number }, platform: Platform): ConnectorConfig {
    const config: ConnectorConfig = {
        "topic.creation.default.partitions": options.partitions,
        "topic.creation.default.replication.factor": options.replicationFactor ?? platform.replicationFactor,
        "topic.creation.default.cleanup.policy": options.cleanupPolicy,
    };
    if (options.retentionHours !== undefined) {
        config["topic.creation.default.retention.ms"] = options.retentionHours < 0 ? -1 : options.retentionHours * 3_600_000;
    }
    return config;
}

/** Converters by the names of the `converter` option. */
export function converterConfig(converter: "json" | "json-with-schemas"): ConnectorConfig {
    const schemas = converter === "json-with-schemas";
    return {
        "key.converter": "org.apache.kafka.connect.json.JsonConverter",
        "key.converter.schemas.enable": schemas,
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        "value.converter.schemas.enable": schemas,
    };
}

/** The transforms of a list, in its order. */
export function transformsConfig(transforms: { name: string; type: string; config: ConnectorConfig }[]): ConnectorConfig {
    if (transforms.length === 0) return {};
    const config: ConnectorConfig = { transforms: transforms.map((transform) => transform.name).join(",") };
    for (const { name, type, config: options } of transforms) {
        config[`transforms.${name}.type`] = type;
        for (const [key, value] of Object.entries(options)) config[`transforms.${name}.${key}`] = value;
    }
    return config;
}
