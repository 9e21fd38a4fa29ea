import type { types } from "@pulumi/kubernetes";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { standaloneConnect, type StandaloneSettings } from "../src/schema/standaloneConnect";
import { closedToOthers, dataClaim, madeSecrets, namesOf, standaloneDeployment } from "../src/standalone/deployment";
import { standaloneFiles } from "../src/standalone/worker";
import { childOptions, componentOptions, componentType, statefulOptions } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import { skipAwait } from "./internal/waitAnnotations";
import type { CredentialsArgs, StandaloneConnectArgs } from "./standaloneConnectArgs";

const schema = standaloneConnect.omit({ namespace: true, createNamespace: true });

/** Credentials whose values are secrets of the stack, whatever the program passed. */
const secretCredentials = (credentials: CredentialsArgs | undefined): CredentialsArgs | undefined =>
    credentials && {
        ...credentials,
        username: credentials.username && pulumi.secret(credentials.username),
        password: credentials.password && pulumi.secret(credentials.password),
    };

/** Credentials in the form of the stack file, where a secret is an object with the key `secure`. */
const credentialsSetting = (credentials: CredentialsArgs | undefined) =>
    credentials && {
        ...credentials,
        username: credentials.username && { secure: credentials.username },
        password: credentials.password && { secure: credentials.password },
    };

/**
 * A Kafka Connect worker in standalone mode, without Strimzi: a Deployment of one pod, with its properties in a
 * Secret and its offsets on a volume. Its REST API is closed to other pods.
 *
 * ```ts
 * new StandaloneConnect("file-sink", {
 *     namespace: "connect",
 *     bootstrapServers: "kafka:9092",
 *     tls: false,
 *     connectors: [{ name: "files", class: "FileStreamSink", config: { topics: "a", file: "/var/lib/connect/a" } }],
 * }, { provider });
 * ```
 * @see https://kafka.apache.org/documentation/#connect_running
 */
export class StandaloneConnect extends pulumi.ComponentResource {
    /** The Deployment. */
    public readonly deployment: Deployment;

    constructor(name: string, args: StandaloneConnectArgs, opts?: pulumi.ComponentResourceOptions) {
        const { credentials, schemaRegistry } = args;
        const inputs = {
            ...args,
            credentials: secretCredentials(credentials),
            schemaRegistry: schemaRegistry && {
                ...schemaRegistry,
                credentials: secretCredentials(schemaRegistry.credentials),
            },
        };
        super(componentType("StandaloneConnect"), name, inputs, componentOptions(name, opts, "StandaloneConnect"));
        const { namespace, protect, ...rest } = inputs;
        const settings = settingsFromArgs(
            schema,
            {
                name,
                ...rest,
                credentials: credentialsSetting(inputs.credentials),
                schemaRegistry: inputs.schemaRegistry && {
                    ...inputs.schemaRegistry,
                    credentials: credentialsSetting(inputs.schemaRegistry.credentials),
                },
            },
            `StandaloneConnect ${name}`,
        ) as StandaloneSettings;
        const metadata = (object: string) => objectMetadata(object, namespace);
        const names = namesOf(settings);
        const known = pulumi.output(settings) as pulumi.Output<unknown> as pulumi.Output<StandaloneSettings>;
        const secret = (object: string, values: pulumi.Output<Record<string, string>>) =>
            new core.Secret(
                `${name}-${object.slice(settings.name.length + 1)}`,
                { metadata: metadata(object), stringData: pulumi.secret(values) },
                childOptions(this, opts),
            );
        const secrets = [
            secret(names.properties, known.apply(standaloneFiles)),
            // which Secrets there are does not depend on the values
            ...Object.keys(madeSecrets(settings)).map((object) =>
                secret(
                    object,
                    known.apply((values) => madeSecrets(values)[object]),
                ),
            ),
        ];
        const data = new core.PersistentVolumeClaim(
            `${name}-data`,
            // a claim whose storage class waits for the first pod is not bound before there is one
            {
                metadata: objectMetadata(names.data, namespace, { annotations: skipAwait }),
                spec: dataClaim(settings),
            },
            childOptions(this, opts, statefulOptions(protect)),
        );
        new networking.NetworkPolicy(
            `${name}-closed`,
            { metadata: metadata(`${settings.name}-closed`), spec: closedToOthers(settings) },
            childOptions(this, opts),
        );
        // the pods have no credential, only a digest that is slow to compute
        const spec = pulumi.unsecret(known.apply(standaloneDeployment)) as unknown;
        this.deployment = new Deployment(
            `${name}-deployment`,
            {
                metadata: metadata(settings.name),
                spec: spec as pulumi.Output<types.input.apps.v1.DeploymentSpec>,
            },
            childOptions(this, opts, { dependsOn: [...secrets, data] }),
        );
        this.registerOutputs({ deployment: this.deployment });
    }
}
