/**
 * Waits until Strimzi's resources are ready, and fails `pulumi up` with the reason when they are not.
 *
 * The program reads the statuses itself because the alternatives cannot report a failure:
 * - Pulumi's Kubernetes provider (`pulumi.com/waitFor`) waits until conditions become true. It cannot fail on one: it
 *   waits for its whole timeout for a connector that Connect rejected, and then reports only the timeout.
 * - An `after` hook of the engine that fails leaves the resource in the state as if it had succeeded, so that the
 *   next `up` has nothing to do and succeeds; before version 3.238 the engine treats its failure as a warning.
 * Reading the status on every `up` has neither problem: the resource is in the state, and the next `up` updates it or
 * fails again.
 */
import type { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import { kubeAccessOf, type KubeAccess } from "./kubeAccess";
import { StatusPoller, type PolledResource } from "./statusPoller";
import { createStrimziClient } from "./strimziClient";

/** A resource that must be ready before `pulumi up` ends. */
export interface WatchedResource extends Pick<PolledResource, "verdict" | "timeoutMinutes"> {
    readonly resource: CustomResource;
    /** Plural of its kind, as in the API server's paths. */
    readonly plural: "kafkaconnects" | "kafkaconnectors";
    readonly apiVersion: string;
    /** How an error names it. */
    readonly description: string;
    /** Removes secrets from the text of its status. */
    readonly redact: (text: string) => string;
}

/** The pollers of each provider: one serves all resources of a kind in a namespace. */
const pollers = new WeakMap<object, Map<string, StatusPoller>>();

function pollerFor(key: object, access: KubeAccess, apiVersion: string, namespace: string, plural: string) {
    const ofProvider = pollers.get(key) ?? new Map<string, StatusPoller>();
    pollers.set(key, ofProvider);
    const name = [apiVersion, namespace, plural].join("/");
    const poller =
        ofProvider.get(name) ?? new StatusPoller(() => createStrimziClient(access, apiVersion, namespace, plural));
    ofProvider.set(name, poller);
    return poller;
}

/**
 * Resolves when the resource is ready, and in a preview at once. Rejects with a RunError when it has failed or is not
 * ready in time; that fails `pulumi up` whether or not anything uses the output.
 */
export function whenReady(component: pulumi.ComponentResource, watched: WatchedResource): pulumi.Output<unknown> {
    const { resource, plural, apiVersion, verdict, timeoutMinutes, description, redact } = watched;
    const cluster = kubeAccessOf(component);
    // the URN is known in a preview too, and makes what uses the output depend on the resource
    if (pulumi.runtime.isDryRun() || !cluster) return resource.urn;
    const onProgress = (message: string) => void pulumi.log.info(redact(message), resource, undefined, true);
    return resource.metadata.apply(({ name, namespace, uid }) => {
        // only an API server assigns a uid: without one this is an evaluation under mocks
        if (!uid) return undefined;
        return cluster.access.apply(async (access) => {
            const poller = pollerFor(cluster.key, access, apiVersion, namespace, plural);
            const failure = await poller.failureOf({ name, verdict, timeoutMinutes, onProgress });
            if (failure !== undefined) throw notReady(`${description}: ${redact(failure)}`);
        });
    });
}

function notReady(reason: string): pulumi.RunError {
    const error = new pulumi.RunError(`${reason}\nFix the error above and rerun \`pulumi up\`.`);
    // the SDK prints the stack of an error that is thrown after the program has run; it would show nothing but this
    // file
    error.stack = error.message;
    return error;
}
