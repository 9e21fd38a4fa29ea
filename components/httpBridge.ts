import type { types } from "@pulumi/kubernetes";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import * as core from "@pulumi/kubernetes/core/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget";
import * as pulumi from "@pulumi/pulumi";
import { strimziRelease } from "../src/release/releases";
import { httpBridge, type HttpBridgeSettings } from "../src/schema/httpBridge";
import { strimzi } from "../src/schema/strimzi";
import {
    bridgeConfigData,
    bridgeDeployment,
    bridgeDisruptionBudget,
    bridgeProperties,
    type BridgeKafka,
} from "../src/strimzi/bridge";
import { childOptions, componentOptions, componentType } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import type { BridgeCertificates, KafkaConfigValue, KubernetesValue } from "./values";

/** The Kafka of an HTTP bridge, and the Secrets with which the bridge authenticates. */
export interface BridgeKafkaArgs {
    /** Bootstrap servers of a listener that accepts client certificates, `host:port`, separated by commas. */
    bootstrapServers: pulumi.Input<string>;
    /** Secret with user.crt and user.key, such as that of a user of KafkaAccess. */
    userSecret: pulumi.Input<string>;
    /** Secret with ca.crt, the authority of the brokers' certificates: `KafkaCluster.caSecretName`. */
    caSecret: pulumi.Input<string>;
}

/** Arguments of HttpBridge. */
export interface HttpBridgeArgs {
    /** Namespace of the pods and of the Secrets that they mount. */
    namespace: pulumi.Input<string>;
    /** Kafka, and how the bridge authenticates to it. */
    kafka: BridgeKafkaArgs;
    /**
     * The main container as the Kubernetes API defines it: `image`, `command`, `env`, `resources`. It reaches the
     * bridge at http://localhost:8080.
     */
    main: KubernetesValue;
    /**
     * Name of the Deployment, at most 40 characters.
     * @default the component's name
     */
    name?: string;
    /**
     * Number of pods.
     * @default 1
     */
    replicas?: number;
    /**
     * Strimzi version, which decides the bridge's version, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * Image of the bridge.
     * @default that of the Strimzi version
     */
    image?: string;
    /**
     * How the bridge gets its certificates.
     * @default "directory"
     */
    certificates?: BridgeCertificates;
    /**
     * Further bridge.properties, such as kafka.producer.acks, which take precedence over this component's.
     * @default none
     * @see https://strimzi.io/docs/bridge/latest/
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Resource requests and limits of the bridge's container.
     * @default requests of 100m CPU and 256Mi memory, a limit of 512Mi memory
     */
    resources?: KubernetesValue;
    /**
     * Labels of the pods.
     * @default none
     */
    labels?: { [name: string]: pulumi.Input<string> };
    /**
     * Pod template (metadata, spec) as Kubernetes defines it, merged over the generated one as a JSON Merge Patch,
     * except that containers, initContainers and volumes are merged by name.
     * @default none
     */
    template?: { [field: string]: KubernetesValue };
}

const schema = httpBridge.omit({ kafka: true, namespace: true, createNamespace: true });
const versions = strimzi.pick({ version: true });

/**
 * Strimzi's HTTP bridge as a sidecar of a main container, in a Deployment.
 *
 * @see https://strimzi.io/docs/bridge/latest/
 */
export class HttpBridge extends pulumi.ComponentResource {
    /** The Deployment. */
    public readonly deployment: Deployment;

    constructor(name: string, args: HttpBridgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("HttpBridge"), name, args, componentOptions(name, opts, "HttpBridge"));
        const { namespace, kafka, strimziVersion, ...rest } = args;
        const component = `HttpBridge ${name}`;
        const settings = settingsFromArgs(schema, { name, ...rest }, component);
        const release = strimziRelease(settingsFromArgs(versions, { version: strimziVersion }, component).version);
        const configMap = `${settings.name}-config`;
        // properties are text, and the pods have a digest of it: both are made once every value is known
        const known = pulumi.output({ settings, kafka }) as pulumi.Output<unknown> as pulumi.Output<{
            settings: HttpBridgeSettings;
            kafka: BridgeKafka;
        }>;
        const properties = new core.ConfigMap(
            `${name}-config`,
            {
                metadata: objectMetadata(configMap, namespace),
                data: known.apply((values) =>
                    bridgeConfigData(bridgeProperties(values.settings, values.kafka, release)),
                ),
            },
            childOptions(this, opts),
        );
        this.deployment = new Deployment(
            `${name}-deployment`,
            {
                metadata: objectMetadata(settings.name, namespace),
                spec: known.apply(
                    (values) =>
                        bridgeDeployment(
                            values.settings,
                            values.kafka,
                            release,
                            configMap,
                        ) as unknown as types.input.apps.v1.DeploymentSpec,
                ),
            },
            childOptions(this, opts, { dependsOn: properties }),
        );
        if (settings.replicas > 1)
            new PodDisruptionBudget(
                `${name}-disruption-budget`,
                { metadata: objectMetadata(settings.name, namespace), spec: bridgeDisruptionBudget(settings) },
                childOptions(this, opts),
            );
        this.registerOutputs({ deployment: this.deployment });
    }
}
