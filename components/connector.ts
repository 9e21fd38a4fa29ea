import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import { commonShape } from "../src/connectors/commonOptions";
import { strimziRelease } from "../src/release/releases";
import { connect } from "../src/schema/connect";
import { strimzi } from "../src/schema/strimzi";
import { configMap, dnsName, object, string } from "../src/schema/primitives";
import { kafkaConnectorSpec } from "../src/strimzi/kafkaConnector";
import { includedTables } from "../src/strimzi/snapshotJob";
import { connectorVerdict } from "../src/strimzi/status";
import { redactSecrets } from "../src/strimzi/statusText";
import { tableChanges } from "../src/strimzi/tableChanges";
import { childOptions, componentOptions, componentType, strimziAliases } from "./internal/componentOptions";
import { sharedHook } from "./internal/hooks";
import { objectMetadata } from "./internal/objectMetadata";
import { whenReady } from "./internal/readinessWatcher";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import { deleteAtOnce, skipAwait } from "./internal/waitAnnotations";
import type { ResourceMetadataArgs } from "./kafkaClientArgs";
import type { ConnectorState, KafkaConfigValue, KubernetesValue } from "./values";

/** The Connect cluster of a connector: a ConnectCluster, or the facts about one that another program runs. */
export interface ConnectClusterReference {
    /** Name of the KafkaConnect resource. */
    name: pulumi.Input<string>;
    /** Namespace of the KafkaConnect resource, and so of the connector. */
    namespace: pulumi.Input<string>;
    /**
     * Strimzi version of the operator, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
}

/** Restarts of failed connectors and tasks by Strimzi. */
export interface AutoRestartArgs {
    /**
     * Whether a failed connector or task is restarted. A secret that was rotated is read again only by a restart.
     * @default true
     */
    enabled?: pulumi.Input<boolean>;
    /**
     * Restarts before it remains failed.
     * @default no limit
     */
    maxRestarts?: pulumi.Input<number>;
}

/** Arguments of Connector. */
export interface ConnectorArgs {
    /** Connect cluster that the connector runs on. */
    connectCluster: ConnectClusterReference;
    /** Java class of the connector. */
    class: pulumi.Input<string>;
    /**
     * Name of the KafkaConnector resource. With another name, the connector is replaced and starts without its offsets.
     * @default the component's name
     */
    name?: string;
    /**
     * Configuration of the connector. Values must not contain credentials but references such as
     * `${secretManager:DB:PASSWORD}`.
     * @default none
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Maximum number of tasks.
     * @default 1
     */
    tasksMax?: pulumi.Input<number>;
    /**
     * State of the connector.
     * @default "running"
     */
    state?: ConnectorState;
    /**
     * Restarts by Strimzi.
     * @default enabled, without a limit
     */
    autoRestart?: AutoRestartArgs;
    /**
     * Version of the plugin, or a range such as [3.4,3.5), where the image has several. Requires Strimzi 1.0 and
     * Kafka 4.1.
     * @default the newest
     */
    pluginVersion?: pulumi.Input<string>;
    /**
     * Labels and annotations of the KafkaConnector resource.
     * @default none
     */
    metadata?: ResourceMetadataArgs;
    /**
     * Fields of the KafkaConnector's spec that no other argument covers, such as listOffsets. Merged over the
     * generated spec as a JSON Merge Patch: objects are merged, null removes a field, and any other value replaces
     * the generated one.
     * @default none
     * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaConnectorSpec-reference
     */
    spec?: { [field: string]: KubernetesValue };
    /**
     * Whether `pulumi up` waits until the connector and its tasks are in the declared state, and fails with the
     * reason from Kafka Connect when they are not.
     * @default true
     */
    waitForReady?: boolean;
    /**
     * Minutes that `pulumi up` waits.
     * @default 15
     */
    timeoutMinutes?: number;
    /**
     * How an error of `pulumi up` names the connector, such as the line of the file that declares it.
     * @default the connector's name
     */
    description?: string;
}

const schema = object({
    name: dnsName(),
    class: string("the name of a Java class"),
    config: configMap(),
    tasksMax: commonShape.tasksMax.default(1),
    state: commonShape.state,
    autoRestart: commonShape.autoRestart,
    pluginVersion: commonShape.pluginVersion,
    metadata: commonShape.metadata,
    spec: commonShape.spec,
    waitForReady: connect.shape.wait,
    timeoutMinutes: connect.shape.timeoutMinutes,
    strimziVersion: strimzi.shape.version,
});

/**
 * A connector, as a KafkaConnector resource. The component's name should not contain a version: a connector with a
 * new `name` then replaces the old one, which is deleted first, because both would use the same replication slot or
 * server id.
 *
 * ```ts
 * new Connector("orders", {
 *     connectCluster: connect,
 *     class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
 *     config: { topic: "orders", file: "/mnt/orders.txt" },
 * }, { provider });
 * ```
 * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaConnector-reference
 */
export class Connector extends pulumi.ComponentResource {
    /** Name of the KafkaConnector resource. Known once the connector is in its declared state. */
    public readonly name: pulumi.Output<string>;
    /** Namespace of the KafkaConnector resource. */
    public readonly namespace: pulumi.Output<string>;

    constructor(name: string, args: ConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
        // The description is not an input: a connector that moves in its file has not changed. Nor are the
        // configuration and the spec, which are inputs of the KafkaConnector: a preview would show each change
        // twice, and registering 1,000 connectors takes a third longer.
        const { description, connectCluster, ...rest } = args;
        const { config: _config, spec: _spec, ...summary } = rest;
        const { name: clusterName, namespace, strimziVersion } = connectCluster;
        const inputs = { ...summary, connectCluster: { name: clusterName, namespace, strimziVersion } };
        super(componentType("Connector"), name, inputs, componentOptions(name, opts, "Connector"));
        const connector = settingsFromArgs(schema, { name, strimziVersion, ...rest }, `Connector ${name}`);
        const { apiVersion } = strimziRelease(connector.strimziVersion);
        const resource = new CustomResource(
            name,
            {
                apiVersion,
                kind: "KafkaConnector",
                metadata: objectMetadata(connector.name, namespace, {
                    labels: { ...connector.metadata.labels, "strimzi.io/cluster": clusterName },
                    annotations: { ...deleteAtOnce, ...connector.metadata.annotations, ...skipAwait },
                }),
                spec: kafkaConnectorSpec(connector),
            },
            childOptions(this, opts, {
                deleteBeforeReplace: true,
                ...strimziAliases("KafkaConnector", apiVersion),
                ...(includedTables(connector.config).length > 0
                    ? { hooks: { beforeUpdate: [reportTableChanges()] } }
                    : {}),
            }),
        );
        const ready = connector.waitForReady
            ? whenReady(this, {
                  resource,
                  plural: "kafkaconnectors",
                  apiVersion,
                  verdict: (object) => connectorVerdict(object, connector.state),
                  timeoutMinutes: connector.timeoutMinutes,
                  description: description ?? `Connector ${connector.name}`,
                  redact: (text) => redactSecrets(text, connector.config),
              })
            : resource.urn;
        this.name = ready.apply(() => connector.name);
        this.namespace = pulumi.output(namespace);
        this.registerOutputs({ name: this.name, namespace: this.namespace });
    }
}

/** Reports, in a preview too, what happens to tables that are added or removed. Only the engine knows those before. */
const reportTableChanges = (): pulumi.ResourceHook =>
    sharedHook(
        "connector-tables",
        ({ name, oldInputs, newInputs }) => {
            for (const change of tableChanges(name, oldInputs?.spec?.config, newInputs?.spec?.config))
                void pulumi.log.info(change);
        },
        { onDryRun: true },
    );
