/** A TCP proxy on the loopback interface that can cut its connections, as a network does. */
import * as net from "net";
import { freePort } from "./ports";

/** A proxy to one port of this machine. */
export class NetworkProxy {
    private readonly sockets = new Set<net.Socket>();
    private isCut = false;

    private constructor(
        private readonly server: net.Server,
        /** The port that it listens on. */
        readonly port: number,
    ) {}

    /** Starts a proxy to a port. */
    static async start(target: number): Promise<NetworkProxy> {
        const port = await freePort();
        const server = net.createServer();
        const proxy = new NetworkProxy(server, port);
        server.on("connection", (socket) => proxy.connect(socket, target));
        await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
        return proxy;
    }

    private connect(incoming: net.Socket, target: number): void {
        if (this.isCut) return void incoming.destroy();
        const outgoing = net.connect(target, "127.0.0.1");
        for (const socket of [incoming, outgoing]) {
            this.sockets.add(socket);
            socket.on("error", () => undefined);
            socket.once("close", () => {
                this.sockets.delete(socket);
                incoming.destroy();
                outgoing.destroy();
            });
        }
        incoming.pipe(outgoing).pipe(incoming);
    }

    /** Breaks every connection and refuses new ones. */
    cut(): void {
        this.isCut = true;
        for (const socket of this.sockets) socket.destroy();
    }

    /** Accepts connections again. */
    restore(): void {
        this.isCut = false;
    }

    /** Ends it. */
    stop(): void {
        this.cut();
        this.server.close();
    }
}
