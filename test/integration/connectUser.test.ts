/**
 * The KafkaUser that Connect logs in as, tested by a real worker: with the ACLs that the program generates,
 * exactly-once sources, their schema history and a sink run, and a connector that the stack does not declare is denied.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
// registers the compression that connectors use
import "../../src/local/changeEvents";
import { objectsOfKind, onlyOfKind, type SynthResult, type KubernetesObject } from "../../src/synth/synth";
import { ConnectApi } from "../../src/local/connectApi";
import { seed } from "../../src/local/database";
import { jar } from "../../src/local/kafkaRuntime";
import { engines } from "../../src/local/databaseEngines";
import { javaStart, writeProperties } from "../../src/local/java";
import { preparePrerequisites } from "../../src/local/prerequisites";
import { freePort, until } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { secretValues, writeSecrets } from "../../src/local/secrets";
import { workerProperties } from "../../src/local/workerConfig";
import { evaluated, postgresConnector, settingsFrom, type Raw } from "../support/stacks";
import { skipUnlessAvailable } from "./requirements";
import { SecuredBroker } from "./securedBroker";
import { onPath } from "./support";

const mysql = onPath("mariadbd");
const sinkFile = "/tmp/orders.txt";
const port = "${secretManager:SHOP:PORT}";
const valuesFolder = "/mnt/values";
/** For each config provider, a reference to the name of a file, which a sink then writes. */
const filesByProvider = {
    "by-properties": `\${properties:${valuesFolder}/sink.properties:FILE}`,
    "by-folder": `\${folders:${valuesFolder}/sink:file}`,
    "by-variable": "${variables:SINK_FILE}",
};
const backendServers = "backend:9093";
const keystoreFile = "/mnt/login/keystore.p12";
const truststoreFile = "/mnt/login/ca.crt";
/** Another Kafka, which accepts client certificates only. */
const backend = { instance: "backend", bootstrapServers: backendServers, authentication: "tls" };
const raw: Raw = {
    secrets: [
        { provider: "file" },
        { provider: "file", name: "properties" },
        { provider: "directory", name: "folders", params: { "allowed.paths": valuesFolder } },
        { provider: "env", name: "variables", params: { "allowlist.pattern": "SINK_.*" } },
    ],
    kafkaCluster: { name: "main" },
    connect: { config: { "exactly.once.source.support": "enabled", "offset.flush.interval.ms": 500 } },
    connectors: [
        postgresConnector({
            source: { instance: "shop", database: "shop", table: "orders", port },
            heartbeatSeconds: 1,
        }),
        ...(mysql
            ? [
                  {
                      connectorTemplate: "debeziumMysqlSourceConnector",
                      source: {
                          instance: "members",
                          database: "members",
                          table: "accounts",
                          port: "${secretManager:MEMBERS:PORT}",
                      },
                      heartbeatSeconds: 1,
                  },
              ]
            : []),
        {
            connectorTemplate: "fileStreamSinkConnector",
            name: "files",
            topics: [{ pattern: "shoppostgres-shop-orders\\.public\\..*" }],
            file: sinkFile,
            converter: "string",
            // by default, a topic that is created later is found within five minutes
            consumer: { "metadata.max.age.ms": 1000 },
        },
        ...Object.entries(filesByProvider).map(([name, file]) => ({
            connectorTemplate: "fileStreamSinkConnector",
            name,
            topics: ["shoppostgres-shop-orders.public.orders"],
            file: "/tmp/unused",
            converter: "string",
            config: { file },
        })),
        {
            connectorTemplate: "mirrorSourceConnector",
            source: {
                ...backend,
                topics: [{ pattern: "EVENT\\..*" }],
                trustedCertificatesKey: "CA",
            },
        },
        {
            connectorTemplate: "mirrorCheckpointConnector",
            source: {
                ...backend,
                keystore: { path: keystoreFile },
                truststore: { path: truststoreFile, type: "PEM" },
            },
        },
    ],
};

/** Topics and a group of the other Kafka, and a user that may only read. Returns the user's certificate. */
async function fillSource(source: SecuredBroker): Promise<{ key: string; certificate: string }> {
    await source.createTopics("EVENT.A", "other");
    await source.createUser("mirror", [
        {
            resource: { type: "topic", name: "EVENT.", patternType: "prefix" },
            operations: ["Read", "Describe", "DescribeConfigs"],
        },
        { resource: { type: "group", name: "readers", patternType: "literal" }, operations: ["Describe"] },
    ]);
    const kafka = source.client("admin");
    const [producer, admin] = [kafka.producer(), kafka.admin()];
    await Promise.all([producer.connect(), admin.connect()]);
    await producer.send({ topic: "EVENT.A", messages: [{ value: "first" }, { value: "second" }] });
    await admin.setOffsets({ groupId: "readers", topic: "EVENT.A", partitions: [{ partition: 0, offset: "1" }] });
    await Promise.all([producer.disconnect(), admin.disconnect()]);
    const folder = path.join(source.authority.folder, "mirror");
    return { key: path.join(folder, "user.key"), certificate: path.join(folder, "user.crt") };
}

describe("the KafkaUser of Connect", function () {
    this.timeout(400_000);
    let processes: Processes;
    let broker: SecuredBroker;
    let source: SecuredBroker;
    let evaluation: SynthResult;
    let api: ConnectApi;
    /** A resource of the program with the paths and addresses of this machine. */
    let here: (object: KubernetesObject) => KubernetesObject;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "openssl");
        const settings = settingsFrom(raw);
        const { kafkaVersion, plugins } = await preparePrerequisites(settings, {
            what: "the test",
            say: () => undefined,
        });
        const mirrorJars = await Promise.all(
            ["connect-mirror", "connect-mirror-client"].map((name) => jar(`org.apache.kafka:${name}:${kafkaVersion}`)),
        );
        const fileConnector = await jar(`org.apache.kafka:connect-file:${kafkaVersion}`);
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "connect-user-")));
        fs.chmodSync(processes.folder, 0o711);
        [broker, source] = await Promise.all([
            SecuredBroker.start(processes, kafkaVersion),
            SecuredBroker.start(processes, kafkaVersion, { name: "backend" }),
        ]);
        evaluation = await evaluated(raw);
        const user = onlyOfKind(evaluation, "KafkaUser");
        await broker.createUser(user.metadata.name, user.spec.authorization.acls);

        // the Secrets as the workers see them
        const certificates = broker.authority.folder;
        fs.mkdirSync(path.join(certificates, "main-cluster-ca-cert"));
        fs.copyFileSync(broker.authority.certificate, path.join(certificates, "main-cluster-ca-cert", "ca.crt"));
        here = (object) =>
            JSON.parse(
                JSON.stringify(object)
                    .replaceAll("/mnt/kafka", certificates)
                    .replaceAll("main-kafka-bootstrap.kafka-connect.svc:9093", broker.bootstrap)
                    .replaceAll(sinkFile, path.join(processes.folder, "sink.txt"))
                    .replaceAll(backendServers, source.bootstrap)
                    .replaceAll(valuesFolder, path.join(processes.folder, "values"))
                    .replaceAll(keystoreFile, path.join(processes.folder, "keystore.p12"))
                    .replaceAll(truststoreFile, source.authority.certificate),
            );

        const secrets = path.join(processes.folder, "secrets");
        fs.mkdirSync(secrets);
        for (const engine of engines.filter(({ missing }) => !missing())) {
            const server = await engine.start(processes, undefined);
            const connectors = objectsOfKind(evaluation, "KafkaConnector").filter(
                ({ spec }) => spec.class === engine.class,
            );
            await seed(
                server,
                engine.name,
                connectors.map(({ spec }) => engine.databaseOf(spec.config)),
            );
            for (const { spec } of connectors)
                writeSecrets(
                    secrets,
                    secretValues(spec.config, "secretManager", {
                        "database.hostname": ["127.0.0.1"],
                        "database.port": [String(server.port)],
                        "database.user": [server.user],
                        "database.password": [server.password],
                    }),
                );
        }

        const login = await fillSource(source);
        execFileSync("openssl", [
            ...["pkcs12", "-export", "-in", login.certificate, "-inkey", login.key],
            ...["-out", path.join(processes.folder, "keystore.p12"), "-passout", "pass:changeit"],
        ]);
        const text = (file: string) => fs.readFileSync(file, "utf8");
        const backendSecret = {
            CERTIFICATE: text(login.certificate),
            PRIVATE_KEY: text(login.key),
            CA: text(source.authority.certificate),
            KEYSTORE_PASSWORD: "changeit",
        };
        writeSecrets(secrets, new Map([["BACKEND", backendSecret]]));

        const values = path.join(processes.folder, "values");
        const written = (name: string) => path.join(processes.folder, `${name}.txt`);
        fs.mkdirSync(path.join(values, "sink"), { recursive: true });
        fs.writeFileSync(path.join(values, "sink.properties"), `FILE=${written("by-properties")}\n`);
        fs.writeFileSync(path.join(values, "sink", "file"), written("by-folder"));

        // Strimzi configures the worker from `tls` and `authentication`: its own client and those of its connectors
        // alike
        const connect = here(onlyOfKind(evaluation, "KafkaConnect"));
        const { tls, authentication, ...spec } = connect.spec;
        const read = (secret: string, file: string) => fs.readFileSync(path.join(certificates, secret, file), "utf8");
        const workerLogin = {
            "security.protocol": "SSL",
            "ssl.truststore.type": "PEM",
            "ssl.truststore.certificates": read(
                tls.trustedCertificates[0].secretName,
                tls.trustedCertificates[0].certificate,
            ),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.certificate.chain": read(
                authentication.certificateAndKey.secretName,
                authentication.certificateAndKey.certificate,
            ),
            "ssl.keystore.key": read(authentication.certificateAndKey.secretName, authentication.certificateAndKey.key),
        };
        const restPort = await freePort();
        const folder = path.join(processes.folder, "worker");
        const file = path.join(folder, "worker.properties");
        writeProperties(file, {
            ...workerProperties({ ...connect, spec }, { restPort, pluginPath: (await plugins).pluginPath.join(",") }),
            ...Object.fromEntries(
                ["", "producer.", "consumer.", "admin."].flatMap((prefix) =>
                    Object.entries(workerLogin).map(([key, value]) => [`${prefix}${key}`, value]),
                ),
            ),
            // the file connector is on the class path, not in the image
            "plugin.discovery": "hybrid_warn",
        });
        const running = processes.start("the Connect worker", {
            ...javaStart({
                main: "org.apache.kafka.connect.cli.ConnectDistributed",
                args: [file],
                classPath: [path.join(broker.runtime, "*"), fileConnector, ...mirrorJars],
                heap: "768m",
                kafkaVersion,
                folder,
                cwd: secrets,
                log: path.join(processes.folder, "logs", "worker.log"),
            }),
            env: { SINK_FILE: written("by-variable") },
        });
        api = new ConnectApi(`http://127.0.0.1:${restPort}`);
        await Promise.race([running.failed, api.ready(90_000)]);
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    it("lets the worker create its topics and run every connector of the stack", async () => {
        for (const connector of objectsOfKind(evaluation, "KafkaConnector").map((item) => here(item))) {
            await api.create(connector);
            await api.settled(connector, 60_000);
            // MirrorCheckpointConnector has a task once it knows the groups
            await until(`the task of ${connector.metadata.name}`, 30_000, async () =>
                (await api.status(connector.metadata.name))?.tasks.find(({ state }) => state === "RUNNING"),
            );
        }
        const rows = await until(
            "the sink's file",
            60_000,
            async () =>
                (fs.existsSync(path.join(processes.folder, "sink.txt")) &&
                    fs.readFileSync(path.join(processes.folder, "sink.txt"), "utf8")) ||
                undefined,
        );
        assert.match(rows, /kettle/);
    });

    it("resolves a reference by each config provider: file, directory and environment variable", async () => {
        for (const name of Object.keys(filesByProvider)) {
            const file = path.join(processes.folder, `${name}.txt`);
            await until(file, 30_000, async () => (fs.existsSync(file) && fs.statSync(file).size > 0) || undefined);
            assert.match(fs.readFileSync(file, "utf8"), /kettle/);
        }
    });

    it("copies the topics of a pattern from a Kafka that accepts certificates only", async () => {
        const consumer = broker.client("admin").consumer({ groupId: "copies" });
        await consumer.connect();
        await consumer.subscribe({ topics: ["backend.EVENT.A"], fromBeginning: true });
        const values: string[] = [];
        await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
        await until("the copies", 30_000, async () => (values.length === 2 ? true : undefined));
        await consumer.disconnect();
        assert.deepEqual(values, ["first", "second"]);
    });

    it("has access to the topics that were used, and to no others", async () => {
        const admin = broker.client("admin").admin();
        await admin.connect();
        const rules = onlyOfKind(evaluation, "KafkaUser").spec.authorization.acls as {
            resource: { type: string; name: string; patternType: string };
        }[];
        // the topic of each pattern
        const matched: Record<string, string> = {
            "backend.EVENT.": "backend.EVENT.A",
            "shoppostgres-shop-orders.public.": "shoppostgres-shop-orders.public.orders",
        };
        const granted = [
            ...new Set(
                rules
                    .filter(({ resource }) => resource.type === "topic")
                    .map(({ resource: { name, patternType } }) => (patternType === "prefix" ? matched[name] : name)),
            ),
        ].sort();
        const present = await until("every topic", 60_000, async () => {
            const topics = (await admin.listTopics())
                .filter((topic) => !/^__(consumer_offsets|transaction_state)$/.test(topic))
                .sort();
            return topics.length >= granted.length ? topics : undefined;
        });
        await admin.disconnect();
        assert.deepEqual(present, granted);
    });

    it("runs the connectors after a restart, which reads all internal topics", async () => {
        for (const { metadata } of objectsOfKind(evaluation, "KafkaConnector")) {
            const { status } = await fetch(`${api.url}/connectors/${metadata.name}/restart?includeTasks=true`, {
                method: "POST",
            });
            assert.ok(status < 300, `${metadata.name}: ${status}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 4000));
        for (const connector of objectsOfKind(evaluation, "KafkaConnector")) await api.settled(connector, 60_000);
    });

    it("denies a connector that the stack does not declare", async () => {
        const stranger: KubernetesObject = {
            apiVersion: "",
            kind: "KafkaConnector",
            metadata: { name: "stranger" },
            spec: {
                class: "org.apache.kafka.connect.file.FileStreamSinkConnector",
                tasksMax: 1,
                config: {
                    topics: "shoppostgres-shop-orders.public.orders",
                    file: path.join(processes.folder, "stolen.txt"),
                },
            },
        };
        await api.create(stranger);
        const failed = await until("the failure", 60_000, async () =>
            (await api.status("stranger"))?.tasks.find(({ state }) => state === "FAILED"),
        );
        assert.match(failed.trace!, /GroupAuthorizationException: Not authorized to access group: connect-stranger/);
    });
});
