/**
 * The pods of workers and brokers that Strimzi's own operator creates in a namespace that enforces the `restricted` Pod
 * Security Standard, with the environment that the platform gives the operator. The API server would refuse them
 * otherwise.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { accepts } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { crdsOf } from "../../src/release/crds";
import { strimziRelease } from "../../src/release/releases";
import { operatorValues } from "../../src/strimzi/operatorValues";
import { kubernetesObjects } from "../../src/synth/synth";
import { pause } from "../../src/util/pause";
import { evaluated, minimal, settingsFrom } from "../support/stacks";
import { startOperator } from "./operator";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version } = testVariables;
const namespace = "operator-pods-test";
/** Port on which the operator answers its probes. */
const operatorPort = 8080;

describe("the operator's pods in a restricted namespace", function () {
    this.timeout(240_000);
    let processes: Processes | undefined;
    const run = (...args: string[]) => kubectl(kubeconfig!, ...args);

    const connect = { name: "workers", namespace, createNamespace: false };

    /** The environment in which the operator's chart starts it. */
    function chartEnvironment(): NodeJS.ProcessEnv {
        const { strimzi } = settingsFrom({ ...minimal(), strimzi: { version } });
        const { extraEnvs } = operatorValues(strimzi, strimziRelease(version!), [], false) as {
            extraEnvs: { name: string; value: string }[];
        };
        return Object.fromEntries(extraEnvs.map(({ name, value }) => [name, value]));
    }

    /** Applies objects as one list. */
    function apply(folder: string, items: unknown[]): void {
        const file = path.join(folder, "objects.json");
        fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
        const { status, output } = run("apply", "--server-side", "--force-conflicts", "-f", file);
        assert.equal(status, 0, output);
    }

    before(async function () {
        skipUnlessAvailable(this, "operator", "strimziVersion", "cluster", "java", "kubectl", {
            missing: (await accepts(operatorPort)) ? `port ${operatorPort} is taken` : undefined,
        });
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "operator-pods-"));
        processes = new Processes(folder);
        apply(folder, crdsOf(version!));
        run("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        run("create", "namespace", namespace);
        run("label", "--overwrite", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        // without a login, so that no Secret has to exist that another operator writes
        const strimzi = { version, install: false, crds: false };
        const workers = kubernetesObjects(await evaluated({ ...minimal(), strimzi, connect }));
        apply(
            folder,
            workers.filter(({ kind }) => ["ConfigMap", "KafkaConnect"].includes(kind)),
        );
        const kafkaCluster = { name: "brokers", namespace, createNamespace: false };
        const brokers = kubernetesObjects(await evaluated({ strimzi, connect, kafkaCluster }));
        apply(
            folder,
            brokers.filter(
                ({ kind, metadata }) =>
                    ["Kafka", "KafkaNodePool"].includes(kind) ||
                    (kind === "ConfigMap" && metadata.name.startsWith("brokers")),
            ),
        );
        startOperator(processes, namespace, chartEnvironment());
    });
    after(async () => {
        if (!processes) return;
        run("delete", "namespace", namespace, "--wait=false");
        await processes.stop();
        fs.rmSync(processes.folder, { recursive: true });
    });

    /** The pods of a kind of resource, once the operator has created some; what prevents it, after two minutes. */
    async function podsOf(kind: string): Promise<any[]> {
        for (let attempt = 0; attempt < 120; attempt += 1) {
            const { output } = run("get", "pods", "-n", namespace, "-l", `strimzi.io/kind=${kind}`, "-o", "json");
            const { items } = JSON.parse(output) as { items: any[] };
            if (items.length > 0) return items;
            await pause(1000);
        }
        const log = fs.readFileSync(path.join(processes!.folder, "logs", "operator.log"), "utf8");
        throw new Error(
            log
                .split("\n")
                .filter((line) => /PodSecurity|ERROR/.test(line))
                .at(-1),
        );
    }

    function assertRestricted({ spec }: any): void {
        for (const { securityContext, name } of spec.containers) {
            assert.equal(securityContext?.allowPrivilegeEscalation, false, name);
            assert.equal(securityContext?.runAsNonRoot, true, name);
        }
    }

    it("of the brokers are created", async () => {
        for (const pod of await podsOf("Kafka")) assertRestricted(pod);
    });

    it("of the workers are created, with the platform's requests, limits and JVM options", async () => {
        const [pod] = await podsOf("KafkaConnect");
        assertRestricted(pod);
        const [container] = pod.spec.containers;
        assert.equal(container.resources.limits.memory, "2Gi");
        const variable = (name: string) => container.env.find((item: { name: string }) => item.name === name)?.value;
        assert.match(variable("KAFKA_JVM_PERFORMANCE_OPTS"), /-XX:\+ExitOnOutOfMemoryError/);
        assert.equal(variable("STRIMZI_DYNAMIC_HEAP_PERCENTAGE"), "75");
    });
});
