import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onlyOfKind } from "../../src/synth/synth";
import { sandboxPlugins } from "../../src/local/pluginSet";
import { writeProperties } from "../../src/local/java";
import { FirstEvents } from "../../cli/sandbox/firstEvents";
import { columns, eventLine } from "../../cli/sandbox/output";
import { Prompt } from "../../cli/sandbox/prompt";
import { StatementBuffer } from "../../cli/sandbox/statements";
import { literalTables } from "../../cli/sandbox/tables";
import { decodeRecord } from "../../src/local/changeEvents";
import { failureReason } from "../../src/local/failureReason";
import { localClusterConfig, localDatabaseConfig } from "../../src/local/localConfig";
import { atLocalKafka } from "../../src/local/localKafka";
import { sqlTable } from "../../src/local/sqlTable";
import { usedPlugins } from "../../src/local/usedPlugins";
import { secretValues, SecretFiles } from "../../src/local/secrets";
import { workerProperties } from "../../src/local/workerConfig";
import { evaluated, minimal, stackFile } from "../support/stacks";

const place = { restPort: 1, pluginPath: "/plugins" };

describe("the sandbox's worker", () => {
    for (const version of ["0.45.0", "1.2.0"]) {
        it(`is configured from the KafkaConnect resource of Strimzi ${version}`, async () => {
            const resource = onlyOfKind(
                await evaluated({ ...stackFile("local"), strimzi: { version } }, "local"),
                "KafkaConnect",
            );
            const properties = workerProperties(resource, place);
            for (const [key, value] of Object.entries(resource.spec.config))
                if (key !== "config.providers") assert.equal(properties[key], value, key);
            assert.equal(properties["group.id"], "data-kafka-connect-cluster");
            assert.equal(properties["config.storage.topic"], "data-kafka-connect-cluster-configs");
            assert.equal(properties["bootstrap.servers"], "localhost:9092");
            assert.equal(properties["config.providers"], "secretManager,strimzienv,strimzifile,strimzidir");
            assert.equal(
                properties["config.providers.secretManager.class"],
                "org.apache.kafka.common.config.provider.FileConfigProvider",
            );
        });
    }

    it("rejects a stack with TLS", async () => {
        const resource = onlyOfKind(
            await evaluated(minimal({ kafka: { bootstrapServers: "k:9093", tls: {} } })),
            "KafkaConnect",
        );
        assert.throws(() => workerProperties(resource, place), /neither TLS nor a login/);
    });
});

describe("the sandbox", () => {
    it("fills each secret with the login of the database, under the keys that the connector reads", () => {
        const config = {
            "database.hostname": "${secretManager:SHOP:HOST}",
            "database.port": "${secretManager:SHOP:PORT}",
            "database.user": "${secretManager:SHOP:user}",
            "database.password": "${secretManager:OTHER:PASSWORD}",
        };
        const secrets = secretValues(config, "secretManager", {
            "database.hostname": ["h"],
            "database.port": ["5"],
            "database.user": ["u"],
            "database.password": ["p"],
        });
        assert.deepEqual(
            [...secrets],
            [
                ["SHOP", { HOST: "h", PORT: "5", user: "u" }],
                ["OTHER", { PASSWORD: "p" }],
            ],
        );
    });

    it("writes properties that Java reads back unchanged", () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "properties-")), "a");
        writeProperties(file, { "a b": "c:d=e", path: "C:\\x\ny" });
        assert.equal(fs.readFileSync(file, "utf8"), "a\\ b=c:d=e\npath=C:\\\\x\\ny\n");
    });

    it("reports the plugins that it cannot run, with the reason", () => {
        const artifacts = [{ maven: "a:b:1", sha512: "0".repeat(128) }];
        const plugin = (name: string, more: object) => ({
            name,
            license: "MIT",
            classes: [],
            into: "plugins" as const,
            artifacts,
            ...more,
        });
        const { plugins, missing } = sandboxPlugins({
            provided: [],
            plugins: [
                plugin("ok", {}),
                plugin("hub", { artifacts: [{ confluentHub: "a/b:1", sha512: "unpinned" }] }),
                plugin("web", { artifacts: [{ url: "https://x.example/y.jar", sha512: "0".repeat(128) }] }),
            ],
        });
        assert.deepEqual(
            plugins.map(({ name }) => name),
            ["ok"],
        );
        assert.deepEqual(missing, [
            { name: "hub", classes: [], reason: "a/b:1 has no recorded SHA-512" },
            { name: "web", classes: [], reason: "https://x.example/y.jar is not available from a Maven repository" },
        ]);
    });

    it("aligns the columns of a table", () => {
        assert.equal(
            columns([
                ["A", "B"],
                ["long", "x"],
            ]),
            "  A     B\n  long  x",
        );
    });
});

describe("secrets of several connectors", () => {
    const config = (key: string) => ({ "database.password": `\${secretManager:SHOP:${key}}` });

    it("keeps what the first connector of an instance reads when the second reads other keys", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "secrets-"));
        const files = new SecretFiles(folder, "secretManager");
        assert.deepEqual(files.add(config("A"), { "database.password": ["1"] }), []);
        assert.deepEqual(files.add(config("B"), { "database.password": ["2"] }), []);
        files.write();
        assert.deepEqual(fs.readFileSync(path.join(folder, "SHOP"), "utf8").trim().split("\n").sort(), ["A=1", "B=2"]);
    });

    it("reports a key that two connectors need with different values", () => {
        const files = new SecretFiles("", "secretManager");
        files.add(config("A"), { "database.password": ["1"] });
        assert.deepEqual(files.add(config("A"), { "database.password": ["2"] }), [{ secret: "SHOP", key: "A" }]);
    });
});

describe("a connector at a database of this machine", () => {
    const server = { host: "127.0.0.1", port: 4000, user: "u", password: "p" };
    const local = (config: Record<string, unknown>) => localDatabaseConfig(config, server, "secretManager");

    it("replaces a literal port and keeps references to secrets", () => {
        const { config, replaced } = local({
            "database.hostname": "${secretManager:SHOP:HOST}",
            "database.port": 5432,
            "database.dbname": "shop",
        });
        assert.equal(config["database.hostname"], "${secretManager:SHOP:HOST}");
        assert.equal(config["database.port"], "4000");
        assert.deepEqual(replaced, ["database.port"]);
    });

    it("replaces what requires TLS, and nothing that only prefers it", () => {
        assert.equal(local({ "database.sslmode": "require" }).config["database.sslmode"], "disable");
        assert.deepEqual(local({ "database.sslmode": "prefer" }).replaced, []);
    });

    it("replaces host and port of a JDBC address, and its TLS parameters", () => {
        const url = "jdbc:postgresql://db.example:5432/shop?sslmode=verify-full&a=b";
        assert.equal(
            local({ "connection.url": url }).config["connection.url"],
            "jdbc:postgresql://127.0.0.1:4000/shop?a=b",
        );
        const withSecret = "jdbc:mysql://${secretManager:SHOP:HOST}:3306/shop";
        assert.equal(
            local({ "connection.url": withSecret }).config["connection.url"],
            "jdbc:mysql://${secretManager:SHOP:HOST}:4000/shop",
        );
    });

    it("removes TLS and the login of MirrorMaker's source cluster, and replaces only a literal address", () => {
        const config = {
            "source.cluster.alias": "backend",
            "source.cluster.bootstrap.servers": "${secretManager:BACKEND:BOOTSTRAP_SERVERS}",
            "source.cluster.security.protocol": "SASL_SSL",
            "source.cluster.sasl.mechanism": "SCRAM-SHA-512",
        };
        const mirror = (more: object = {}) =>
            localClusterConfig({ ...config, ...more }, "127.0.0.1:1", "secretManager");
        assert.deepEqual(mirror().config, {
            "source.cluster.alias": "backend",
            "source.cluster.bootstrap.servers": "${secretManager:BACKEND:BOOTSTRAP_SERVERS}",
        });
        assert.deepEqual(mirror().replaced, ["source.cluster.security.protocol", "source.cluster.sasl.mechanism"]);
        const literal = mirror({ "source.cluster.bootstrap.servers": "kafka.example:9093" });
        assert.equal(literal.config["source.cluster.bootstrap.servers"], "127.0.0.1:1");
    });
});

describe("a stack on this machine", () => {
    it("replaces Kafka's TLS and login, and AWS secrets by files, and lists each replacement", () => {
        const { raw, replaced } = atLocalKafka(stackFile("prod"), "127.0.0.1:1");
        assert.deepEqual(raw.kafka, { bootstrapServers: "127.0.0.1:1", brokers: 1, replicationFactor: 1 });
        assert.deepEqual(raw.secrets, { provider: "file" });
        assert.equal(replaced.length, 4);
        assert.match(replaced[1], /^kafka\.authentication \(scram-sha-512\)/);
    });
});

describe("the reason of a failure", () => {
    it("is the plugin's message and the first cause, without stack frames", () => {
        const trace = [
            "org.apache.kafka.connect.errors.ConnectException: could not start",
            "\tat a.B.c(B.java:1)",
            "Caused by: io.debezium.DebeziumException: middle",
            "\t... 3 more",
            'Caused by: org.postgresql.util.PSQLException: ERROR: relation "x" does not exist',
            "  Position: 15",
            "\tat d.E.f(E.java:2)",
        ].join("\n");
        assert.deepEqual(failureReason(trace), [
            "ConnectException: could not start",
            'caused by: PSQLException: ERROR: relation "x" does not exist Position: 15',
        ]);
    });
});

describe("the plugins of a stack", () => {
    const plugins = [
        { name: "pg", classes: ["io.debezium.connector.postgresql.PostgresConnector"] },
        { name: "time", classes: ["com.x.ExtractTimestamp$Value"] },
        { name: "http", classes: ["io.aiven.HttpSinkConnector"] },
    ];
    const used = (config: Record<string, string>) =>
        usedPlugins(plugins, {
            connectors: [{ class: plugins[0].classes[0], config }],
            connect: { config: {} },
        } as unknown as Parameters<typeof usedPlugins>[1]).map(({ name }) => name as string);

    it("are the plugins of every class it names, by its full or its simple name", () => {
        assert.deepEqual(used({}), ["pg"]);
        assert.deepEqual(used({ "transforms.a.type": "ExtractTimestamp$Value" }), ["pg", "time"]);
        assert.deepEqual(used({ "transforms.a.type": "io.debezium.transforms.ExtractNewRecordState" }), ["pg"]);
    });

    it("are all plugins if it names a class that none lists", () => {
        assert.deepEqual(used({ "transforms.a.type": "com.unknown.Transform" }), ["pg", "time", "http"]);
    });
});

describe("the prompt of the sandbox", () => {
    it("takes statements over several lines, and semicolons in strings, comments and functions", () => {
        const buffer = new StatementBuffer();
        assert.deepEqual(buffer.add("SELECT 1,"), []);
        assert.deepEqual(buffer.add("  ';' -- ; comment"), []);
        assert.deepEqual(buffer.add("; SELECT 2; SELECT"), ["SELECT 1,\n  ';' -- ; comment", "SELECT 2"]);
        assert.deepEqual(buffer.add("$$a;b$$;"), ["SELECT\n$$a;b$$"]);
        assert.ok(buffer.isEmpty);
    });

    it("shows rows under their column names", () => {
        assert.deepEqual(sqlTable(["id", "name"], [[1, null]]), ["id | name", "---+-----", "1  | NULL", "(1 row)"]);
    });

    it("suggests the nearest command and the nearest connector", async () => {
        const prompt = new Prompt({
            api: { restart: async () => undefined, statuses: async () => ({ orders: {} as never }) },
            databases: [],
            status: () => "",
        });
        assert.match((await prompt.answer("\\statsu")).join(), /\\statsu: unknown command; did you mean "status"\?/);
        assert.match((await prompt.answer("\\restart order")).join(), /no connector "order"; did you mean "orders"\?/);
        assert.deepEqual(await prompt.answer("SELECT 1;"), ["no connector of this stack uses a database"]);
    });
});

describe("an event", () => {
    const record = (value: unknown) => decodeRecord("t", Buffer.from('{"id":1}'), Buffer.from(JSON.stringify(value)));

    it("of a deletion shows the key, and not the values that Debezium fills in", () => {
        const deletion = record({ op: "d", before: { id: 1, name: "" }, after: null });
        assert.equal(eventLine(deletion), '  t  delete  key {"id":1}');
        assert.equal(eventLine(decodeRecord("t", Buffer.from('{"id":1}'), null)), '  t  tombstone  key {"id":1}');
    });

    it("of a change shows the row after it", () => {
        assert.equal(eventLine(record({ op: "u", after: { id: 1, a: 2 } })), '  t  update  {"id":1,"a":2}');
    });
});

describe("tables of a connector", () => {
    it("are known when the include list is literal, and unknown when it has a pattern", () => {
        assert.deepEqual(literalTables("public\\.orders,public.a_b"), ["public.orders", "public.a_b"]);
        assert.deepEqual(literalTables("public\\.(orders|customers)"), []);
    });
});

describe("the first events", () => {
    it("are complete when every connector has produced an event or has failed", async () => {
        const events = new FirstEvents(new Map([["a", ["t"]], ["b", ["u"]]])); // prettier-ignore
        assert.deepEqual(events.missing(new Set(["b"])), ["a"]);
        events.see("t");
        await events.wait(new Set(["b"]), 0);
        await assert.rejects(events.wait(new Set(), 0), /no event of b has arrived/);
    });
});
