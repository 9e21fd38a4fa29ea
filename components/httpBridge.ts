import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import * as core from "@pulumi/kubernetes/core/v1";
import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HttpBridgeSettings } from "../src/schema/httpBridge";
import { bridgeConfigData, bridgeDeployment, bridgeProperties, type BridgeKafka } from "../src/strimzi/bridge";
import type { StrimziRelease } from "../src/release/releases";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of HttpBridge. */
export interface HttpBridgeArgs {
    bridge: HttpBridgeSettings;
    namespace: string;
    release: StrimziRelease;
    /** Where its Kafka is, and the Secrets by which it logs in. */
    kafka: BridgeKafka;
}

/**
 * Strimzi's HTTP bridge beside a main container. A Deployment and no bare Pod: what a node takes with it comes back.
 * @see https://strimzi.io/docs/bridge/latest/
 */
export class HttpBridge extends pulumi.ComponentResource {
    public readonly deployment: Deployment;

    constructor(
        name: string,
        { bridge, namespace, release, kafka }: HttpBridgeArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(componentType("HttpBridge"), name, {}, opts);
        const metadata = { namespace, labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" } };
        const config = `${bridge.name}-config`;
        const properties = new core.ConfigMap(
            `${name}-config`,
            {
                metadata: { ...metadata, name: config },
                data: bridgeConfigData(bridgeProperties(bridge, kafka, release)),
            },
            childOptions(this, opts),
        );
        this.deployment = new Deployment(
            `${name}-deployment`,
            {
                metadata: { ...metadata, name: bridge.name },
                spec: bridgeDeployment(bridge, kafka, release, config) as unknown as types.input.apps.v1.DeploymentSpec,
            },
            childOptions(this, opts, { dependsOn: properties }),
        );
        this.registerOutputs({});
    }
}
