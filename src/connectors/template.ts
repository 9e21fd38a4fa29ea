/**
 * The connector template: a pure function from a declaration in the stack file to a connector's class and
 * configuration.
 */
import type { z } from "zod";
import type { Expectation } from "./expectations";
import type { StrimziRelease } from "../release/releases";
import type { Issue } from "../schema/issues";
import type { SchemaRegistrySettings } from "../schema/kafka";

/** A connector's configuration as Kafka Connect takes it. */
export type ConnectorConfig = Record<string, string | number | boolean>;

/** What a template knows of the platform that its connector runs on. */
export interface ConnectContext {
    readonly release: StrimziRelease;
    /** Name of the Connect cluster. */
    readonly connectCluster: string;
    /** Whether the workers have the plugins of the manifest, so that their versions are known. Default: true. */
    readonly usesManifest?: boolean;
    /** Further config providers of the workers, which `connect.config` declares. */
    readonly configProviders?: readonly string[];
    /** Config providers of the section `secrets` besides the first, each with the form of its references. */
    readonly furtherProviders?: readonly { readonly name: string; readonly hasPath: boolean }[];
    /** Name of the config provider that resolves `${name:SECRET:KEY}`; undefined where the stack declares none. */
    readonly secretProvider?: string;
    /** Prefix that the provider itself adds to each secret's name. */
    readonly secretPrefix?: string;
    /** Namespace of the secrets, for the provider that reads Kubernetes Secrets. */
    readonly secretNamespace?: string;
    /**
     * Prefix that each reference must contain, because the provider adds none and the workers may read no other secret.
     */
    readonly secretNamePrefix?: string;
    /** Bootstrap servers of the Connect cluster's Kafka. */
    readonly bootstrapServers: string;
    /** Security properties of a client inside the workers that connects to that Kafka; empty for plaintext. */
    readonly clientSecurity: Readonly<Record<string, string>>;
    /** Replicas of created topics; -1 means the broker's default. */
    readonly replicationFactor: number;
    /** Number of brokers, where the stack file declares it. */
    readonly brokers?: number;
    readonly schemaRegistry?: SchemaRegistrySettings;
    /** Whether the workers support source records in transactions. */
    readonly exactlyOnce: boolean;
}

/** The tables that a source reads. */
export interface CapturedTables {
    /** `INSTANCE/DATABASE`. */
    readonly database: string;
    /** The items of the plugin's include list, which are regular expressions. */
    readonly tables: readonly string[];
}

/** A connector as it will be deployed. */
export interface ResolvedConnector {
    /** Name of the KafkaConnector: the base name and, where there is one, the version. */
    readonly name: string;
    /** The name without the version: it does not change when a new version takes a new snapshot. */
    readonly baseName: string;
    readonly template: string;
    readonly class: string;
    /** Version, or range of versions, of the plugin; undefined for the one in the image. */
    readonly pluginVersion?: string;
    readonly tasksMax: number;
    readonly state: "running" | "paused" | "stopped";
    readonly autoRestart: { readonly enabled: boolean; readonly maxRestarts?: number };
    readonly config: Readonly<ConnectorConfig>;
    /** Keys of `config` that the user set in `config`. */
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
    /** Topics it writes. One that ends in `*` is a prefix, of the tables that a pattern selects. */
    readonly outputTopics: readonly string[];
    /** Topics it reads; for a sink. One that ends in `*` is a prefix, of the topics that a pattern selects. */
    readonly inputTopics: readonly string[];
    /** Whether each change of a PostgreSQL source has all values of its row, as its options state. */
    readonly writesWholeRows?: boolean;
    readonly capturedTables?: CapturedTables;
    /** ARN of another MSK cluster, which it reads as the workers' IAM role. */
    readonly mskClusterArn?: string;
    /** The external system that it reads or writes, where it is declared by a name, and the option that holds it. */
    readonly instance?: { readonly name: string; readonly option: "source" | "target" };
    /** Contracts that `kcp contract` runs. */
    readonly expect?: readonly Expectation[];
    /** Index among all connectors of the stack. */
    readonly index: number;
    /** Where it is declared, for messages about it: `connectors[3]`, `connectors/orders.yaml[3]`. */
    readonly declaredAt: string;
    /** Path of the setting in the stack file that decides a key of the configuration. */
    readonly settingPath: (key: string) => readonly (string | number)[];
}

/** What a template makes of a declaration; `resolveConnector` adds what all connectors have. */
export interface TemplateResult {
    /** Class of the connector, where the declaration selects it. Default: the template's. */
    class?: string;
    baseName: string;
    config: ConnectorConfig;
    outputTopics: string[];
    inputTopics?: string[];
    writesWholeRows?: boolean;
    capturedTables?: CapturedTables;
    mskClusterArn?: string;
    /** Issues between options; their paths start at the declaration. */
    issues?: Issue[];
    /** What is probably wrong between options; the paths start at the declaration. */
    warnings?: Issue[];
}

/** A connector template. `D` is the declaration as its schema returns it. */
export interface Template<S extends z.ZodType = z.ZodType, D = z.output<S>> {
    /** The value of `connectorTemplate`. */
    readonly name: string;
    /** Its purpose in one line. */
    readonly summary: string;
    /** The connector class, which the plugin manifest must provide; undefined where the declaration names it. */
    readonly class?: string;
    /** `tasksMax` of a declaration that does not set it. */
    readonly defaultTasksMax: number;
    /** The most tasks the plugin can use. Debezium's sources run one; with `tasksMax` above 1 they run none. */
    readonly maxTasks: number;
    readonly schema: S;
    build(declaration: D, context: ConnectContext): TemplateResult;
}

/** A reference to a key of a secret, which the worker resolves. */
export function secretReference(
    { secretProvider, secretNamespace, secretNamePrefix = "" }: ConnectContext,
    secret: string,
    key: string,
): string {
    const namespace = secretNamespace ? `${secretNamespace}/` : "";
    return `\${${secretProvider ?? "secretManager"}:${namespace}${secretNamePrefix}${secret}:${key}}`;
}

/**
 * The secret of an instance: the declared one or, by default, the one with the instance's name. The names of Kubernetes
 * Secrets have no capitals and no underscores.
 */
export const secretNameOf = (
    { instance, secret }: { instance: string; secret?: string },
    { secretNamespace }: ConnectContext,
): string => secret ?? (secretNamespace ? instance.toLowerCase().replace(/_/g, "-") : instance.toUpperCase());
