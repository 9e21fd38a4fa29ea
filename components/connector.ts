import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectorPlan } from "../connectors/template";
import type { ConnectSettings } from "../settings/connect";
import { kafkaConnectorSpec } from "../strimzi/kafkaConnector";
import type { StrimziRelease } from "../strimzi/versions";
import { readiness, timeouts } from "./readiness";
import { token, within } from "./token";

/** Arguments of Connector. */
export interface ConnectorArgs {
    plan: ConnectorPlan;
    connect: Pick<ConnectSettings, "name" | "namespace" | "wait" | "timeoutMinutes">;
    release: StrimziRelease;
}

/**
 * A connector on the Connect cluster. Its name in the graph has no version, so that a new version replaces the old
 * connector, and does so only once that is gone: both would want the same replication slot, or the same server id.
 */
export class Connector extends pulumi.ComponentResource {
    public readonly resource: CustomResource;

    constructor(name: string, { plan, connect, release }: ConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
        super(token("Connector"), name, {}, opts);
        this.resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "KafkaConnector",
                metadata: {
                    name: plan.name,
                    namespace: connect.namespace,
                    labels: { "strimzi.io/cluster": connect.name, "app.kubernetes.io/part-of": "kafka-connect-platform" },
                    annotations: readiness(connect),
                },
                spec: kafkaConnectorSpec(plan),
            },
            within(this, opts, { deleteBeforeReplace: true, customTimeouts: timeouts(connect) }),
        );
        this.registerOutputs({});
    }
}
