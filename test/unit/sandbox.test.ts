import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onlyOfKind } from "../../src/synth/synth";
import { sandboxPlugins } from "../../src/local/downloads";
import { writeProperties } from "../../src/local/java";
import { readOptions } from "../../cli/sandbox/options";
import { columns } from "../../cli/sandbox/output";
import { secretValues } from "../../src/local/secrets";
import { workerProperties } from "../../src/local/workerConfig";
import { evaluated, minimal, stackFile } from "../support/stacks";

const place = { restPort: 1, pluginPath: "/plugins" };

describe("the sandbox's worker", () => {
    for (const version of ["0.45.0", "1.2.0"]) {
        it(`takes everything from the KafkaConnect of Strimzi ${version}`, async () => {
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

    it("says outright that it has no TLS", async () => {
        const resource = onlyOfKind(
            await evaluated(minimal({ kafka: { bootstrapServers: "k:9093", tls: {} } })),
            "KafkaConnect",
        );
        assert.throws(() => workerProperties(resource, place), /neither TLS nor logins/);
    });
});

describe("the sandbox", () => {
    it("fills each secret with the database's login, under the keys the connector reads", () => {
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

    it("writes properties that Java reads back as they were", () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "properties-")), "a");
        writeProperties(file, { "a b": "c:d=e", path: "C:\\x\ny" });
        assert.equal(fs.readFileSync(file, "utf8"), "a\\ b=c:d=e\npath=C:\\\\x\\ny\n");
    });

    it("leaves out, with the reason, what it cannot run", () => {
        const artifacts = [{ maven: "a:b:1", sha512: "0".repeat(128) }];
        const plugin = (name: string, more: object) => ({
            name,
            license: "MIT",
            classes: [],
            into: "plugins" as const,
            artifacts,
            ...more,
        });
        const { plugins, left } = sandboxPlugins({
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
        assert.deepEqual(left, [
            { name: "hub", classes: [], why: "a/b:1 has no recorded SHA-512" },
            { name: "web", classes: [], why: "https://x.example/y.jar is not to be had by Maven" },
        ]);
    });

    it("tells what is wrong with its options", () => {
        assert.throws(
            () => readOptions(["--kafka-port", "80"]),
            /--kafka-port: got "80", wants a port from 1024 to 65535/,
        );
        assert.throws(
            () => readOptions(["--stack", "nowhere"]),
            /--stack: got "nowhere", wants one of dev, local, prod/,
        );
        assert.equal(readOptions(["--help"]), undefined);
        assert.equal(readOptions([])?.stack, "local");
    });

    it("lines its table up", () => {
        assert.equal(
            columns([
                ["A", "B"],
                ["long", "x"],
            ]),
            "  A     B\n  long  x",
        );
    });
});
