import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedConnector } from "../src/connectors/template";
import type { ConnectSettings } from "../src/schema/connect";
import { kafkaConnectorSpec } from "../src/strimzi/kafkaConnector";
import type { StrimziRelease } from "../src/release/releases";
import { connectorVerdict } from "../src/strimzi/status";
import { redactSecrets } from "../src/strimzi/statusText";
import { skipAwait } from "./internal/readiness";
import type { ReadinessWatcher } from "./internal/readinessWatcher";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of Connector. */
export interface ConnectorArgs {
    plan: ResolvedConnector;
    connect: Pick<ConnectSettings, "name" | "namespace">;
    release: StrimziRelease;
    /** What waits until it runs, or fails with the plugin's words. Default: nothing does. */
    watch?: ReadinessWatcher;
    /** Place in the stack file, for errors. */
    place: () => string;
}

/**
 * A connector on the Connect cluster. Its name in the graph has no version, so that a new version replaces the old
 * connector, and does so only once that is gone: both would want the same replication slot, or the same server id.
 */
export class Connector extends pulumi.ComponentResource {
    public readonly resource: CustomResource;

    constructor(
        name: string,
        { plan, connect, release, watch, place }: ConnectorArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(componentType("Connector"), name, {}, opts);
        this.resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "KafkaConnector",
                metadata: {
                    name: plan.name,
                    namespace: connect.namespace,
                    labels: {
                        "app.kubernetes.io/part-of": "kafka-connect-platform",
                        ...plan.metadata?.labels,
                        "strimzi.io/cluster": connect.name,
                    },
                    annotations: { ...plan.metadata?.annotations, ...skipAwait },
                },
                spec: kafkaConnectorSpec(plan),
            },
            childOptions(this, opts, { deleteBeforeReplace: true }),
        );
        watch?.ready({
            resource: this.resource,
            plural: "kafkaconnectors",
            verdict: (object) => connectorVerdict(object, plan.state),
            requestReconcile: true,
            describe: () => `${place()}: ${plan.name}`,
            redact: (text) => redactSecrets(text, plan.config),
        });
        this.registerOutputs({});
    }
}
