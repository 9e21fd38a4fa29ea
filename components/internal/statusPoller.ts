/** Polls the status of all resources of one kind that are waited for, and has the operator reconcile them meanwhile. */
import { isStable, secondsSinceChange, type StatusVerdict, type StrimziObject } from "../../src/strimzi/status";
import { fieldManager, type ClusterError, type StrimziClient } from "./strimziClient";
import { pause } from "../../src/util/pause";

/** A resource that is waited for. */
export interface PolledResource {
    readonly name: string;
    readonly timeoutMinutes: number;
    readonly verdict: (object: StrimziObject) => StatusVerdict;
    /** Receives the message of its status whenever that changes. */
    readonly onProgress: (message: string) => void;
}

/** A resource while it is waited for. Times are in milliseconds. */
interface PendingResource extends PolledResource {
    readonly deadline: number;
    readonly resolve: (failure?: string) => void;
    message: string;
    secondsSinceChange: number;
    nextRequestAt: number;
    requestInterval: number;
    requested: boolean;
}

/** Milliseconds between two polls, for one response of the API server, and until the first request to reconcile. */
const defaultIntervals = { poll: 1000, response: 20_000, request: 2000 };
/** Requests to reconcile become rarer up to this factor while nothing changes. */
const maxIntervalFactor = 8;
/** Requests to reconcile after one poll: a thousand connectors must not flood the API server. */
const maxConcurrentRequests = 20;

/** The promise, or a rejection after some milliseconds. */
function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
    let timer: NodeJS.Timeout;
    const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("no response in time")), milliseconds);
    });
    // a timer that is left would keep the program running
    return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

export class StatusPoller {
    private readonly pending = new Set<PendingResource>();
    private running = false;

    /** @param connect opens the connection to the cluster, when there is something to poll */
    constructor(
        private readonly connect: () => Promise<StrimziClient>,
        private readonly intervals = defaultIntervals,
    ) {}

    /** Resolves to undefined when the resource is ready, or to the reason why it is not. */
    failureOf(resource: PolledResource): Promise<string | undefined> {
        return new Promise((resolve) => {
            const now = Date.now();
            this.pending.add({
                ...resource,
                resolve,
                deadline: now + resource.timeoutMinutes * 60_000,
                message: "it has no status yet",
                secondsSinceChange: 0,
                nextRequestAt: now + this.intervals.request,
                requestInterval: this.intervals.request,
                requested: false,
            });
            if (!this.running) void this.run();
        });
    }

    private async run(): Promise<void> {
        this.running = true;
        try {
            const client = await this.connect();
            while (this.pending.size > 0) {
                await this.poll(client);
                await this.requestReconciliations(client);
                if (this.pending.size > 0) await pause(this.intervals.poll);
            }
        } catch (error) {
            for (const item of this.pending) this.settle(item, (error as Error).message);
        }
        this.running = false;
    }

    /** Lists the objects once, for all resources that are pending. */
    private async poll(client: StrimziClient): Promise<void> {
        const polled = [...this.pending];
        const response = await withTimeout(client.list(), this.intervals.response).catch(
            (error: ClusterError) => error,
        );
        for (const item of polled) {
            const verdict =
                response instanceof Error
                    ? verdictOfError(response)
                    : this.verdictOf(item, response.objects.get(item.name), response.now);
            if (verdict.state === "ready") this.settle(item, undefined, client);
            else if (verdict.state === "failed") this.settle(item, verdict.message, client);
            else if (Date.now() > item.deadline) this.settle(item, timeoutMessage(item), client);
            else if (verdict.message !== item.message) item.onProgress((item.message = verdict.message));
        }
    }

    private verdictOf(item: PendingResource, object: StrimziObject | undefined, now: Date): StatusVerdict {
        if (!object) return noLongerExists;
        const verdict = item.verdict(object);
        const seconds = secondsSinceChange(object, now, fieldManager);
        // after a change the next one may be near
        if (seconds < item.secondsSinceChange) item.requestInterval = this.intervals.request;
        item.secondsSinceChange = seconds;
        return isStable(verdict, seconds) ? verdict : { ...verdict, state: "waiting" };
    }

    /**
     * Without a request, the operator may take two minutes until it notices a change that is not one of the object
     * itself.
     */
    private async requestReconciliations(client: StrimziClient): Promise<void> {
        const due = [...this.pending].filter(({ nextRequestAt }) => Date.now() >= nextRequestAt);
        await Promise.all(due.slice(0, maxConcurrentRequests).map((item) => this.requestReconcile(item, client)));
    }

    private async requestReconcile(item: PendingResource, client: StrimziClient): Promise<void> {
        item.requested = true;
        const request = client.annotate(item.name, new Date().toISOString());
        // without the right to annotate, the operator's own interval has to do
        await withTimeout(request, this.intervals.response).catch(() => undefined);
        item.nextRequestAt = Date.now() + item.requestInterval;
        item.requestInterval = Math.min(item.requestInterval * 2, this.intervals.request * maxIntervalFactor);
    }

    private settle(item: PendingResource, failure: string | undefined, client?: StrimziClient): void {
        this.pending.delete(item);
        if (item.requested) void client?.annotate(item.name, null).catch(() => undefined);
        item.resolve(failure);
    }
}

const noLongerExists: StatusVerdict = {
    state: "failed",
    message: "it no longer exists in the cluster; run `pulumi up --refresh` to recreate it",
    stableSeconds: 0,
};

const timeoutMessage = ({ timeoutMinutes, message }: PendingResource): string =>
    `not ready within ${timeoutMinutes} minutes (timeoutMinutes); its status: ${message}`;

/** What an error of the API server means: without the right to list it is final, any other may pass. */
function verdictOfError({ code, message }: ClusterError): StatusVerdict {
    const reason = `cannot list Strimzi's resources: ${code ? `HTTP ${code}` : message}`;
    return code === 401 || code === 403
        ? { state: "failed", message: `${reason}; the right to list them is required`, stableSeconds: 0 }
        : { state: "waiting", message: reason, stableSeconds: Infinity };
}
