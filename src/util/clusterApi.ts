/** Requests to a Kubernetes API server, as a kubeconfig describes it. */
import * as fs from "fs";
import * as http from "http";
import * as https from "https";
import * as os from "os";
import { pause } from "./pause";

/** How to reach a cluster. Without either, by the ambient kubeconfig. */
export interface ClusterAccess {
    /** Path of a kubeconfig, or its content. */
    readonly kubeconfig?: string;
    /** Context within the kubeconfig. */
    readonly context?: string;
}

/** The flags of kubectl that select a cluster. */
export const kubectlFlags = ({ kubeconfig, context }: ClusterAccess): string[] => [
    ...(kubeconfig ? ["--kubeconfig", kubeconfig] : []),
    ...(context ? ["--context", context] : []),
];

/** A request that the API server refused or did not answer; the message is one sentence for the user. */
export class ClusterApiError extends Error {
    constructor(
        message: string,
        /** HTTP status; undefined where there was no response. */
        readonly status?: number,
    ) {
        super(message);
    }
}

const mergePatch = "application/merge-patch+json";

/** How often a request is sent again that the API server postpones. */
const retries = 10;

interface Response {
    readonly status: number;
    readonly text: string;
    /** Seconds after which a request that was postponed should be sent again. */
    readonly retryAfter?: number;
}

const send = (url: URL, options: https.RequestOptions, body: string | undefined): Promise<Response> =>
    new Promise((resolve, reject) => {
        const { request: open } = url.protocol === "http:" ? http : https;
        const request = open(url, options, (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", reject);
            response.on("end", () =>
                resolve({
                    status: response.statusCode ?? 0,
                    text: Buffer.concat(chunks).toString("utf8"),
                    retryAfter: Number(response.headers["retry-after"] ?? 1),
                }),
            );
        });
        request.setTimeout(30_000, () => request.destroy(new Error("no answer in 30 s")));
        request.on("error", reject);
        request.end(body);
    });

/**
 * Sends a request, again where the API server answers 429: it has not processed the request then, as while it
 * initializes the storage of CRDs that were just installed, or limits its load (API Priority and Fairness).
 */
async function sendPatiently(url: URL, options: https.RequestOptions, body: string | undefined): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
        const response = await send(url, options, body);
        if (response.status !== 429 || attempt === retries) return response;
        await pause((response.retryAfter || 1) * 1000);
    }
}

/** The API server's own explanation, without the object that it is about. */
function explanation({ status, text }: Response): string {
    try {
        const { message } = JSON.parse(text) as { message?: string };
        if (message) return message.split("\n")[0];
    } catch {
        // not every proxy answers with JSON
    }
    return `HTTP ${status}`;
}

/** An API server. */
export class ClusterApi {
    private constructor(
        /** Address of the API server. */
        readonly server: string,
        private readonly authenticate: (options: https.RequestOptions) => Promise<void>,
    ) {}

    /** Reads the kubeconfig. Nothing is sent. The client library is loaded here, as most commands do not need it. */
    static async connect({ kubeconfig, context }: ClusterAccess): Promise<ClusterApi> {
        const { KubeConfig } = await import("@kubernetes/client-node");
        const config = new KubeConfig();
        const given = kubeconfig?.replace(/^~(?=\/|$)/, os.homedir());
        try {
            if (!given) config.loadFromDefault();
            else if (fs.existsSync(given)) config.loadFromFile(given);
            else config.loadFromString(given);
            if (context) config.setCurrentContext(context);
        } catch (error) {
            throw new ClusterApiError(`the kubeconfig cannot be read (${(error as Error).message.split("\n")[0]}).`);
        }
        const cluster = config.getCurrentCluster();
        if (!cluster) throw new ClusterApiError("the kubeconfig has no cluster for its current context.");
        return new ClusterApi(cluster.server, (options) => config.applyToHTTPSOptions(options));
    }

    /** Sends a request and returns the body. Throws a ClusterApiError for any other status than 2xx. */
    async request<T>(method: string, path: string, body?: unknown, contentType = "application/json"): Promise<T> {
        const options: https.RequestOptions = {
            method,
            headers: body === undefined ? {} : { "content-type": contentType },
        };
        try {
            await this.authenticate(options);
        } catch (error) {
            const reason = (error as Error).message.split("\n")[0];
            throw new ClusterApiError(`the kubeconfig gives no access to ${this.server} (${reason}).`);
        }
        let response: Response;
        try {
            const text = body === undefined ? undefined : JSON.stringify(body);
            response = await sendPatiently(new URL(`${this.server.replace(/\/+$/, "")}${path}`), options, text);
        } catch (error) {
            const { code, message } = error as NodeJS.ErrnoException;
            throw new ClusterApiError(`the API server ${this.server} does not answer (${code ?? message}).`);
        }
        if (response.status < 200 || response.status > 299)
            throw new ClusterApiError(`${explanation(response)} (${method} ${path})`, response.status);
        return JSON.parse(response.text) as T;
    }

    get<T>(path: string): Promise<T> {
        return this.request<T>("GET", path);
    }

    /** The object at a path, or undefined where there is none. */
    async find<T>(path: string): Promise<T | undefined> {
        try {
            return await this.get<T>(path);
        } catch (error) {
            if (error instanceof ClusterApiError && error.status === 404) return undefined;
            throw error;
        }
    }

    put<T>(path: string, body: unknown): Promise<T> {
        return this.request<T>("PUT", path, body);
    }

    post<T>(path: string, body: unknown): Promise<T> {
        return this.request<T>("POST", path, body);
    }

    /** Changes the fields that a JSON Merge Patch has. */
    patch<T>(path: string, body: unknown): Promise<T> {
        return this.request<T>("PATCH", path, body, mergePatch);
    }
}
