import type { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectSettings } from "../settings/connect";
import { holds, quietSeconds, type Judgement, type StrimziObject } from "../strimzi/status";
import { manager, strimziObjects, type ClusterError, type KubeAccess, type StrimziObjects } from "./strimziObjects";

/** A resource whose status is to be watched. */
export interface Watched {
    resource: CustomResource;
    /** Plural of its kind, as in the API server's paths. */
    plural: "kafkaconnects" | "kafkaconnectors";
    judge: (object: StrimziObject) => Judgement;
    /** Whether the operator is to be made to look again while nothing is certain; else it may be two minutes until it does. */
    prompt: boolean;
    /** How an error names it: its place in the stack file and its name. Called only for an error. */
    title: () => string;
    /** Takes secrets out of what the status says. */
    clean: (text: string) => string;
}

interface Waiting extends Watched {
    name: string;
    until: number;
    says: string;
    promptAt: number;
    promptPause: number;
    prompted: boolean;
    quiet: number;
    succeed: () => void;
    fail: (error: Error) => void;
}

const pollMs = 1000;
/** Longest wait for one answer of the API server. */
const answerMs = 20_000;
/** Resources prompted in one round, so that a thousand connectors do not fall upon the API server at once. */
const promptsAtOnce = 20;
const shortestPromptMs = 2000;
const longestPromptMs = 16_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The promise, or a rejection when it takes too long. */
function inTime<T>(promise: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("no answer")), answerMs)));
    // a timer that is left would keep the program, and so `pulumi up`, from ending
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Watches the statuses of Strimzi's resources after they are made or changed, and fails `pulumi up` with what they say.
 *
 * The program looks, rather than the provider (`pulumi.com/waitFor`) or an after hook of the engine:
 * - The provider waits for conditions to come true, all that it is given; it cannot fail by one. A refused connector keeps it
 *   for its whole timeout, after which it says only that it timed out.
 * - An after hook that fails leaves the resource in the state as if all were well, so the next `up` finds nothing to do and
 *   ends green; and an engine before 3.238 takes its failure for a warning.
 * A look on every `up` needs neither: the state tells what is in the cluster, where the resource is although it does not work,
 * and the next `up` updates it in place, or looks again and fails again.
 */
export class StatusWatch {
    private readonly waiting = new Map<string, Map<string, Waiting>>();

    constructor(
        private readonly access: pulumi.Input<KubeAccess>,
        private readonly apiVersion: string,
        private readonly connect: Pick<ConnectSettings, "namespace" | "timeoutMinutes">,
    ) {}

    /** Resolves to the resource when its status says that it is ready; rejects with a RunError when it will not be, or not in time. */
    ready(watched: Watched): pulumi.Input<CustomResource> {
        if (pulumi.runtime.isDryRun()) return watched.resource;
        const done = pulumi.all([watched.resource.metadata, this.access]).apply(async ([{ name, uid }, access]) => {
            // only the API server gives a uid: without one this is an evaluation under mocks, and there is no cluster
            if (uid) await this.wait(watched, name, access);
            return watched.resource;
        });
        // a secret kubeconfig makes no secret of what is ready
        return pulumi.unsecret(done);
    }

    private wait(watched: Watched, name: string, access: KubeAccess): Promise<void> {
        return new Promise((succeed, fail) => {
            const now = Date.now();
            const waiting = { ...watched, name, until: now + this.connect.timeoutMinutes * 60_000, says: "nothing yet", promptAt: now + shortestPromptMs, promptPause: shortestPromptMs, prompted: false, quiet: 0, succeed, fail };
            const others = this.waiting.get(watched.plural);
            if (others) return void others.set(name, waiting);
            const all = new Map([[name, waiting]]);
            this.waiting.set(watched.plural, all);
            // one look at a time serves all that wait for this kind
            this.poll(watched.plural, access, all).catch((error: Error) => {
                this.waiting.delete(watched.plural);
                for (const item of all.values()) this.finish(item, all, error.message);
            });
        });
    }

    private async poll(plural: string, access: KubeAccess, all: Map<string, Waiting>): Promise<void> {
        const cluster = await strimziObjects(access, this.apiVersion, this.connect.namespace, plural);
        while (all.size > 0) {
            await this.look(cluster, plural, all);
            if (all.size > 0) await sleep(pollMs);
        }
        this.waiting.delete(plural);
    }

    private async look(cluster: StrimziObjects, plural: string, all: Map<string, Waiting>): Promise<void> {
        const asked = [...all.values()];
        try {
            const { objects, now } = await inTime(cluster.list());
            for (const item of asked) await this.judge(item, objects.get(item.name), now, cluster, all);
        } catch (error) {
            const { code, message } = error as ClusterError;
            const says = `the cluster cannot be asked for ${plural}: ${code ? `HTTP ${code}` : message}`;
            // no rights: that does not mend itself. Everything else may
            for (const item of asked) if (code === 401 || code === 403) this.finish(item, all, says);
                else this.say(item, says);
        }
        for (const item of all.values()) if (Date.now() > item.until) this.finish(item, all, `not ready after ${this.connect.timeoutMinutes} minutes (connect.timeoutMinutes); its status says: ${item.says}`);
        const due = [...all.values()].filter(({ prompt, promptAt }) => prompt && Date.now() >= promptAt).slice(0, promptsAtOnce);
        await Promise.all(due.map((item) => this.prompt(item, cluster)));
    }

    private async judge(item: Waiting, object: StrimziObject | undefined, now: Date, cluster: StrimziObjects, all: Map<string, Waiting>): Promise<void> {
        if (!object) return this.finish(item, all, "it is not in the cluster any more; `pulumi refresh`, then `pulumi up` make it anew");
        const judgement = item.judge(object);
        const quiet = quietSeconds(object, now, manager);
        if (judgement.is !== "waiting" && holds(judgement, quiet)) {
            if (item.prompted) await cluster.annotate(item.name, null).catch(() => undefined);
            return this.finish(item, all, judgement.is === "failed" ? judgement.says : undefined);
        }
        // something moved: the next change may be near
        if (quiet < item.quiet) item.promptPause = shortestPromptMs;
        item.quiet = quiet;
        this.say(item, judgement.says);
    }

    private async prompt(item: Waiting, cluster: StrimziObjects): Promise<void> {
        // an operator that cannot be prompted looks by itself, only later
        await cluster.annotate(item.name, new Date().toISOString()).then(() => (item.prompted = true), () => undefined);
        item.promptAt = Date.now() + item.promptPause;
        item.promptPause = Math.min(item.promptPause * 2, longestPromptMs);
    }

    private say(item: Waiting, says: string): void {
        if (says === item.says) return;
        item.says = item.clean(says);
        void pulumi.log.info(item.says, item.resource, undefined, true);
    }

    /** Ends a wait, with an error where there is something to say. */
    private finish(item: Waiting, all: Map<string, Waiting>, says?: string): void {
        all.delete(item.name);
        if (says === undefined) item.succeed();
        else {
            const error = new pulumi.RunError(`${item.title()}: ${item.clean(says)}\nMend it and run \`pulumi up\` again.`);
            // when the module has been run, the SDK prints the trace of any error; the place in this program is of no use
            error.stack = error.message;
            item.fail(error);
        }
    }
}
