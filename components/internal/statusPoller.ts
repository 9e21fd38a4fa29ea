/** Polls the statuses of all resources of one kind that somebody waits for, and makes the operator look again meanwhile. */
import { isStable, secondsSinceChange, type StatusVerdict, type StrimziObject } from "../../src/strimzi/status";
import { fieldManager, type ClusterError, type StrimziClient } from "./strimziClient";

/** A resource whose status is to be watched. */
export interface PolledResource {
    name: string;
    verdict: (object: StrimziObject) => StatusVerdict;
    /** Whether the operator is to be made to look again while nothing is certain; else it may be two minutes until it does. */
    requestReconcile: boolean;
    /** Takes what its status says, whenever that changes. */
    progress: (says: string) => void;
}

interface Waiting extends PolledResource {
    until: number;
    says: string;
    /** Seconds without a change, when it was seen last. */
    quiet: number;
    promptAt: number;
    promptPause: number;
    prompted: boolean;
    settle: (wrong?: string) => void;
}

/** In milliseconds: between two looks, at most for one answer of the API server, and from the first to the next prompt. */
const defaultIntervals = { poll: 1000, answer: 20_000, prompt: 2000 };
/** How much rarer prompts become while nothing happens. */
const maxIntervalFactor = 8;
/** Resources prompted after one look, so that a thousand connectors do not fall upon the API server at once. */
const maxConcurrentRequests = 20;

/** The promise, or a rejection when it takes too long. */
function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
    let timer: NodeJS.Timeout;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("no answer")), ms)));
    // a timer that is left would keep the program, and so `pulumi up`, from ending
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class StatusPoller {
    private readonly waiting = new Set<Waiting>();
    private running = false;

    /** @param minutes how long each is waited for */
    constructor(
        private readonly open: () => Promise<StrimziClient>,
        private readonly minutes: number,
        private readonly pace = defaultIntervals,
    ) {}

    /** Resolves to nothing when the resource is ready, or to what is wrong with it. */
    verdict(subject: PolledResource): Promise<string | undefined> {
        return new Promise((settle) => {
            const now = Date.now();
            this.waiting.add({
                ...subject,
                until: now + this.minutes * 60_000,
                says: "nothing yet",
                quiet: 0,
                promptAt: now + this.pace.prompt,
                promptPause: this.pace.prompt,
                prompted: false,
                settle,
            });
            if (!this.running) void this.run();
        });
    }

    private async run(): Promise<void> {
        this.running = true;
        try {
            const cluster = await this.open();
            while (this.waiting.size > 0) {
                await this.look(cluster);
                if (this.waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, this.pace.poll));
            }
        } catch (error) {
            for (const item of this.waiting) this.end(item, (error as Error).message);
        }
        this.running = false;
    }

    /** One look serves all that wait. */
    private async look(cluster: StrimziClient): Promise<void> {
        const asked = [...this.waiting];
        const answer = await withTimeout(cluster.list(), this.pace.answer).catch((error: ClusterError) => error);
        for (const item of asked) {
            const judgement =
                answer instanceof Error
                    ? unanswered(answer)
                    : this.judge(item, answer.objects.get(item.name), answer.now);
            if (judgement.state !== "waiting")
                this.end(item, judgement.state === "failed" ? judgement.message : undefined, cluster);
            else if (Date.now() > item.until)
                this.end(
                    item,
                    `not ready within connect.timeoutMinutes, ${this.minutes}; its status says: ${item.says}`,
                    cluster,
                );
            else if (judgement.message !== item.says) item.progress((item.says = judgement.message));
        }
        const due = [...this.waiting]
            .filter(({ requestReconcile: prompt, promptAt }) => prompt && Date.now() >= promptAt)
            .slice(0, maxConcurrentRequests);
        await Promise.all(due.map((item) => this.prompt(item, cluster)));
    }

    private judge(item: Waiting, object: StrimziObject | undefined, now: Date): StatusVerdict {
        if (!object)
            return {
                state: "failed",
                message: "it is not in the cluster any more; `pulumi up --refresh` makes it anew",
                stableSeconds: 0,
            };
        const judgement = item.verdict(object);
        const quiet = secondsSinceChange(object, now, fieldManager);
        // something moved: the next change may be near
        if (quiet < item.quiet) item.promptPause = this.pace.prompt;
        item.quiet = quiet;
        return isStable(judgement, quiet) ? judgement : { ...judgement, state: "waiting" };
    }

    private async prompt(item: Waiting, cluster: StrimziClient): Promise<void> {
        item.prompted = true;
        // an operator that cannot be prompted looks by itself, only later
        await withTimeout(cluster.annotate(item.name, new Date().toISOString()), this.pace.answer).catch(
            () => undefined,
        );
        item.promptAt = Date.now() + item.promptPause;
        item.promptPause = Math.min(item.promptPause * 2, this.pace.prompt * maxIntervalFactor);
    }

    private end(item: Waiting, wrong: string | undefined, cluster?: StrimziClient): void {
        this.waiting.delete(item);
        if (item.prompted) void cluster?.annotate(item.name, null).catch(() => undefined);
        item.settle(wrong);
    }
}

/** What it means that the cluster did not answer: without the rights it never will, anything else may pass. */
function unanswered({ code, message }: ClusterError): StatusVerdict {
    const says = `the cluster cannot be asked: ${code ? `HTTP ${code}` : message}`;
    return code === 401 || code === 403
        ? { state: "failed", message: `${says}; this wants the right to list Strimzi's resources`, stableSeconds: 0 }
        : { state: "waiting", message: says, stableSeconds: Infinity };
}
