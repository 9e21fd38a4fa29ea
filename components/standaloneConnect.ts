import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { StandaloneSettings } from "../src/schema/standaloneConnect";
import { closedToOthers, dataClaim, madeSecrets, namesOf, standaloneDeployment } from "../src/standalone/deployment";
import { standaloneFiles } from "../src/standalone/worker";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of StandaloneConnect. */
export interface StandaloneConnectArgs {
    standalone: StandaloneSettings;
    namespace: string;
    /** Whether the deletion of its volume is refused. */
    protect: boolean;
}

/** A Connect worker in standalone mode, without an operator: a Deployment of one pod, its properties in a Secret, its offsets on a volume. */
export class StandaloneConnect extends pulumi.ComponentResource {
    public readonly deployment: Deployment;

    constructor(
        name: string,
        { standalone, namespace, protect }: StandaloneConnectArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(componentType("StandaloneConnect"), name, {}, opts);
        const metadata = (object: string) => ({
            name: object,
            namespace,
            labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" },
        });
        const names = namesOf(standalone);
        const secrets = Object.entries({
            [names.properties]: standaloneFiles(standalone),
            ...madeSecrets(standalone),
        }).map(
            ([object, values]) =>
                new core.Secret(
                    `${name}-${object.slice(standalone.name.length + 1)}`,
                    { metadata: metadata(object), stringData: pulumi.secret(values) },
                    childOptions(this, opts),
                ),
        );
        const data = new core.PersistentVolumeClaim(
            `${name}-data`,
            // a claim whose storage class waits for the first pod is not bound before there is one
            {
                metadata: { ...metadata(names.data), annotations: { "pulumi.com/skipAwait": "true" } },
                spec: dataClaim(standalone),
            },
            childOptions(this, opts, { protect, retainOnDelete: protect }),
        );
        new networking.NetworkPolicy(
            `${name}-closed`,
            { metadata: metadata(`${standalone.name}-closed`), spec: closedToOthers(standalone) },
            childOptions(this, opts),
        );
        this.deployment = new Deployment(
            `${name}-deployment`,
            {
                metadata: metadata(standalone.name),
                spec: standaloneDeployment(standalone) as unknown as types.input.apps.v1.DeploymentSpec,
            },
            childOptions(this, opts, { dependsOn: [...secrets, data] }),
        );
        this.registerOutputs({});
    }
}
