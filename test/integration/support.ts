/** What the heavier tests look for on the machine. */
import { spawnSync } from "node:child_process";

export { onPath } from "../../src/local/tools";

/** Runs kubectl against a cluster; returns its exit status and all it printed. */
export function kubectl(kubeconfig: string, ...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync("kubectl", ["--kubeconfig", kubeconfig, ...args], {
        encoding: "utf8",
    });
    return { status, output: `${stdout}${stderr}` };
}
