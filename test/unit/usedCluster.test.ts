import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { kubernetesObjects, synth } from "../../src/synth/synth";
import { evaluated, issuesOf, messagesOf, minimal, mysqlConnector, type Raw } from "../support/stacks";

const use = { name: "platform", namespace: "kafka-connect" };
const connectors = [{ connectorTemplate: "raw", name: "orders", class: "com.example.Source" }];

describe("a stack of connectors on the Connect cluster of another stack", () => {
    it("creates the connectors, with the other cluster's label and namespace, and nothing else", async () => {
        const evaluation = await synth("team", minimal({ connect: { use }, connectors }));
        const objects = kubernetesObjects(evaluation);
        assert.deepEqual(
            objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
            ["KafkaConnector kafka-connect/orders"],
        );
        assert.equal(objects[0].metadata.labels?.["strimzi.io/cluster"], "platform");
        assert.equal(evaluation.outputs.connectClusterName, "platform");
    });

    it("can give the workers access to the Secrets that its connectors refer to", async () => {
        const config = { "x.password": "${secretManager:team/orders:PASSWORD}" };
        const secrets = { provider: "kubernetes" };
        const stack = minimal({ connect: { use }, secrets, connectors: [{ ...connectors[0], config }] });
        const kinds = kubernetesObjects(await synth("team", stack)).map(({ kind }) => kind);
        assert.deepEqual(kinds.sort(), ["KafkaConnector", "Role", "RoleBinding"]);
    });

    it("rejects settings of the Connect cluster, which is the other stack's", () => {
        assert.deepEqual(issuesOf(minimal({ connect: { use, replicas: 3 }, connectors })), [
            "KCP_CONFLICTING_SETTINGS connect.replicas",
        ]);
        assert.deepEqual(issuesOf(minimal({ connect: { use: { name: "a" } }, connectors })), [
            "KCP_MISSING_SETTING connect.use.namespace",
        ]);
    });
});

describe("a stack of connectors on the Connect cluster of a stack of the platform", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "outputs-"));
    after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const stack = "acme/kafka-connect-platform/prod";

    /** A team's stack, with the platform's outputs in a file. */
    function team(outputs: unknown, changes: Raw = {}, ofUse: Raw = {}): Raw {
        const outputsFile = path.join(folder, "outputs.json");
        fs.writeFileSync(outputsFile, JSON.stringify(outputs));
        return { connect: { use: { stack, outputsFile, ...ofUse } }, connectors, ...changes };
    }

    const platformOutputs = async (changes: Raw = {}): Promise<Record<string, unknown>> =>
        (await evaluated(minimal({ strimzi: { version: "0.45.0" }, connect: { name: "platform" }, ...changes })))
            .outputs;

    const rights = {
        name: "shop",
        instances: ["shop"],
        topicPrefixes: ["shop."],
        readTopicPrefixes: ["shop.", "public."],
        maxTasks: 2,
        connectorClasses: ["org.apache.kafka.connect.file.FileStreamSourceConnector"],
    };
    const allowed = {
        name: "files",
        connectorTemplate: "raw",
        class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
        config: { topic: "shop.files", file: "/mnt/files" },
    };

    it("takes name, namespace, Strimzi version and Kafka from the outputs of that stack", async () => {
        const evaluation = await synth("team", team(await platformOutputs()));
        const [connector, ...others] = kubernetesObjects(evaluation);
        assert.deepEqual(others, []);
        assert.equal(connector.apiVersion, "kafka.strimzi.io/v1beta2");
        assert.equal(connector.metadata.namespace, "kafka-connect");
        assert.equal(connector.metadata.labels?.["strimzi.io/cluster"], "platform");
        assert.equal(evaluation.outputs.kafkaBootstrapServers, "kafka:9092");
    });

    it("rejects outputs of another form, of no Connect cluster, or of no file", async () => {
        const outputs = await platformOutputs();
        const at = `connect.use.outputsFile: ${stack}: `;
        assert.deepEqual(messagesOf(team({ ...outputs, outputsVersion: 2 })), [
            `${at}its outputs have version 2, and this release reads version 1; use the same release in both stacks ` +
                "[KCP_INVALID_VALUE]",
        ]);
        const invalid = "KCP_INVALID_VALUE connect.use.outputsFile";
        assert.deepEqual(issuesOf(team({ ...outputs, outputsVersion: undefined })), [invalid]);
        assert.deepEqual(issuesOf(team({ ...outputs, topics: "orders" })), [invalid]);
        assert.deepEqual(issuesOf(team({ ...outputs, connectClusterName: undefined })), [invalid]);
        assert.deepEqual(issuesOf(team(outputs, {}, { outputsFile: "missing.json" })), [invalid]);
        assert.deepEqual(issuesOf(team(outputs, {}, { outputsFile: undefined })), [
            "KCP_MISSING_SETTING connect.use.outputsFile",
        ]);
    });

    it("rejects settings that contradict the outputs", async () => {
        const outputs = await platformOutputs();
        assert.deepEqual(issuesOf(team(outputs, { strimzi: { version: "1.2.0" } })), [
            "KCP_INVALID_VALUE strimzi.version",
        ]);
        assert.deepEqual(issuesOf(team(outputs, {}, { name: "other" })), ["KCP_CONFLICTING_SETTINGS connect.use.name"]);
        assert.deepEqual(issuesOf(minimal({ connect: { use: { ...use, team: "shop" } }, connectors })), [
            "KCP_UNUSED_SETTING connect.use.team",
        ]);
    });

    it("requires a team that the other stack declares, where it declares teams", async () => {
        const outputs = await platformOutputs({ teams: [rights] });
        assert.deepEqual(outputs.teams, [rights]);
        assert.deepEqual(issuesOf(team(outputs, { connectors: [allowed] })), ["KCP_MISSING_SETTING connect.use.team"]);
        assert.deepEqual(messagesOf(team(outputs, { connectors: [allowed] }, { team: "shpo" })), [
            'connect.use.team: expected one of shop, received "shpo": did you mean "shop"? [KCP_INVALID_VALUE]',
        ]);
        assert.deepEqual(issuesOf(team(outputs, { connectors: [allowed] }, { team: "shop" })), []);
    });

    it("rejects what the team may not use, with what it may use", async () => {
        const outputs = await platformOutputs({ teams: [rights] });
        const secrets = { provider: "file" };
        const of = (...declared: Raw[]) =>
            messagesOf(team(outputs, { connectors: declared, secrets }, { team: "shop" }));
        assert.deepEqual(of({ ...allowed, config: { ...allowed.config, topic: "orders" } }), [
            "connectors[0]: team shop may not write topic orders; allowed: names that start with shop. " +
                "[KCP_TEAM_RIGHTS]",
        ]);
        const codes = (...declared: Raw[]) =>
            issuesOf(team(outputs, { connectors: declared, secrets }, { team: "shop" }));
        // class, instance, topic
        assert.deepEqual(codes(mysqlConnector()), [
            "KCP_TEAM_RIGHTS connectors[0]",
            "KCP_TEAM_RIGHTS connectors[0].source.instance",
            "KCP_TEAM_RIGHTS connectors[0]",
        ]);
        const numbered = [1, 2, 3].map((number) => ({ ...allowed, name: `files-${number}` }));
        assert.deepEqual(codes(...numbered), ["KCP_TEAM_RIGHTS connectors"]);
        const sink = {
            ...allowed,
            config: { topics: "billing", topic: "shop.x", file: "/mnt/x", "connection.url": "jdbc:x://db/y" },
        };
        assert.deepEqual(of(sink), [
            "connectors[0]: team shop may not set connection.url, which names no instance; use a template; " +
                "allowed: shop [KCP_TEAM_RIGHTS]",
            "connectors[0]: team shop may not read topic billing; allowed: names that start with shop., public. " +
                "[KCP_TEAM_RIGHTS]",
        ]);
        const { topic: _topic, ...unnamed } = allowed.config;
        assert.deepEqual(codes({ ...allowed, config: unnamed }), [
            "KCP_MISSING_CONFIG_KEY connectors[0]",
            "KCP_TEAM_RIGHTS connectors[0]",
        ]);
        const reading = (pattern: string) => ({ ...allowed, config: { ...allowed.config, "topics.regex": pattern } });
        assert.deepEqual(codes(reading("^shop\\..*")), []);
        // each alternative counts, and a dot that is not escaped matches any character
        for (const pattern of ["shop\\..*|billing\\..*", "shop.*"])
            assert.deepEqual(codes(reading(pattern)), ["KCP_TEAM_RIGHTS connectors[0]"]);
        const topics = [{ name: "shop.a" }, { name: "billing.a" }];
        const access = { kafkaAccess: { cluster: "kafka", topics }, connectors: [allowed] };
        assert.deepEqual(issuesOf(team(outputs, access, { team: "shop" })), [
            "KCP_TEAM_RIGHTS kafkaAccess.topics[1].name",
        ]);
    });

    it("rejects teams of a stack without a Connect cluster, and two of one name", () => {
        assert.deepEqual(issuesOf(minimal({ connect: { install: false }, teams: [{ name: "a" }] })), [
            "KCP_UNUSED_SETTING teams",
        ]);
        assert.deepEqual(issuesOf(minimal({ teams: [{ name: "a" }, { name: "a" }] })), [
            "KCP_DUPLICATE_NAME teams[1].name",
        ]);
    });
});
