/** Ports on loopback. */
import { randomInt } from "crypto";
import * as net from "net";
import { pause } from "../util/pause";

/**
 * Below the ports that Linux and macOS give to clients and to listeners of port 0: such a port can be taken by another
 * process before the server that it was chosen for starts.
 */
const [firstPort, lastPort] = [12_000, 29_999];

const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
        const server = net.createServer();
        server.once("error", () => resolve(false));
        server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });

/** Ports that were given away, whose servers may not listen yet, and those that were not free. */
const given = new Set<number>();

/** A port that nothing listens on; each call gives another one. */
export async function freePort(): Promise<number> {
    for (let attempt = 0; attempt < 1000; attempt++) {
        const port = randomInt(firstPort, lastPort + 1);
        if (given.has(port)) continue;
        // before the port is tried: calls at the same time can choose the same one
        given.add(port);
        if (await isFree(port)) return port;
    }
    throw new Error(`none of 1,000 ports between ${firstPort} and ${lastPort} of 127.0.0.1 is free`);
}

/** Whether something accepts connections on a port. */
export function accepts(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = net.connect(port, "127.0.0.1");
        socket.once("connect", () => {
            socket.destroy();
            resolve(true);
        });
        socket.once("error", () => resolve(false));
    });
}

/** The port asked for, or a free one; a port asked for that is taken is an error. */
export async function choosePort(wanted: number | undefined, option: string): Promise<number> {
    if (wanted === undefined) return freePort();
    if (await accepts(wanted))
        throw new Error(
            `--${option} ${wanted}: something listens there already. Give another port, or none for a free one.`,
        );
    return wanted;
}

/** Polls until `ready` gives something, at most `timeoutMs`. */
export async function until<T>(what: string, timeoutMs: number, ready: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
        const result = await ready();
        if (result !== undefined) return result;
        if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
        await pause(50);
    }
}
