/**
 * The real HTTP bridge with the properties and the ACLs that the program generates, on a real broker. Needs a release
 * of the bridge (TEST_KAFKA_BRIDGE, https://github.com/strimzi/strimzi-kafka-bridge).
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onlyOfKind } from "../../src/synth/synth";
import { freePort, until } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { javaCommand } from "../../src/local/tools";
import { defaultKafkaVersion, strimziRelease, strimziVersions } from "../../src/release/releases";
import { evaluated } from "../support/stacks";
import { skipUnlessAvailable } from "./requirements";
import { SecuredBroker, type StrimziAcl } from "./securedBroker";

const { TEST_KAFKA_BRIDGE: home } = process.env;
const bridgeVersion =
    home && fs.existsSync(path.join(home, "libs"))
        ? fs
              .readdirSync(path.join(home, "libs"))
              .flatMap((file) => /^(?:io\.strimzi\.)?kafka-bridge-(\d.*)\.jar$/.exec(file)?.[1] ?? [])[0]
        : undefined;
const version = strimziVersions.find((candidate) => strimziRelease(candidate).bridgeVersion === bridgeVersion);

/** The obvious ACLs for a bridge, which are not enough. */
const obviousAcls: StrimziAcl[] = [
    { resource: { type: "topic", name: "my-topic", patternType: "literal" }, operations: ["Read", "Write"] },
    { resource: { type: "group", name: "my-group", patternType: "literal" }, operations: ["Read"] },
];

describe("the real HTTP bridge", function () {
    this.timeout(300_000);
    let processes: Processes;
    let broker: SecuredBroker;
    let properties: string;
    let acls: StrimziAcl[];

    before(async function () {
        skipUnlessAvailable(
            this,
            "bridge",
            { missing: version ? undefined : `no supported Strimzi version ships the bridge in ${home}` },
            "java",
            "openssl",
        );
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "bridge-")));
        broker = await SecuredBroker.start(processes, defaultKafkaVersion(strimziRelease(version!)));
        await broker.createTopics("my-topic");
        const evaluation = await evaluated({
            strimzi: { version },
            connect: { install: false },
            metrics: { exporter: false },
            kafkaCluster: { name: "my-cluster" },
            httpBridge: {
                name: "bridge",
                main: { image: "main" },
                produce: ["my-topic"],
                consume: ["my-topic"],
                groups: ["my-group"],
            },
        });
        properties = onlyOfKind(evaluation, "ConfigMap").data!["bridge.properties"];
        acls = onlyOfKind(evaluation, "KafkaUser").spec.authorization.acls;
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    /**
     * Runs the bridge as a user, with the program's properties adapted to this machine's paths; returns a client of its
     * API.
     */
    async function bridgeAs(user: string, rules: StrimziAcl[]) {
        await broker.createUser(user, rules);
        const port = await freePort();
        const here = properties
            .replace("my-cluster-kafka-bootstrap.kafka-connect.svc:9093", broker.bootstrap)
            .replaceAll("/mnt/bridge-user", path.join(broker.authority.folder, user))
            .replaceAll("/mnt/bridge-ca", broker.authority.folder)
            .replace("http.port=8080", `http.port=${port}`)
            .replace("http.management.port=8081", `http.management.port=${await freePort()}`);
        const folder = path.join(processes.folder, user);
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, "bridge.properties"), here, { mode: 0o600 });
        const log4j = `-Dlog4j2.configurationFile=file:${path.join(home!, "config", "log4j2.properties")}`;
        const running = processes.start(`the bridge of ${user}`, {
            command: javaCommand(),
            args: [
                "-Xmx256m",
                `-Dvertx.cacheDirBase=${folder}`,
                log4j,
                "-cp",
                path.join(home!, "libs", "*"),
                "io.strimzi.kafka.bridge.Application",
                "--config-file",
                path.join(folder, "bridge.properties"),
            ],
            cwd: folder,
            log: path.join(folder, "log"),
        });
        const request = async (method: string, at: string, body?: unknown, type = "application/vnd.kafka.v2+json") => {
            const accept = at.endsWith("/records")
                ? "application/vnd.kafka.json.v2+json"
                : "application/vnd.kafka.v2+json, application/json";
            const response = await fetch(`http://127.0.0.1:${port}${at}`, {
                method,
                headers: { accept, ...(body === undefined ? {} : { "content-type": type }) },
                body: body === undefined ? undefined : JSON.stringify(body),
            });
            const text = await response.text();
            return { status: response.status, body: text ? JSON.parse(text) : undefined };
        };
        await Promise.race([
            running.failed,
            until(
                "the bridge",
                60_000,
                async () => (await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined))?.ok || undefined,
            ),
        ]);
        return request;
    }
    const produce = { records: [{ value: "Hello World!" }] };

    it("answers `Topic authorization failed` to a user that has only Read and Write", async () => {
        const request = await bridgeAs("first-sight", obviousAcls);
        assert.equal(
            (await request("POST", "/topics/my-topic", produce, "application/vnd.kafka.json.v2+json")).body.offsets[0]
                .offset,
            0,
        );
        const { status, body } = await request("GET", "/topics/my-topic");
        assert.notEqual(status, 200);
        assert.match(body.message, /Topic authorization failed/);
    });

    it("lists, describes, produces and consumes with the generated ACLs", async () => {
        const request = await bridgeAs("bridge", acls);
        assert.equal(
            (await request("POST", "/topics/my-topic", produce, "application/vnd.kafka.json.v2+json")).body.offsets[0]
                .partition,
            0,
        );
        assert.deepEqual((await request("GET", "/topics")).body, ["my-topic"]);
        const { status, body } = await request("GET", "/topics/my-topic");
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(body.name, "my-topic");
        const consumer = "/consumers/my-group/instances/my-consumer";
        assert.equal(
            (
                await request("POST", "/consumers/my-group", {
                    name: "my-consumer",
                    format: "json",
                    "auto.offset.reset": "earliest",
                })
            ).status,
            200,
        );
        assert.equal((await request("POST", `${consumer}/subscription`, { topics: ["my-topic"] })).status, 204);
        const records = await until("a record", 30_000, async () => {
            const answer = await request("GET", `${consumer}/records`);
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
            return answer.body.length > 0 ? answer.body : undefined;
        });
        assert.equal(records[0].value, "Hello World!");
        assert.equal((await request("DELETE", consumer)).status, 204);
    });
});
