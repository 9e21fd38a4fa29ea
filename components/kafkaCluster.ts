import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { brokerJmxRules } from "../src/metrics/brokerJmxRules";
import { defaultKafkaVersion, strimziRelease, type StrimziRelease } from "../src/release/releases";
import { kafkaCluster, type KafkaClusterSettings } from "../src/schema/kafkaCluster";
import { strimzi } from "../src/schema/strimzi";
import { bootstrapOf, clientListener, clusterCaSecret } from "../src/strimzi/kafka";
import { kafkaAnnotations, kafkaSpec } from "../src/strimzi/kafka";
import { nodePoolSpec } from "../src/strimzi/kafkaNodePool";
import { metricsKey } from "../src/strimzi/jmxMetrics";
import {
    childOptions,
    componentOptions,
    componentType,
    statefulOptions,
    strimziAliases,
} from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import { skipAwait, waitAnnotations, waitTimeouts } from "./internal/waitAnnotations";
import type { KafkaClusterArgs } from "./kafkaClusterArgs";

const versions = strimzi.pick({ version: true, kafkaVersion: true });

/** The arguments as the settings that the specs are made of. */
function settingsOf(name: string, args: KafkaClusterArgs) {
    const component = `KafkaCluster ${name}`;
    const { strimziVersion, kafkaVersion, metrics = true, waitForReady, protect, ...rest } = args;
    const given = settingsFromArgs(versions, { version: strimziVersion, kafkaVersion }, component);
    const release = strimziRelease(given.version);
    return {
        cluster: settingsFromArgs(kafkaCluster, { name, wait: waitForReady, ...rest }, component),
        release,
        kafkaVersion: given.kafkaVersion ?? defaultKafkaVersion(release),
        exporter: metrics,
        protect,
    };
}

/**
 * A Kafka cluster in KRaft mode, run by Strimzi.
 *
 * ```ts
 * const kafka = new KafkaCluster("kafka", { namespace: "kafka" }, { provider });
 * ```
 * @see https://strimzi.io/docs/operators/latest/configuring.html#type-Kafka-reference
 */
export class KafkaCluster extends pulumi.ComponentResource {
    /** Name of the Kafka resource. */
    public readonly name: pulumi.Output<string>;
    /** Namespace of the cluster, its topics and users. */
    public readonly namespace: pulumi.Output<string>;
    /** Bootstrap servers of the first listener of tls, scram and plain. */
    public readonly bootstrapServers: pulumi.Output<string>;
    /** Secret with the certificate of the authority that signs the brokers' certificates. */
    public readonly caSecretName: string;

    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("KafkaCluster"), name, args, componentOptions(name, opts, "KafkaCluster"));
        const settings = settingsOf(name, args);
        const { cluster, release, exporter, protect } = settings;
        const { namespace } = args;
        const rules = exporter
            ? new core.ConfigMap(
                  `${name}-metrics`,
                  {
                      metadata: objectMetadata(`${cluster.name}-kafka-metrics`, namespace),
                      data: { [metricsKey]: brokerJmxRules() },
                  },
                  childOptions(this, opts),
              )
            : undefined;
        // the Kafka resource does not become Ready without its pools, and must be deleted before them
        const pools = this.nodePools(name, args, cluster, release, exporter, opts);
        const resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "Kafka",
                metadata: objectMetadata(cluster.name, namespace, {
                    annotations: { ...kafkaAnnotations(release), ...waitAnnotations(cluster.wait) },
                }),
                spec: kafkaSpec({
                    ...settings,
                    metricsConfigMap: rules ? `${cluster.name}-kafka-metrics` : undefined,
                }),
            },
            childOptions(this, opts, {
                dependsOn: rules ? [...pools, rules] : pools,
                customTimeouts: waitTimeouts(cluster.timeoutMinutes),
                ...statefulOptions(protect),
                ...strimziAliases("Kafka", release.apiVersion),
            }),
        );
        const listener = clientListener(cluster) ?? "tls";
        this.name = resource.urn.apply(() => cluster.name);
        this.namespace = pulumi.output(namespace);
        this.bootstrapServers = pulumi
            .all([namespace, resource.urn])
            .apply(([inNamespace]) => bootstrapOf(cluster.name, inNamespace, listener));
        this.caSecretName = clusterCaSecret(cluster.name);
        this.registerOutputs({
            name: this.name,
            namespace: this.namespace,
            bootstrapServers: this.bootstrapServers,
            caSecretName: this.caSecretName,
        });
    }

    private nodePools(
        name: string,
        { namespace, protect }: KafkaClusterArgs,
        cluster: KafkaClusterSettings,
        { apiVersion }: StrimziRelease,
        exporter: boolean,
        opts?: pulumi.ComponentResourceOptions,
    ): CustomResource[] {
        return cluster.nodePools.map(
            (pool) =>
                new CustomResource(
                    `${name}-${pool.name}`,
                    {
                        apiVersion,
                        kind: "KafkaNodePool",
                        // a pool has no condition Ready; the Kafka resource's includes it
                        metadata: objectMetadata(pool.name, namespace, {
                            labels: { "strimzi.io/cluster": cluster.name },
                            annotations: skipAwait,
                        }),
                        spec: nodePoolSpec(pool, exporter),
                    },
                    childOptions(this, opts, {
                        ...statefulOptions(protect),
                        ...strimziAliases("KafkaNodePool", apiVersion),
                    }),
                ),
        );
    }
}
