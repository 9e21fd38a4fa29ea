/**
 * An HTTP API for sinks to post to, which behaves as Braze's does: it requires the right key, takes at most 75 objects
 * of a kind, and turns requests away when they come too fast or when it is out of order, as the first two do here, so
 * that a sink's retries are seen to work.
 */
import { createServer, type IncomingMessage, type Server } from "http";

/** One request and what became of it. */
export interface Posted {
    path: string;
    status: number;
    /** Objects that were taken. */
    objects: unknown[];
}

const mostObjects = 75;

function objectsOf(body: string): unknown[] {
    const parsed = JSON.parse(body) as unknown;
    if (Array.isArray(parsed)) return parsed;
    const lists = ["attributes", "events", "purchases"].flatMap(
        (kind) => (parsed as Record<string, unknown[]>)[kind] ?? [],
    );
    return lists.length > 0 ? lists : [parsed];
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString("utf8");
};

/** Starts it on a port of this machine. `authorization` is the header that is let in; undefined lets everybody in. */
export async function startHttpApi(
    port: number,
    authorization: string | undefined,
    seen: (posted: Posted) => void,
): Promise<Server> {
    let requests = 0;
    const answer = async (request: IncomingMessage): Promise<Posted> => {
        const body = await bodyOf(request);
        const path = request.url ?? "/";
        const refused = (status: number): Posted => ({ path, status, objects: [] });
        if (authorization !== undefined && request.headers.authorization !== authorization) return refused(401);
        requests += 1;
        if (requests === 1) return refused(429);
        if (requests === 2) return refused(503);
        try {
            const objects = objectsOf(body);
            return objects.length > mostObjects ? refused(400) : { path, status: 201, objects };
        } catch {
            return refused(400);
        }
    };
    const server = createServer((request, response) => {
        void answer(request).then((posted) => {
            seen(posted);
            response
                .writeHead(posted.status, { "content-type": "application/json" })
                .end(JSON.stringify({ message: posted.status === 201 ? "success" : "error" }));
        });
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    return server;
}
