import type { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectSettings } from "../../src/schema/connect";
import { StatusPoller, type PolledResource } from "./statusPoller";
import { createStrimziClient, type KubeAccess } from "./strimziClient";

/** A resource that is to be ready before `pulumi up` ends. */
export interface WatchedResource extends Pick<PolledResource, "verdict" | "requestReconcile"> {
    resource: CustomResource;
    /** Plural of its kind, as in the API server's paths. */
    plural: "kafkaconnects" | "kafkaconnectors";
    /** How an error names it: its place in the stack file and its name. Called only for an error. */
    describe: () => string;
    /** Takes secrets out of what its status says. */
    redact: (text: string) => string;
}

/**
 * Watches the statuses of Strimzi's resources when they have been made or changed, and fails `pulumi up` with what they say.
 *
 * The program looks, rather than the provider (`pulumi.com/waitFor`) or an after hook of the engine:
 * - The provider waits for conditions to come true, all that it is given; it cannot fail by one. A refused connector keeps it
 *   for its whole timeout, after which it says only that it timed out.
 * - An after hook that fails leaves the resource in the state as if all were well, so the next `up` finds nothing to do and
 *   ends green; and an engine before 3.238 takes its failure for a warning.
 * A look on every `up` needs neither: the state tells what is in the cluster, where the resource is although it does not work,
 * and the next `up` updates it in place, or looks again and fails again.
 */
export class ReadinessWatcher {
    private readonly polls = new Map<string, StatusPoller>();

    constructor(
        private readonly access: pulumi.Input<KubeAccess>,
        private readonly apiVersion: string,
        private readonly connect: Pick<ConnectSettings, "namespace" | "timeoutMinutes">,
    ) {}

    /** Resolves to the resource when its status says that it is ready; rejects with a RunError when it will not be, or not in time. */
    ready({
        resource,
        plural,
        verdict: judge,
        requestReconcile: prompt,
        describe: title,
        redact: clean,
    }: WatchedResource): pulumi.Input<CustomResource> {
        if (pulumi.runtime.isDryRun()) return resource;
        const progress = (says: string) => void pulumi.log.info(clean(says), resource, undefined, true);
        const ready = pulumi.all([resource.metadata, this.access]).apply(async ([{ name, uid }, access]) => {
            // only an API server gives a uid: without one this is an evaluation under mocks, and there is no cluster
            const wrong =
                uid &&
                (await this.poll(plural, access).verdict({ name, verdict: judge, requestReconcile: prompt, progress }));
            if (!wrong) return resource;
            const error = new pulumi.RunError(`${title()}: ${clean(wrong)}\nMend it and run \`pulumi up\` again.`);
            // once the module has been run, the SDK prints the trace of any error; the place in this program is of no use
            error.stack = error.message;
            throw error;
        });
        // a secret kubeconfig makes no secret of what is ready
        return pulumi.unsecret(ready);
    }

    private poll(plural: string, access: KubeAccess): StatusPoller {
        const poll =
            this.polls.get(plural) ??
            new StatusPoller(
                () => createStrimziClient(access, this.apiVersion, this.connect.namespace, plural),
                this.connect.timeoutMinutes,
            );
        this.polls.set(plural, poll);
        return poll;
    }
}
