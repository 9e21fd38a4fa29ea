/**
 * The smoke test on this machine, and its Job's script on a real broker with client certificates. Needs Java, openssl
 * and, the first time, Maven.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onlyOfKind } from "../../src/synth/synth";
import { Processes } from "../../src/local/processes";
import { projectFolder } from "../../src/util/project";
import { smokeJob } from "../../cli/smoke/smokeJob";
import { smokePlan } from "../../cli/smoke/smokePlan";
import { evaluated, settingsFrom, type Raw } from "../support/stacks";
import { SecuredBroker, type StrimziAcl } from "./securedBroker";
import { kafkaTools } from "./kafkaTools";
import { kubectl } from "./support";
import { skipUnlessAvailable } from "./requirements";

const raw: Raw = {
    connect: { install: false },
    metrics: { exporter: false },
    kafkaCluster: { name: "main", namespace: "default", createNamespace: false },
    kafkaAccess: { topics: [{ name: "smoke" }], users: [{ name: "smoke", produce: ["smoke"], consume: ["smoke"] }] },
};
const { TEST_KUBECONFIG: kubeconfig } = process.env;

describe("the smoke test", function () {
    this.timeout(300_000);
    let processes: Processes | undefined;
    before(function () {
        skipUnlessAvailable(this, "java", "maven", "openssl");
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    it("writes and reads through a broker on this machine", () => {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [path.join(projectFolder, "cli", "kcp.js"), "smoke", "--stack", "local"],
            { cwd: projectFolder, encoding: "utf8" },
        );
        assert.equal(status, 0, stdout + stderr);
        assert.match(stdout, /wrote "smoke \d+" to smoke\n.*read it back in group smoke\nsmoke: ok/);
    });

    it("of a cluster writes and reads as the stack's user, with that user's rights", async () => {
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "smoke-")));
        const settings = settingsFrom(raw);
        const broker = await SecuredBroker.start(processes, settings.strimzi.kafkaVersion);
        await broker.createTopics("smoke");
        await broker.createUser(
            "smoke",
            onlyOfKind(await evaluated(raw), "KafkaUser").spec.authorization.acls as StrimziAcl[],
        );
        const [container] = smokeJob(settings, smokePlan(settings), "smoke").spec.template.spec.containers;
        const home = kafkaTools(path.join(processes.folder, "kafka"), broker.runtime);
        const here = (text: string) =>
            text
                .replaceAll("/tmp/client.properties", `${processes!.folder}/client.properties`)
                .replaceAll("/mnt/user", path.join(broker.authority.folder, "smoke"))
                .replaceAll("/mnt/ca", broker.authority.folder)
                .replaceAll("main-kafka-bootstrap.default.svc:9093", broker.bootstrap)
                .replaceAll("/opt/kafka", home);
        const run = (changes: Record<string, string> = {}) => {
            const env = Object.fromEntries(container.env.map(({ name, value }) => [name, here(value)]));
            const [command, ...args] = container.command.map(here);
            return spawnSync(command, args, { encoding: "utf8", env: { ...process.env, ...env, ...changes } });
        };
        const { status, stdout, stderr } = run();
        assert.equal(status, 0, stdout + stderr);
        assert.match(stdout, /^writing "(smoke \d+)" to smoke\n(?:Warning: .*\n)*\1\nread it back in group smoke\n$/);
        // a topic that the user may not write to
        const refused = run({ TOPIC: "other" });
        assert.notEqual(refused.status, 0);
    });

    it("of a cluster is a Job that the API server accepts with strict validation", function () {
        skipUnlessAvailable(this, "kubectl", "cluster");
        const settings = settingsFrom(raw);
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "smoke-job-")), "job.json");
        fs.writeFileSync(file, JSON.stringify(smokeJob(settings, smokePlan(settings), "smoke")));
        const { status, output } = kubectl(kubeconfig!, "create", "--dry-run=server", "--validate=strict", "-f", file);
        assert.equal(status, 0, output);
    });
});
