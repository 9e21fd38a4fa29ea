import * as pulumi from "@pulumi/pulumi";
import type { ConnectContext, ResolvedConnector } from "../src/connectors/template";
import { connect } from "../src/schema/connect";
import { formatIssue } from "../src/schema/issues";
import { kafka } from "../src/schema/kafka";
import { secrets } from "../src/schema/secrets";
import { strimzi } from "../src/schema/strimzi";
import { connectContext } from "../src/stack/connectContext";
import { resolveConnector } from "../src/stack/resolveConnector";
import type { ConnectorArgs } from "./connector";
import { invalidArguments, settingsFromArgs } from "./internal/settingsFromArgs";
import type { KafkaAuthenticationArgs, KafkaTlsArgs, SecretProviderArgs } from "./kafkaClientArgs";

/** Schema registry of connectors with the converter `avro`. */
export interface SchemaRegistryArgs {
    /** Address of the registry, without a user name or a password. */
    url: string;
    /**
     * `confluent` or `apicurio`: whose converter is used. Most registries understand Confluent's.
     * @default "confluent"
     */
    type?: "confluent" | "apicurio";
    /**
     * Secret with the credentials, without the prefix.
     * @default none
     */
    secret?: string;
}

/**
 * What a template has to know about the Connect cluster. The arguments of ConnectCluster fit, where they contain no
 * outputs.
 */
export interface TemplateContextArgs {
    /**
     * Bootstrap servers of the Connect cluster's Kafka, for connectors with their own Kafka client, such as
     * Debezium's MySQL source.
     * @default none
     */
    bootstrapServers?: string;
    /**
     * Namespace of the Connect cluster, where Secrets of Kubernetes are expected.
     * @default "kafka-connect"
     */
    namespace?: string;
    /**
     * Strimzi version of the operator.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * TLS to that Kafka.
     * @default plaintext
     */
    tls?: KafkaTlsArgs;
    /**
     * How the workers authenticate to that Kafka.
     * @default none
     */
    authentication?: KafkaAuthenticationArgs;
    /**
     * Replicas of topics that connectors create; -1 is the broker's default.
     * @default -1
     */
    replicationFactor?: number;
    /**
     * Config provider of the Connect cluster. Templates refer to credentials by it.
     * @default none
     */
    secretProvider?: SecretProviderArgs;
    /**
     * Schema registry.
     * @default none
     */
    schemaRegistry?: SchemaRegistryArgs;
    /**
     * Whether the Connect cluster supports exactly-once source connectors.
     * @default false
     */
    exactlyOnce?: boolean;
}

/** A connector that a template has made: arguments of Connector, except the Connect cluster. */
export type TemplatedConnector = Required<
    Pick<ConnectorArgs, "name" | "class" | "config" | "tasksMax" | "state" | "autoRestart">
> &
    Pick<ConnectorArgs, "pluginVersion" | "metadata" | "spec">;

function contextOf(component: string, args: TemplateContextArgs): ConnectContext {
    const { strimziVersion, secretProvider, exactlyOnce, namespace, schemaRegistry, ...kafkaArgs } = args;
    const { bootstrapServers, tls, authentication, replicationFactor } = kafkaArgs;
    const parsedSecrets = secretProvider && settingsFromArgs(secrets, secretProvider, component);
    return connectContext(
        { secrets: parsedSecrets },
        {
            strimzi: settingsFromArgs(strimzi, { version: strimziVersion }, component),
            connect: settingsFromArgs(connect, { exactlyOnce, namespace }, component),
            secrets: parsedSecrets,
            kafka: settingsFromArgs(
                kafka,
                { bootstrapServers, tls, authentication, replicationFactor, schemaRegistry },
                component,
            ),
        },
    );
}

/**
 * A connector from one of the templates of this package, with all of their checks. Pure: it creates no resource.
 *
 * ```ts
 * const orders = connectorFromTemplate(
 *     "debeziumPostgresSourceConnector",
 *     { source: { instance: "shop", database: "shop", table: "orders" } },
 *     { bootstrapServers: "kafka:9092", secretProvider: { provider: "kubernetes" } },
 * );
 * new Connector("orders", { connectCluster: connect, ...orders }, { provider });
 * ```
 *
 * @param template name of the template; docs/connectors.md lists them
 * @param options options of the template, as an item of `connectors` in a stack file has them
 * @param context the Connect cluster
 * @throws InputPropertiesError with every option that is invalid
 */
export function connectorFromTemplate(
    template: string,
    options: object,
    context: TemplateContextArgs = {},
): TemplatedConnector {
    const title = `connectorFromTemplate ${template}`;
    const declared = { connectorTemplate: template, ...options };
    const place = { index: 0, declaredAt: title };
    const { connector, issues, warnings = [] } = resolveConnector(declared, place, contextOf(title, context));
    // paths of issues begin with the connector's index in a stack file
    for (const warning of warnings)
        void pulumi.log.warn(`${title}: ${formatIssue({ ...warning, path: warning.path.slice(2) })}`);
    if (!connector || issues.length > 0)
        throw invalidArguments(
            title,
            issues.map((issue) => ({ ...issue, path: issue.path.slice(2) })),
        );
    return argsOf(connector);
}

/** The arguments of Connector that a resolved connector has. */
export const argsOf = (connector: ResolvedConnector): TemplatedConnector => ({
    name: connector.name,
    class: connector.class,
    config: { ...connector.config },
    tasksMax: connector.tasksMax,
    state: connector.state,
    autoRestart: { ...connector.autoRestart },
    pluginVersion: connector.pluginVersion,
    metadata: connector.metadata,
    spec: connector.spec,
});
