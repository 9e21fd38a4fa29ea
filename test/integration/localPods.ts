/**
 * Pods of processes on this machine: what a kubelet reports to a real API server, so that `kubectl get` and
 * `kubectl describe` show it as in a cluster, and the files in which a script finds what only a kubelet has: logs.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Running } from "../../src/local/processes";
import { kubectl } from "./support";

/** How the container of a pod runs. */
export interface ContainerState {
    readonly ready: boolean;
    readonly state: Record<string, unknown>;
}

const now = (): string => new Date().toISOString().replace(/\.\d+/, "");

export class LocalPods {
    private readonly restarts = new Map<string, number>();
    private readonly processes = new Map<string, Running>();

    /**
     * @param folder for each pod its log, the log of the container before it and the id of its process
     * @param kind of the Strimzi resource that the pods belong to
     */
    constructor(
        readonly folder: string,
        private readonly kubeconfig: string,
        readonly namespace: string,
        private readonly cluster: string,
        private readonly kind: "KafkaConnect" | "Kafka" = "KafkaConnect",
    ) {
        fs.mkdirSync(folder, { recursive: true });
    }

    private run(...args: string[]): void {
        const { status, output } = kubectl(this.kubeconfig, "-n", this.namespace, ...args);
        assert.equal(status, 0, output);
    }

    private file = (pod: string, suffix: string): string => path.join(this.folder, `${pod}.${suffix}`);

    /** Creates the pod of a process. Its container is named as Strimzi does. */
    add(pod: string, process: Running): void {
        const labels = { "strimzi.io/cluster": this.cluster, "strimzi.io/kind": this.kind };
        const containers = [{ name: this.cluster, image: "registry.example.com/kafka" }];
        const object = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: pod, namespace: this.namespace, labels },
            spec: { containers },
        };
        const file = this.file(pod, "json");
        fs.writeFileSync(file, JSON.stringify(object));
        this.run("create", "-f", file);
        // the cluster of the tests marks pods as Ready; a status of before would be overwritten
        this.run("wait", "--for=condition=Ready", "--timeout=60s", "pod", pod);
        this.restarts.set(pod, 0);
        this.started(pod, process);
    }

    /** Deletes a pod, as for one with other settings. */
    remove(pod: string): void {
        this.run("delete", "pod", pod, "--force", "--grace-period=0");
        for (const suffix of ["json", "log", "previous.log", "pid"]) fs.rmSync(this.file(pod, suffix), { force: true });
    }

    private started(pod: string, process: Running): void {
        this.processes.set(pod, process);
        fs.rmSync(this.file(pod, "log"), { force: true });
        fs.symlinkSync(process.log, this.file(pod, "log"));
        fs.writeFileSync(this.file(pod, "pid"), String(process.pid));
    }

    private setStatus(pod: string, { ready, state }: ContainerState, lastState: Record<string, unknown> = {}): void {
        const status = ready ? "True" : "False";
        const container = {
            name: this.cluster,
            image: "registry.example.com/kafka",
            imageID: "",
            ready,
            started: ready,
            restartCount: this.restarts.get(pod),
            state,
            lastState,
        };
        const conditions = ["Ready", "ContainersReady"].map((type) => ({ type, status, lastTransitionTime: now() }));
        const patch = { status: { phase: "Running", conditions, containerStatuses: [container] } };
        this.run("patch", "pod", pod, "--subresource=status", "--type=merge", "-p", JSON.stringify(patch));
    }

    /** Reports that the process of a pod has ended. */
    ended(pod: string): Record<string, unknown> {
        const process = this.processes.get(pod)!;
        assert.ok(!process.isAlive, `${pod} still runs`);
        const exitCode = process.exitCode!;
        const reason = exitCode === 0 ? "Completed" : "Error";
        const terminated = { exitCode, reason, startedAt: now(), finishedAt: now() };
        this.setStatus(pod, { ready: false, state: { terminated } });
        return { terminated };
    }

    /** Starts the process of a pod again after it has ended, as the kubelet does with its container. */
    restart(pod: string): void {
        const process = this.processes.get(pod)!;
        const lastState = this.ended(pod);
        fs.copyFileSync(process.log, this.file(pod, "previous.log"));
        fs.truncateSync(process.log);
        this.restarts.set(pod, this.restarts.get(pod)! + 1);
        process.restart();
        this.started(pod, process);
        this.setStatus(pod, { ready: true, state: { running: { startedAt: now() } } }, lastState);
    }
}
