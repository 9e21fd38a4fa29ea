/**
 * A tunnel to a worker's REST API by `kubectl port-forward`: it ends inside the pod, so the operator's NetworkPolicy,
 * which admits nobody to port 8083 but the operator, does not apply.
 */
import { spawn } from "child_process";

/** An open tunnel. */
export interface Tunnel {
    readonly url: string;
    close(): void;
}

const timeoutMs = 30_000;

/**
 * Opens a tunnel to port 8083 of a Connect cluster.
 *
 * @param flags kubectl's flags that select the cluster
 * @param option the command's option that takes an address instead, for messages
 */
export function openTunnel(
    flags: readonly string[],
    namespace: string,
    cluster: string,
    option = "--connect",
): Promise<Tunnel> {
    const args = [...flags, "-n", namespace, "port-forward", `service/${cluster}-connect-api`, ":8083"];
    const child = spawn("kubectl", [...args, "--address", "127.0.0.1"], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    return new Promise((resolve, reject) => {
        const fail = (reason: string) => {
            child.kill();
            reject(new Error(`Connect's REST API cannot be reached: ${reason}. Give its address with ${option}.`));
        };
        const timer = setTimeout(
            () => fail(`kubectl port-forward has not connected in ${timeoutMs / 1000} s`),
            timeoutMs,
        );
        child.once("error", () => fail("kubectl is not on PATH"));
        // not `exit`, which can come before the last of what it printed
        child.once("close", () => {
            clearTimeout(timer);
            fail(errors.trim().split("\n").at(-1) || "kubectl port-forward has ended");
        });
        child.stderr.on("data", (data) => (errors += data));
        child.stdout.on("data", (data) => {
            output += data;
            const port = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(output)?.[1];
            if (port === undefined) return;
            clearTimeout(timer);
            resolve({ url: `http://127.0.0.1:${port}`, close: () => void child.kill() });
        });
    });
}
