/** The pods of a rig, its KafkaConnect and a `kubectl` for both, so that the commands of a runbook find them. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { crdsOf } from "../../src/release/crds";
import { defaultStrimziVersion } from "../../src/release/releases";
import { loadStack } from "../../src/stack/loadStack";
import { onlyOfKind, synth } from "../../src/synth/synth";
import type { ConnectRig, WorkerChanges } from "./connectRig";
import type { DeclaredStack } from "./declaredStack";
import { kafkaTools } from "./kafkaTools";
import { localKubectl } from "./localKubectl";
import { LocalPods } from "./localPods";
import { testVariables } from "./requirements";
import { kubectl } from "./support";

export class PodRig {
    private constructor(
        private readonly rig: ConnectRig,
        readonly pods: LocalPods,
        readonly namespace: string,
        readonly cluster: string,
    ) {}

    /** Creates namespace, KafkaConnect and the pod of the rig's worker, and writes `kubectl`. */
    static async start(rig: ConnectRig, stack: DeclaredStack): Promise<PodRig> {
        const kubeconfig = testVariables.TEST_KUBECONFIG!;
        const { folder } = rig.processes;
        const run = (...args: string[]) => {
            const { status, output } = kubectl(kubeconfig, ...args);
            assert.equal(status, 0, output);
        };
        const { namespace, name: cluster } = loadStack({ ...rig.stack }, "local").connect;
        const apply = (items: readonly unknown[]) => {
            const file = path.join(folder, "objects.json");
            fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
            run("apply", "--server-side", "--force-conflicts", "-f", file);
        };
        apply(crdsOf(defaultStrimziVersion));
        run("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        run("create", "namespace", namespace);
        apply([onlyOfKind(await synth("local", rig.stack), "KafkaConnect")]);
        const pods = new LocalPods(path.join(folder, "pods"), kubeconfig, namespace, cluster);
        localKubectl(stack.bin, {
            pods: pods.folder,
            home: kafkaTools(path.join(folder, "kafka"), rig.runtime),
            kubeconfig,
        });
        const own = new PodRig(rig, pods, namespace, cluster);
        pods.add(own.pod(0), rig.worker);
        return own;
    }

    /** Name of the pod of a worker. */
    pod = (index: number): string => `${this.cluster}-connect-${index}`;

    /** Gives the worker other settings: another pod takes the place of its pod. With `isReady`, waits until it is. */
    async replaceWorker(changes: WorkerChanges, isReady = true): Promise<void> {
        await this.rig.replaceWorker(changes);
        this.pods.remove(this.pod(0));
        this.pods.add(this.pod(0), this.rig.worker);
        if (isReady) await this.rig.api.ready(90_000);
    }

    /** The variables of the pages. */
    variables = (connector = ""): Record<string, string> => ({
        NS: this.namespace,
        CLUSTER: this.cluster,
        CONNECTOR: connector,
    });

    /** Removes the namespace. */
    stop(): void {
        kubectl(testVariables.TEST_KUBECONFIG!, "delete", "namespace", this.namespace, "--wait=false");
    }
}
