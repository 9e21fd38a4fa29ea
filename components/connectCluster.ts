import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { jmxRules } from "../src/metrics/connectJmxRules";
import { kafkaConnectSpec, metricsKey, restPort, type KafkaConnectInput } from "../src/strimzi/kafkaConnect";
import { restAccessSpec } from "../src/strimzi/restAccess";
import { clusterVerdict } from "../src/strimzi/status";
import { redactSecrets } from "../src/strimzi/statusText";
import { skipAwait } from "./internal/readiness";
import type { ReadinessWatcher } from "./internal/readinessWatcher";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of ConnectCluster: the plain settings it is made of, and what other resources know. */
export interface ConnectClusterArgs extends Omit<KafkaConnectInput, "image" | "roleArn" | "metricsConfigMap"> {
    /** Image of the workers, by digest. Default: Strimzi's own. */
    image?: pulumi.Input<string>;
    /** Role of the workers' service account. Default: none. */
    roleArn?: pulumi.Input<string>;
    /** What waits until its workers run. Default: nothing does. */
    watch?: ReadinessWatcher;
}

/** A Connect cluster whose connectors are KafkaConnector resources. */
export class ConnectCluster extends pulumi.ComponentResource {
    public readonly resource: CustomResource;
    /** The resource when it is ready, for what must not be made before. */
    public readonly ready: pulumi.Input<CustomResource>;
    /** Address of the REST API within the cluster. */
    public readonly restUrl: pulumi.Output<string>;

    constructor(name: string, args: ConnectClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("ConnectCluster"), name, {}, opts);
        const { connect, metrics, release } = args;
        const metadata = {
            namespace: connect.namespace,
            labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" },
        };
        const rules = metrics.exporter
            ? new core.ConfigMap(
                  `${name}-metrics`,
                  { metadata: { ...metadata, name: `${connect.name}-metrics` }, data: { [metricsKey]: jmxRules() } },
                  childOptions(this, opts),
              )
            : undefined;
        this.resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "KafkaConnect",
                metadata: {
                    ...metadata,
                    name: connect.name,
                    labels: { ...metadata.labels, ...connect.metadata.labels },
                    annotations: {
                        "strimzi.io/use-connector-resources": "true",
                        ...connect.metadata.annotations,
                        ...skipAwait,
                    },
                },
                spec: kafkaConnectSpec({ ...args, metricsConfigMap: rules ? `${connect.name}-metrics` : undefined }),
            },
            childOptions(this, opts, { dependsOn: rules }),
        );
        if (connect.allowFrom.length > 0) {
            new networking.NetworkPolicy(
                `${name}-rest-access`,
                { metadata: { ...metadata, name: `${connect.name}-rest-access` }, spec: restAccessSpec(connect) },
                childOptions(this, opts),
            );
        }
        this.ready =
            args.watch?.ready({
                resource: this.resource,
                plural: "kafkaconnects",
                verdict: clusterVerdict,
                // the operator looks by itself while pods come up
                requestReconcile: false,
                describe: () => `the Connect cluster ${connect.name}`,
                redact: redactSecrets,
            }) ?? this.resource;
        this.restUrl = pulumi.output(`http://${connect.name}-connect-api.${connect.namespace}.svc:${restPort}`);
        this.registerOutputs({ restUrl: this.restUrl });
    }
}
