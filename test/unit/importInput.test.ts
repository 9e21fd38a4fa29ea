import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import * as fs from "node:fs";
import { runImport } from "../../cli/import";
import { importStack } from "../../src/import/importStack";
import { readFiles } from "../../src/import/readFiles";
import { readRest } from "../../src/import/readRest";
import { reportLines, secretCommands } from "../../src/import/report";
import { ImportError } from "../../src/import/source";
import { isLiteralCredential } from "../../src/util/credentials";
import { parseProperties } from "../../src/util/parseProperties";
import {
    differencesOf,
    folderWith,
    importFiles,
    importObjects,
    kafkaConnect,
    kafkaConnector,
    notesOf,
} from "../support/imports";

/** The message of the error that reading a file gives. */
function messageOf(files: Record<string, string>, name = ""): string {
    try {
        readFiles([path.join(folderWith(files), name)]);
    } catch (error) {
        assert.ok(error instanceof ImportError, String(error));
        return error.message.replace(/^\S*\/import-[^/\s:]+\/?/, "");
    }
    throw new Error("nothing was rejected");
}

/** A server that answers as Kafka Connect's REST API does, while a test runs. */
async function withServer<T>(answers: Record<string, unknown>, use: (url: string) => Promise<T>): Promise<T> {
    const server = http.createServer((request, response) => {
        const answer = answers[request.url!];
        response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
        server.close();
    }
}

const expand = "/connectors?expand=info&expand=status";
const sink = { "connector.class": "com.example.Sink", topics: "orders", "connection.password": "not-to-be-shown" };

describe("the input of an import", () => {
    it("is rejected with one sentence where it cannot be read", () => {
        assert.match(messageOf({}, "absent.yaml"), /^absent\.yaml: no such file or folder\.$/);
        assert.match(messageOf({}), /: the folder has no .* file\.$/);
        assert.match(messageOf({ "a.yaml": "" }), /^a\.yaml: the file is empty\.$/);
        assert.match(messageOf({ "a.yaml": "a: [1" }), /^a\.yaml, line 1: not valid YAML or JSON/);
        assert.match(messageOf({ "a.yaml": "a: {{ .Values.x }}\nb: {{ if }}" }), /helm template/);
        assert.match(messageOf({ "a.yaml": "foo: bar" }), /^a\.yaml: neither a Kubernetes object/);
        assert.match(messageOf({ "a.json": '{"kind":"KafkaConnect","apiVersion":"x"}' }), /has no metadata\.name\.$/);
    });

    it("is rejected where it has nothing that a stack can have", async () => {
        const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "connect" }, spec: {} };
        await assert.rejects(importObjects([deployment]), /There is nothing to import: the source has Deployment/);
    });

    it("is rejected where it has several KafkaConnects and none is chosen", async () => {
        const both = [kafkaConnect({}), kafkaConnect({}, { name: "other" })];
        await assert.rejects(importObjects(both), /choose with --connect/);
        await assert.rejects(importObjects(both, { connect: "absent" }), /There is no KafkaConnect absent/);
        const chosen = await importObjects(both, { connect: "other" });
        assert.equal((chosen.raw.connect as { name: string }).name, "other");
    });

    it("names objects that the stack leaves out, and is incomplete because of those of Strimzi", async () => {
        const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "login" }, data: { password: "eA==" } };
        const bridge = {
            apiVersion: "kafka.strimzi.io/v1beta2",
            kind: "KafkaBridge",
            metadata: { name: "b" },
            spec: {},
        };
        assert.equal((await importObjects([kafkaConnect({}), secret])).complete, true);
        assert.equal((await importObjects([kafkaConnect({}), bridge])).complete, false);
    });

    it("is a running Connect cluster, whose states and versions are taken over", async () => {
        const answers = {
            "/": { version: "3.9.0" },
            [expand]: {
                Orders_Sink: { info: { config: sink }, status: { connector: { state: "PAUSED" } } },
                events: { info: { config: { "connector.class": "com.example.Source", topic: "a" } } },
            },
        };
        const stack = await withServer(answers, async (url) =>
            importStack(await readRest(url), { stack: "imported", bootstrapServers: "kafka:9092" }),
        );
        assert.deepEqual(stack.raw.strimzi, { version: "0.45.0", kafkaVersion: "3.9.0" });
        const [renamed, events] = stack.raw.connectors as Record<string, unknown>[];
        assert.match(String(renamed.name), /^orders-sink-[0-9a-f]{6}$/);
        assert.equal(renamed.state, "paused");
        assert.equal((renamed.config as Record<string, string>)["consumer.override.group.id"], "connect-Orders_Sink");
        assert.equal(events.name, "events");
        assert.doesNotMatch(reportLines(stack, "f").join("\n") + stack.text, /not-to-be-shown/);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("is incomplete where the offsets of a source would be lost with its name", async () => {
        const config = { "connector.class": "com.example.Source", topic: "a" };
        const stack = await importFiles(
            { "a.json": JSON.stringify({ name: "Orders_Source", config }) },
            { bootstrapServers: "kafka:9092" },
        );
        assert.deepEqual(notesOf(stack, "missing"), ["connectors.0.name"]);
        assert.match(stack.text, /# MISSING: Kubernetes does not accept the name "Orders_Source"/);
    });

    it("is rejected with one sentence where an address is not Kafka Connect's", async () => {
        await assert.rejects(readRest("http://user:not-to-be-shown@127.0.0.1:1"), (error: Error) => {
            assert.match(error.message, /^http:\/\/127\.0\.0\.1:1 does not answer \(.+\)\.$/);
            return error instanceof ImportError;
        });
        await withServer({ "/": { hello: 1 } }, (url) => assert.rejects(readRest(url), /is not the REST API/));
        await withServer({}, (url) => assert.rejects(readRest(url), /answers with HTTP 404\.$/));
        await withServer({ "/": { version: "3.9.0" }, [expand]: {} }, (url) =>
            assert.rejects(readRest(url), /has no connectors\.$/),
        );
    });
});

describe("an import's credentials", () => {
    it("are found by key and by value", () => {
        const found: [string, string][] = [
            ["database.password", "x"],
            ["connection.uri", "mongodb://user:secret@host:27017/?replicaSet=rs0"],
            ["connection.url", "jdbc:postgresql://host/db?user=a&password=b"],
            ["sasl.jaas.config", 'x required username="a" password="b";'],
            ["consumer.override.sasl.jaas.config", 'x required username="${f:a:b}" password="b";'],
            ["aws.secret.access.key", "abc"],
            ["anything", "AKIAABCDEFGHIJKLMNOP"],
            ["keyfile", '{"private_key": "x"}'],
            ["basic.auth.user.info", "user:pass"],
            ["http.headers.authorization", "Bearer abcdefghijkl"],
        ];
        assert.deepEqual(
            found.filter(([key, value]) => !isLiteralCredential(key, value)),
            [],
        );
    });

    it("are not references, paths or names", () => {
        const harmless: [string, unknown][] = [
            ["database.password", "${secretManager:DB:PASSWORD}"],
            ["sasl.jaas.config", 'x required username="a" password="${secretManager:DB:PASSWORD}";'],
            ["connection.uri", "mongodb://${s:db:user}:${s:db:password}@host"],
            ["connection.uri", "mongodb://host:27017"],
            ["keyfile", "/mnt/key.json"],
            ["message.key.columns", "a:b"],
            ["tokens.field", "id"],
            ["topics", "password-changes"],
            ["ssl.keystore.password.file", "/mnt/x"],
            ["database.password", ""],
        ];
        assert.deepEqual(
            harmless.filter(([key, value]) => isLiteralCredential(key, value)),
            [],
        );
    });

    it("are left out and marked if they are outside of a configuration", async () => {
        const env = [{ name: "AWS_SECRET_ACCESS_KEY", value: "not-to-be-shown" }];
        const stack = await importObjects([kafkaConnect({ template: { connectContainer: { env } } })]);
        assert.doesNotMatch(stack.text + reportLines(stack, "f").join("\n"), /not-to-be-shown/);
        assert.equal(stack.complete, false);
        assert.match(stack.text, /# MISSING: holds a literal credential/);
    });

    it("are read by the provider that the workers have already", async () => {
        const v1 = { groupId: "g", configStorageTopic: "c", offsetStorageTopic: "o", statusStorageTopic: "s" };
        const api = "kafka.strimzi.io/v1";
        const stack = await importObjects([
            kafkaConnect(v1, {}, api),
            kafkaConnector(
                { class: "com.example.Sink", tasksMax: 1, config: { topics: "a", "x.password": "y" } },
                {},
                api,
            ),
        ]);
        assert.match(stack.text, /\$\{strimzisecrets:data\/orders:X_PASSWORD\}/);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("are stored by commands that contain no value, in the secret store of the options", async () => {
        const source = { "a.json": JSON.stringify({ name: "orders", config: sink }) };
        const commandsOf = async (secrets: "kubernetes" | "aws-secrets-manager" | "file") => {
            const stack = await importFiles(source, { secrets, bootstrapServers: "kafka:9092" });
            return secretCommands(stack.secrets, stack.target);
        };
        assert.deepEqual(await commandsOf("kubernetes"), [
            "kubectl --namespace kafka-connect create secret generic orders " +
                "--from-file=CONNECTION_PASSWORD=CONNECTION_PASSWORD.txt",
        ]);
        assert.match((await commandsOf("aws-secrets-manager"))[0], /--name kafka_connect_ORDERS --secret-string file:/);
        assert.match((await commandsOf("file"))[0], /ORDERS/);
    });
});

describe("the command import", () => {
    const connect = JSON.stringify(kafkaConnect({ config: { "group.id": "g" } }));

    it("writes the stack file, says identical and returns 0", async () => {
        const folder = folderWith({ "a.json": connect });
        const out = path.join(folder, "out.yaml");
        const lines: string[] = [];
        const code = await runImport({ from: [path.join(folder, "a.json")], stack: "moved", out }, (line) =>
            lines.push(line),
        );
        assert.equal(code, 0, lines.join("\n"));
        assert.match(lines.at(-1)!, /: identical$/);
        assert.match(fs.readFileSync(out, "utf8"), /kafka-connect-platform:connect:\n {4}name: old-connect/);
    });

    it("keeps a file that exists, unless it is forced", async () => {
        const folder = folderWith({ "a.json": connect, "out.yaml": "mine" });
        const args = { from: [path.join(folder, "a.json")], stack: "moved", out: path.join(folder, "out.yaml") };
        await assert.rejects(
            runImport(args, () => undefined),
            /exists; --force replaces it/,
        );
        assert.equal(fs.readFileSync(args.out, "utf8"), "mine");
        assert.equal(await runImport({ ...args, force: true }, () => undefined), 0);
    });

    it("returns 1 for a stack file with something missing", async () => {
        const folder = folderWith({ "a.json": JSON.stringify({ name: "orders", config: sink }) });
        const args = { from: [path.join(folder, "a.json")], stack: "moved", out: path.join(folder, "out.yaml") };
        assert.equal(await runImport(args, () => undefined), 1);
        assert.match(fs.readFileSync(args.out, "utf8"), /REPLACE_ME:9092/);
    });
});

describe("a properties file", () => {
    it("is read as Java reads it", () => {
        const text = "# c\n! d\na=1\nb : two words\nc three\nd=x\\\n   y\ne\\:f=\\u00e9\\n\ng\n";
        assert.deepEqual(parseProperties(text), {
            a: "1",
            b: "two words",
            c: "three",
            d: "xy",
            "e:f": "é\n",
            g: "",
        });
    });
});
