/** What a connector template is: a pure function from a short declaration to a connector's class and configuration. */
import type { z } from "zod";
import type { Issue } from "../schema/issues";
import type { SchemaRegistrySettings } from "../schema/kafka";
import type { StrimziRelease } from "../release/releases";

/** A connector's configuration as Kafka Connect takes it. */
export type ConnectorConfig = Record<string, string | number | boolean>;

/** What a template may know of the platform its connector runs on. */
export interface ConnectContext {
    readonly release: StrimziRelease;
    /** Name of the Connect cluster. */
    readonly connectCluster: string;
    /** Further config providers of the workers, which `connect.config` declares. */
    readonly configProviders?: readonly string[];
    /** Name of the config provider that resolves `${name:SECRET:KEY}`, where the stack has one. */
    readonly secretProvider?: string;
    /** Prefix that this provider puts before each secret's name, where it does. */
    readonly secretPrefix?: string;
    /** Namespace of the secrets, where that provider reads Secrets of Kubernetes. */
    readonly secretNamespace?: string;
    /** Prefix that a reference itself must carry, where the provider adds none and the workers may read nothing else. */
    readonly secretNamePrefix?: string;
    /** Bootstrap servers of the cluster's own Kafka. */
    readonly bootstrapServers: string;
    /** Properties by which a client inside the workers logs in to that Kafka; empty for plaintext. */
    readonly clientSecurity: Readonly<Record<string, string>>;
    /** Replicas of created topics; -1 means the broker's default. */
    readonly replicationFactor: number;
    /** Brokers of that Kafka, where the stack file tells. */
    readonly brokers?: number;
    readonly schemaRegistry?: SchemaRegistrySettings;
    /** Whether the workers write source records in transactions where a connector asks for it. */
    readonly exactlyOnce: boolean;
}

/** Something a connector uses that no other connector of the stack may use too. */
export interface ExclusiveName {
    /** What it is: `topic prefix`, `replication slot`, … */
    readonly kind: string;
    readonly value: string;
    /** The option by which a user can choose another one. */
    readonly option: string;
}

/** Tables that a source reads: `INSTANCE/DATABASE`, and the items of its include list. */
export interface CapturedTables {
    readonly database: string;
    readonly tables: readonly string[];
}

/** A connector as it will be deployed. */
export interface ResolvedConnector {
    /** Name of the KafkaConnector: the base name, and the version when there is one. */
    readonly name: string;
    /** The name without the version: it stays when a new version takes a new snapshot. */
    readonly baseName: string;
    readonly template: string;
    readonly class: string;
    /** Version, or range of versions, of the plugin; undefined for whatever the image has. */
    readonly pluginVersion?: string;
    readonly tasksMax: number;
    readonly state: "running" | "paused" | "stopped";
    readonly autoRestart: { readonly enabled: boolean; readonly maxRestarts?: number };
    readonly config: Readonly<ConnectorConfig>;
    /** Keys of `config` that the user wrote, rather than the template. */
    readonly overriddenKeys: readonly string[];
    /** Keys of `config` that are kept although the plugin does not list them. */
    readonly unknownKeys?: readonly string[];
    /** Labels and annotations of the KafkaConnector. */
    readonly metadata?: {
        readonly labels: Readonly<Record<string, string>>;
        readonly annotations: Readonly<Record<string, string>>;
    };
    /** Merged over the generated spec. */
    readonly spec?: Readonly<Record<string, unknown>>;
    /** Topics it writes to. */
    readonly outputTopics: readonly string[];
    /** Topics it reads: a sink's. */
    readonly inputTopics: readonly string[];
    readonly exclusiveNames: readonly ExclusiveName[];
    readonly capturedTables?: CapturedTables;
    /** Place in the stack file's list. */
    readonly index: number;
    /** The setting of the stack file that decides a key of the configuration: its path. */
    readonly settingPath: (key: string) => readonly (string | number)[];
}

/** What a template makes of a declaration; the registry adds what is common to all. */
export interface TemplateResult {
    /** Class of the plugin, where the declaration chooses it. Default: the template's. */
    class?: string;
    baseName: string;
    config: ConnectorConfig;
    outputTopics: string[];
    inputTopics?: string[];
    exclusiveNames: ExclusiveName[];
    capturedTables?: CapturedTables;
    /** What is wrong between options, their paths within the declaration. */
    issues?: Issue[];
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
    readonly maxTasks: number;
    readonly schema: S;
    build(declaration: D, context: ConnectContext): TemplateResult;
}

/** A reference to a key of a secret, as the worker resolves it. */
export const secretReference = (
    { secretProvider, secretNamespace, secretNamePrefix = "" }: ConnectContext,
    secret: string,
    key: string,
): string =>
    `\${${secretProvider ?? "secretManager"}:${secretNamespace ? `${secretNamespace}/` : ""}${secretNamePrefix}${secret}:${key}}`;

/** The secret of an instance: the one that is named, or by the instance's name; Kubernetes takes neither capitals nor underscores. */
export const secretNameOf = (
    { instance, secret }: { instance: string; secret?: string },
    { secretNamespace }: ConnectContext,
): string => secret ?? (secretNamespace ? instance.toLowerCase().replace(/_/g, "-") : instance.toUpperCase());
