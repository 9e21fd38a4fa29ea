/** Runs a Job in a cluster by kubectl, and prints its log. */
import { spawnSync } from "child_process";

interface NamedJob {
    metadata: { name: string; namespace: string };
}

/** Creates the Job and waits for its end. Throws when it fails; a Job that has succeeded is deleted. */
export function runJob(flags: readonly string[], job: NamedJob, timeout: number, say: (text: string) => void): void {
    const { name, namespace } = job.metadata;
    const run = (args: string[], input?: string) =>
        spawnSync("kubectl", [...flags, "-n", namespace, ...args], { encoding: "utf8", input });
    const created = run(["create", "-f", "-"], JSON.stringify(job));
    if (created.error) throw new Error("a cluster needs kubectl on PATH");
    if (created.status !== 0) throw new Error(created.stderr.trim());
    say(`created the Job ${namespace}/${name}`);
    const state = () => run(["get", "job", name, "-o", "jsonpath={.status.succeeded}/{.status.failed}"]).stdout;
    const end = Date.now() + timeout * 1000;
    while (state() === "/" && Date.now() < end) spawnSync("sleep", ["1"]);
    const [succeeded, failed] = state().split("/");
    say(run(["logs", `job/${name}`]).stdout.trimEnd());
    if (succeeded !== "1") {
        const outcome = failed ? "the Job failed" : `the Job has not ended within ${timeout} s`;
        throw new Error(
            `${outcome}. Look at: ${["kubectl", ...flags, "-n", namespace, "describe job", name].join(" ")}`,
        );
    }
    run(["delete", "job", name]);
}
