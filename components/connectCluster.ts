import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { jmxRules } from "../src/metrics/connectJmxRules";
import { defaultKafkaVersion, strimziRelease } from "../src/release/releases";
import { connect } from "../src/schema/connect";
import { kafka } from "../src/schema/kafka";
import { secrets } from "../src/schema/secrets";
import { strimzi } from "../src/schema/strimzi";
import { kafkaConnectSpec, restPort } from "../src/strimzi/kafkaConnect";
import { metricsConfigMapName, metricsKey } from "../src/strimzi/jmxMetrics";
import { restAccessSpec } from "../src/strimzi/restAccess";
import { clusterVerdict } from "../src/strimzi/status";
import { redactSecrets } from "../src/strimzi/statusText";
import type { ConnectClusterArgs } from "./connectClusterArgs";
import { childOptions, componentOptions, componentType, strimziAliases } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { whenReady } from "./internal/readinessWatcher";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import { skipAwait } from "./internal/waitAnnotations";

const versions = strimzi.pick({ version: true, kafkaVersion: true });

/** The arguments as the settings that the specs are made of. */
function settingsOf(name: string, args: ConnectClusterArgs) {
    const component = `ConnectCluster ${name}`;
    const { bootstrapServers, tls, authentication, replicationFactor, mountForConnectors, ...rest } = args;
    const { strimziVersion, kafkaVersion, secretProvider, metrics = true, waitForReady, ...others } = rest;
    const { image, truststore, indexedPlugins, roleArn, ...connectArgs } = others;
    const { version, kafkaVersion: given } = settingsFromArgs(
        versions,
        { version: strimziVersion, kafkaVersion },
        component,
    );
    const release = strimziRelease(version);
    return {
        release,
        kafkaVersion: given ?? defaultKafkaVersion(release),
        connect: settingsFromArgs(connect, { name, wait: waitForReady, ...connectArgs }, component),
        kafka: settingsFromArgs(
            kafka,
            { bootstrapServers, tls, authentication, replicationFactor, mountForConnectors },
            component,
        ),
        secrets: secretProvider && settingsFromArgs(secrets, secretProvider, component),
        metrics: { exporter: metrics },
        image,
        truststore,
        indexedPlugins,
        roleArn,
    };
}

/**
 * A Kafka Connect cluster, run by Strimzi, whose connectors are KafkaConnector resources (see Connector).
 *
 * ```ts
 * const connect = new ConnectCluster("connect", { bootstrapServers: "kafka:9092" }, { provider });
 * ```
 * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaConnect-reference
 */
export class ConnectCluster extends pulumi.ComponentResource {
    /** Name of the KafkaConnect resource. Known once it is Ready, so that what uses it is created afterwards. */
    public readonly name: pulumi.Output<string>;
    /** Namespace of the Connect cluster. */
    public readonly namespace: pulumi.Output<string>;
    /** Strimzi version, which decides the API version of connectors. */
    public readonly strimziVersion: string;
    /** Address of the REST API within the Kubernetes cluster. */
    public readonly restUrl: pulumi.Output<string>;

    constructor(name: string, args: ConnectClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("ConnectCluster"), name, args, componentOptions(name, opts, "ConnectCluster"));
        const settings = settingsOf(name, args);
        const { connect, release, metrics } = settings;
        const { namespace } = connect;
        const rules = metrics.exporter
            ? new core.ConfigMap(
                  `${name}-metrics`,
                  {
                      metadata: objectMetadata(metricsConfigMapName(connect), namespace),
                      data: { [metricsKey]: jmxRules() },
                  },
                  childOptions(this, opts),
              )
            : undefined;
        const metricsConfigMap = rules && metricsConfigMapName(connect);
        const resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "KafkaConnect",
                metadata: objectMetadata(connect.name, namespace, {
                    labels: connect.metadata.labels,
                    annotations: {
                        "strimzi.io/use-connector-resources": "true",
                        ...connect.metadata.annotations,
                        ...skipAwait,
                    },
                }),
                spec: kafkaConnectSpec({ ...settings, metricsConfigMap }),
            },
            childOptions(this, opts, { dependsOn: rules, ...strimziAliases("KafkaConnect", release.apiVersion) }),
        );
        if (connect.allowFrom.length > 0) {
            new networking.NetworkPolicy(
                `${name}-rest-access`,
                {
                    metadata: objectMetadata(`${connect.name}-rest-access`, namespace),
                    spec: restAccessSpec(connect),
                },
                childOptions(this, opts),
            );
        }
        const ready = connect.wait
            ? whenReady(this, {
                  resource,
                  plural: "kafkaconnects",
                  apiVersion: release.apiVersion,
                  verdict: clusterVerdict,
                  timeoutMinutes: connect.timeoutMinutes,
                  description: `Connect cluster ${connect.name}`,
                  redact: redactSecrets,
              })
            : resource.urn;
        this.name = ready.apply(() => connect.name);
        this.namespace = pulumi.output(namespace);
        this.strimziVersion = release.version;
        this.restUrl = pulumi.interpolate`http://${connect.name}-connect-api.${namespace}.svc:${restPort}`;
        this.registerOutputs({
            name: this.name,
            namespace: this.namespace,
            strimziVersion: this.strimziVersion,
            restUrl: this.restUrl,
        });
    }
}
