/** Ports on loopback. */
import * as net from "net";
import { pause } from "../util/pause";

/** A port that nothing listens on; each call gives another one. */
export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = net.createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address() as net.AddressInfo;
            server.close(() => resolve(port));
        });
    });
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
