/**
 * The generated files of the standalone worker with a real `connect-standalone`, on a real broker with SASL_SSL and
 * PLAIN.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onlyOfKind } from "../../src/synth/synth";
import { ConnectApi } from "../../src/local/connectApi";
import { jar } from "../../src/local/kafkaRuntime";
import { javaStart } from "../../src/local/java";
import { freePort, until } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { standaloneFiles } from "../../src/standalone/worker";
import { evaluated, settingsFrom, type Raw } from "../support/stacks";
import { skipUnlessAvailable } from "./requirements";
import { SecuredBroker } from "./securedBroker";

// the newest Kafka in Confluent's 7.x images
const kafkaVersion = "3.9.0";
const raw: Raw = {
    connect: { install: false },
    strimzi: { install: false, crds: false },
    standaloneConnect: {
        bootstrapServers: "cloud:9092",
        credentials: { secretName: "cloud-login" },
        valueConverter: "string",
        connectors: [
            { name: "reads", class: "FileStreamSource", config: { topic: "lines", file: "/var/lib/connect/in.txt" } },
            { name: "writes", class: "FileStreamSink", config: { topics: "lines", file: "/var/lib/connect/out.txt" } },
        ],
        config: { "offset.flush.interval.ms": 500 },
    },
};

describe("connect-standalone", function () {
    this.timeout(300_000);
    let processes: Processes;
    let broker: SecuredBroker;
    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "openssl", "keytool");
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "standalone-")));
        broker = await SecuredBroker.start(processes, kafkaVersion);
        await broker.createTopics("lines");
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    it("logs in, runs the connectors, and continues at its offsets after a restart", async () => {
        const evaluation = await evaluated(raw);
        const { folder } = processes;
        const data = path.join(folder, "data");
        for (const name of ["data", "properties", "credentials/kafka"])
            fs.mkdirSync(path.join(folder, name), { recursive: true });
        // the existing Secret, as it is mounted
        fs.writeFileSync(path.join(folder, "credentials/kafka/username"), "key");
        fs.writeFileSync(path.join(folder, "credentials/kafka/password"), "secret");
        // the JVM trusts the broker's certificate authority, as it trusts the public ones
        const truststore = path.join(folder, "truststore.p12");
        execFileSync(
            "keytool",
            [
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                broker.authority.certificate,
                "-keystore",
                truststore,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
            ],
            { stdio: "pipe" },
        );
        const restPort = await freePort();
        const here = (text: string) =>
            text
                .replaceAll("/mnt/properties", path.join(folder, "properties"))
                .replaceAll("/mnt/credentials", path.join(folder, "credentials"))
                .replaceAll("/var/lib/connect", data)
                .replaceAll("cloud:9092", broker.saslBootstrap)
                .replace("http://0.0.0.0:8083", `http://127.0.0.1:${restPort}`)
                .replace(/^plugin\.path=.*$/m, `plugin.path=${data}`);
        const files = standaloneFiles(settingsFrom(raw).standaloneConnect!);
        for (const [name, text] of Object.entries(files))
            fs.writeFileSync(path.join(folder, "properties", name), here(text));
        const [command, ...args] = onlyOfKind(evaluation, "Deployment").spec.template.spec.containers[0].command.map(
            here,
        ) as string[];
        assert.equal(command, "connect-standalone");
        const fileConnector = await jar(`org.apache.kafka:connect-file:${kafkaVersion}`);
        const start = (log: string) =>
            processes.start(
                "the worker",
                javaStart({
                    main: "org.apache.kafka.connect.cli.ConnectStandalone",
                    args,
                    classPath: [path.join(broker.runtime, "*"), fileConnector],
                    heap: "512m",
                    kafkaVersion,
                    folder,
                    log,
                    jvmOptions: [
                        `-Djavax.net.ssl.trustStore=${truststore}`,
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                    ],
                }),
            );
        const out = () =>
            fs.existsSync(path.join(data, "out.txt")) ? fs.readFileSync(path.join(data, "out.txt"), "utf8") : "";

        fs.writeFileSync(path.join(data, "in.txt"), "first\nsecond\n");
        const first = start(path.join(folder, "logs", "first.log"));
        await Promise.race([first.failed, new ConnectApi(`http://127.0.0.1:${restPort}`).ready(60_000)]);
        await Promise.race([
            first.failed,
            until("two lines", 60_000, async () => (out() === "first\nsecond\n" ? true : undefined)),
        ]);
        await until("the offsets", 30_000, async () =>
            fs.existsSync(path.join(data, "offsets")) && fs.statSync(path.join(data, "offsets")).size > 0
                ? true
                : undefined,
        );

        // like a rollout: the old pod has ended before the new one starts with the same volume
        process.kill(-first.pid!, "SIGTERM");
        await first.failed.catch(() => undefined);
        fs.appendFileSync(path.join(data, "in.txt"), "third\n");
        const second = start(path.join(folder, "logs", "second.log"));
        await Promise.race([
            second.failed,
            until("the third line", 60_000, async () => (out().includes("third") ? true : undefined)),
        ]);
        assert.equal(out(), "first\nsecond\nthird\n");
    });
});
