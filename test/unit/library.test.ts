import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as library from "../../components";
import { pluginComponents } from "../../components/pluginComponents";
import { settingsFromArgs } from "../../components/internal/settingsFromArgs";
import { connect } from "../../src/schema/connect";
import { objectsOfKind, onlyOfKind, synth } from "../../src/synth/synth";
import { projectFolder } from "../../src/util/project";

const { ConnectCluster, Connector, HttpBridge, KafkaAccess, StandaloneConnect, connectorFromTemplate } = library;

/** Evaluates the resources that a function creates, under mocks. */
async function evaluate(create: () => void) {
    const program = path.join(__dirname, "..", "support", "emptyProgram.ts");
    (globalThis as { createForTest?: () => void }).createForTest = create;
    return synth("test", {}, { program });
}

describe("the library", () => {
    it("creates a Connect cluster of its bootstrap servers alone, with the defaults of a stack file", async () => {
        const found = await evaluate(() => new ConnectCluster("x", { bootstrapServers: "kafka:9092" }));
        const { metadata, spec } = onlyOfKind(found, "KafkaConnect");
        assert.equal(metadata.name, "x");
        assert.equal(metadata.namespace, "kafka-connect");
        assert.equal(spec.bootstrapServers, "kafka:9092");
        assert.equal(spec.replicas, 1);
        assert.equal(spec.groupId, "x");
        assert.equal(spec.config["config.storage.replication.factor"], -1);
    });

    it("accepts outputs wherever an argument is an input", async () => {
        const found = await evaluate(() => {
            const cluster = new ConnectCluster("x", {
                bootstrapServers: pulumi.output("kafka:9092"),
                namespace: pulumi.output("data"),
                replicas: pulumi.output(3),
                labels: { team: pulumi.output("shop") },
                config: { "offset.flush.interval.ms": pulumi.output(5000) },
            });
            new Connector("c", {
                connectCluster: cluster,
                class: pulumi.output("a.B"),
                config: { a: pulumi.output(1) },
            });
        });
        const { metadata, spec } = onlyOfKind(found, "KafkaConnect");
        assert.deepEqual([metadata.namespace, spec.replicas, spec.bootstrapServers], ["data", 3, "kafka:9092"]);
        assert.equal(spec.template.pod.metadata.labels.team, "shop");
        assert.equal(spec.config["offset.flush.interval.ms"], 5000);
        const connector = onlyOfKind(found, "KafkaConnector");
        assert.equal(connector.metadata.labels!["strimzi.io/cluster"], "x");
        assert.equal(connector.metadata.namespace, "data");
        assert.deepEqual(
            [connector.spec.class, connector.spec.config, connector.spec.tasksMax, connector.spec.state],
            ["a.B", { a: 1 }, 1, "running"],
        );
    });

    it("rejects an invalid argument with its path, before anything is created", async () => {
        const create = () => new ConnectCluster("x", { bootstrapServers: "kafka:9092", jvm: { xmx: "much" } });
        await assert.rejects(
            evaluate(create),
            /ConnectCluster x has invalid arguments:\n {2}jvm\.xmx: expected a heap size .*, received "much"/,
        );
    });

    it("fills in defaults and checks values beside an output", () => {
        const args = { name: pulumi.output("x"), jvm: { xmx: pulumi.output("1g") }, replicas: 2 };
        const settings = settingsFromArgs(connect, args, "ConnectCluster x");
        assert.ok(pulumi.Output.isInstance(settings.jvm.xmx));
        assert.deepEqual([settings.replicas, settings.jvm.options, settings.timeoutMinutes], [2, {}, 15]);
        assert.throws(() => settingsFromArgs(connect, { ...args, replicas: 0 }, "x"), /replicas: expected an integer/);
        assert.throws(() => settingsFromArgs(connect, { ...args, replica: 1 }, "x"), /did you mean "replicas"/);
    });

    it("makes a connector of a template, and reports its issues by their paths within the options", () => {
        const options = { source: { instance: "shop", database: "shop", table: "orders" } };
        const context = { bootstrapServers: "kafka:9092", secretProvider: { provider: "kubernetes" } as const };
        const connector = connectorFromTemplate("debeziumPostgresSourceConnector", options, context);
        assert.equal(connector.class, "io.debezium.connector.postgresql.PostgresConnector");
        assert.match(String(connector.config["database.password"]), /^\$\{secretManager:kafka-connect\/shop:/);
        const misspelt = { source: { ...options.source, tabel: "orders" } };
        assert.throws(
            () => connectorFromTemplate("debeziumPostgresSourceConnector", misspelt, context),
            /\n {2}source\.tabel: unknown setting; did you mean "table"/,
        );
        assert.throws(() => connectorFromTemplate("debeziumPostgres", options), /connectorTemplate: expected one of/);
    });

    it("keeps the credentials of a standalone worker secret", async () => {
        const found = await evaluate(
            () =>
                new StandaloneConnect("files", {
                    namespace: "connect",
                    bootstrapServers: "kafka:9092",
                    credentials: { username: "key", password: "pa55word" },
                    connectors: [{ name: "a", class: "FileStreamSink", config: { topics: "a", file: "/tmp/a" } }],
                }),
        );
        assert.doesNotMatch(JSON.stringify(found.resources), /pa55word/);
        assert.equal(objectsOfKind(found, "Secret").length, 2);
        assert.equal(onlyOfKind(found, "Deployment").metadata.name, "files");
    });

    it("creates topics, users and a bridge for a Kafka that another program runs", async () => {
        const found = await evaluate(() => {
            new KafkaAccess("a", {
                cluster: "kafka",
                namespace: "kafka",
                topics: [{ name: "orders", retention: "7d" }],
                users: [{ name: "billing", consume: ["orders"] }],
            });
            new HttpBridge("bridge", {
                namespace: "kafka",
                kafka: { bootstrapServers: pulumi.output("kafka:9093"), userSecret: "bridge", caSecret: "ca" },
                main: { image: "nginx" },
            });
        });
        assert.equal(onlyOfKind(found, "KafkaTopic").spec.config["retention.ms"], 604_800_000);
        assert.equal(onlyOfKind(found, "KafkaUser").spec.authorization.acls.length, 2);
        assert.match(onlyOfKind(found, "ConfigMap").data!["bridge.properties"], /kafka\.bootstrap\.servers=kafka:9093/);
    });

    it("is evaluated in the example, a program without a stack file of the platform", async () => {
        const found = await synth(
            "example",
            {},
            { program: path.join(projectFolder, "examples", "library", "index.ts") },
        );
        const names = objectsOfKind(found, "KafkaConnector").map(({ metadata }) => metadata.name);
        assert.deepEqual(names.sort(), ["files", "shoppostgres-shop-invoices"]);
        assert.equal(onlyOfKind(found, "Kafka").metadata.namespace, "shop");
        assert.equal(found.outputs.bootstrapServers, "kafka-kafka-bootstrap.shop.svc:9093");
    });

    it("has a description of every exported property, and no broken links", function () {
        this.timeout(180_000);
        const command = path.join(projectFolder, "node_modules", "typedoc", "bin", "typedoc");
        const { status, stdout, stderr } = spawnSync(process.execPath, [command, "--emit", "none"], {
            cwd: projectFolder,
            encoding: "utf8",
        });
        assert.equal(status, 0, `${stdout}${stderr}`);
    });

    it("is accepted by Pulumi's component analyzer, except for what docs/library.md lists", function () {
        this.timeout(180_000);
        const packageJson = JSON.parse(fs.readFileSync(path.join(projectFolder, "package.json"), "utf8"));
        const names = new Set(pluginComponents.map(({ name }) => name));
        const { components } = new Analyzer(projectFolder, packageJson.name, packageJson, names).analyze();
        assert.deepEqual(Object.keys(components).sort(), [...names].sort());
        const exported = Object.entries(library).flatMap(([name, value]) =>
            typeof value === "function" && value.prototype instanceof pulumi.ComponentResource ? [name] : [],
        );
        const excluded = exported.filter((name) => !names.has(name));
        assert.deepEqual(excluded, ["ClusterProviders"]);
        const page = fs.readFileSync(path.join(projectFolder, "docs", "library.md"), "utf8");
        for (const name of exported) assert.ok(page.includes(`\`${name}\``), name);
    });
});
