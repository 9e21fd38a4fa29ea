/** A schema registry on the loopback interface with the part of Apicurio's API (v2) that its converter uses. */
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A registered schema. */
export interface Artifact {
    readonly id: string;
    readonly globalId: number;
    readonly content: string;
}

export class SchemaRegistry {
    readonly artifacts: Artifact[] = [];
    /** Requests that it has no answer for. */
    readonly unknown: string[] = [];
    private readonly server = http.createServer((request, response) => {
        let body = "";
        request.on("data", (data) => (body += String(data)));
        request.on("end", () => {
            const { status, content } = this.answer(request, body);
            response.writeHead(status, { "content-type": "application/json" }).end(content);
        });
    });

    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/apis/registry/v2`;
    }

    stop(): void {
        this.server.closeAllConnections();
        this.server.close();
    }

    private answer({ method, url, headers }: http.IncomingMessage, body: string): { status: number; content: string } {
        const path = decodeURIComponent(new URL(url!, "http://localhost").pathname).replace("/apis/registry/v2", "");
        if (method === "POST" && /^\/groups\/[^/]+\/artifacts$/.test(path)) {
            const id = String(headers["x-registry-artifactid"]);
            return { status: 200, content: JSON.stringify(this.register(id, contentOf(body))) };
        }
        const [, globalId, part] = /^\/ids\/globalIds\/(\d+)(\/references)?$/.exec(path) ?? [];
        const artifact = this.artifacts.find((item) => String(item.globalId) === globalId);
        if (method === "GET" && artifact) return { status: 200, content: part ? "[]" : artifact.content };
        this.unknown.push(`${method} ${path}`);
        return { status: 404, content: JSON.stringify({ error_code: 404, message: "not found" }) };
    }

    /** Registers a schema; one that is registered already stays. */
    private register(id: string, content: string) {
        const known = this.artifacts.find((item) => item.id === id && item.content === content);
        const artifact = known ?? { id, globalId: this.artifacts.length + 1, content };
        if (!known) this.artifacts.push(artifact);
        const { globalId } = artifact;
        return {
            id,
            groupId: "default",
            version: String(globalId),
            globalId,
            contentId: globalId,
            type: "AVRO",
            state: "ENABLED",
        };
    }
}

/** The schema in the body, which can be an object with references. */
function contentOf(body: string): string {
    const parsed = JSON.parse(body) as { content?: string; references?: unknown };
    return typeof parsed.content === "string" ? parsed.content : body;
}
