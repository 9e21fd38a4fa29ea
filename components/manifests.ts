import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../src/schema/manifests";
import { becomesReady, isStrimziManifest, manifestNamespace } from "../src/strimzi/manifestPlace";
import { childOptions, componentType, strimziAliases } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { waitAnnotations, waitTimeouts } from "./internal/waitAnnotations";

/** Arguments of Manifests. */
export interface ManifestsArgs {
    /** The objects. */
    objects: readonly Manifest[];
    /** Namespace of objects that name none. */
    namespace: string;
    /** Whether `pulumi up` waits until those that Strimzi reports as Ready are Ready. */
    waitForReady: boolean;
    /** Minutes that `pulumi up` waits. */
    timeoutMinutes: number;
}

/** Annotations that decide how long the provider waits: an object's own ones have precedence. */
const isWait = (annotation: string): boolean => ["pulumi.com/waitFor", "pulumi.com/skipAwait"].includes(annotation);

const rank = ({ kind }: Manifest): number => (kind === "KafkaNodePool" ? 0 : 1);

/** Objects of the section `manifests` that belong to one place of the graph. */
export class Manifests extends pulumi.ComponentResource {
    constructor(name: string, args: ManifestsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("Manifests"), name, args, opts);
        const { objects, namespace, waitForReady, timeoutMinutes } = args;
        const pools: CustomResource[] = [];
        // a Kafka becomes Ready with its pools only, and has to be deleted before them
        const poolsFirst = [...objects].sort((one, other) => rank(one) - rank(other));
        for (const object of poolsFirst) {
            const { apiVersion, kind, metadata, ...fields } = object;
            const { labels, annotations = {} } = metadata;
            const waits = becomesReady(object) && !Object.keys(annotations).some(isWait);
            const inNamespace = manifestNamespace(object, namespace);
            const { namespace: _none, ...common } = objectMetadata(metadata.name, namespace, {
                labels,
                annotations: { ...(waits ? waitAnnotations(waitForReady) : {}), ...annotations },
            });
            const resource = new CustomResource(
                [kind, ...(metadata.namespace ? [metadata.namespace] : []), metadata.name].join("-"),
                {
                    ...fields,
                    apiVersion,
                    kind,
                    metadata: inNamespace === undefined ? common : { ...common, namespace: inNamespace },
                },
                childOptions(this, opts, {
                    dependsOn: kind === "Kafka" ? pools : [],
                    customTimeouts: waitTimeouts(timeoutMinutes),
                    ...(isStrimziManifest(object) ? strimziAliases(kind, apiVersion) : {}),
                }),
            );
            if (kind === "KafkaNodePool") pools.push(resource);
        }
        this.registerOutputs();
    }
}
