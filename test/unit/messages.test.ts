/** Whole messages, a few that represent all. Every other test is about codes and paths. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { errorExamples, findings, withoutExample } from "../../cli/pages/errorExamples";
import { issueCodes, type IssueCode } from "../../src/schema/issueCodes";
import { formatPath, SettingsError, type Issue } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { settingsOf } from "../../src/stack/settingNames";
import { readStackConfig } from "../../src/stack/stackFile";
import { projectFolder } from "../../src/util/project";
import {
    assertIssues,
    eks,
    messagesOf,
    minimal,
    mysqlConnector,
    postgresConnector,
    withConnectors,
    type Raw,
} from "../support/stacks";

const messages: [string, Raw, string][] = [
    [
        "a misspelt setting",
        withConnectors(mysqlConnector({ source: { instance: "a", database: "b", tabel: "c" } })),
        'connectors[0].source.tabel: unknown setting; did you mean "table"? [KCP_UNKNOWN_SETTING]',
    ],
    [
        "a missing setting",
        minimal({ metrics: { workspace: "existing", subnetIds: ["subnet-0a1b2c31", "subnet-0a1b2c32"] }, eks }),
        "metrics.workspaceArn: required; expected the ARN of the existing workspace [KCP_MISSING_SETTING]",
    ],
    [
        "a value outside a range",
        minimal({ connect: { replicas: 101 } }),
        "connect.replicas: expected an integer from 1 to 100, received 101 [KCP_INVALID_VALUE]",
    ],
    [
        "a misspelt value",
        withConnectors(mysqlConnector({ state: "pause" })),
        "connectors[0].state: expected one of running, paused, stopped, " +
            'received "pause": did you mean "paused"? [KCP_INVALID_VALUE]',
    ],
    [
        "a number without quotes",
        minimal({ strimzi: { kubernetesVersion: 1.33 } }),
        "strimzi.kubernetesVersion: expected a Kubernetes version such as 1.33, in quotes, " +
            "received 1.33: quote it [KCP_INVALID_VALUE]",
    ],
    [
        "a number in quotes",
        minimal({ connect: { replicas: "3" } }),
        "connect.replicas: expected an integer from 1 to 100, " +
            'received "3": remove the quotes (3) [KCP_INVALID_VALUE]',
    ],
    [
        "a label without quotes",
        minimal({ connect: { labels: { team: 5 } } }),
        'connect.labels.team: expected a string, in quotes, received 5: quote it ("5") [KCP_INVALID_VALUE]',
    ],
    [
        "an object by its keys",
        minimal({ connect: { env: [{ name: "A" }] } }),
        "connect.env[0]: expected either value or valueFrom, received an object with name [KCP_INVALID_VALUE]",
    ],
    [
        "an empty array",
        { kafkaCluster: { nodePools: [] } },
        "kafkaCluster.nodePools: expected at least one node pool, received an empty array [KCP_INVALID_VALUE]",
    ],
    [
        "a misspelt value of Kafka",
        minimal({ connect: { config: { "producer.compression.type": "zst" } } }),
        'connect.config."producer.compression.type": expected one of none, gzip, snappy, lz4, zstd, received "zst": ' +
            'did you mean "zstd"? [KCP_INVALID_CONFIG_VALUE]',
    ],
    [
        "a name that a CRD describes by a regular expression",
        minimal({
            connect: {
                spec: {
                    build: {
                        output: { type: "docker", image: "a/b:1" },
                        plugins: [{ name: "a", artifacts: [{ type: "jar", url: "https://a/b.jar" }] }],
                    },
                },
            },
        }),
        "connect.spec.build.plugins[0].name: expected at least 2 of a-z, 0-9, - and _, starting and ending with a " +
            'letter or digit, received "a" [KCP_INVALID_KUBERNETES_FIELD]',
    ],
    [
        "a duplicate name",
        { kafkaCluster: { nodePools: [{ name: "a" }, { name: "a", roles: ["broker"] }] } },
        'kafkaCluster.nodePools[1].name: duplicate name "a"; ' +
            "also used by kafkaCluster.nodePools[0] [KCP_DUPLICATE_NAME]",
    ],
    [
        "two controllers",
        { kafkaCluster: { nodePools: [{ name: "a", replicas: 2 }] } },
        "kafkaCluster.nodePools: expected 1, 3 or 5 controllers, received 2: " +
            "2 controllers cannot survive the loss of one [KCP_INVALID_QUORUM]",
    ],
    [
        "a literal credential",
        withConnectors(mysqlConnector({ config: { "database.ssl.keystore.password": "hunter2" } })),
        'connectors[0].config."database.ssl.keystore.password": literal credential; store it as a secret and ' +
            "refer to it, for example ${secretManager:SECRET:KEY} [KCP_LITERAL_CREDENTIAL]",
    ],
    [
        "a replication slot that two connectors use",
        withConnectors(
            postgresConnector({ slotName: "s" }),
            postgresConnector({ slotName: "s", source: { instance: "billing", database: "billing", table: "b" } }),
        ),
        'connectors[1].slotName: replication slot "s" is also used by connectors[0]; ' +
            "give one of them another slotName [KCP_SHARED_RESOURCE]",
    ],
];

describe("messages", () => {
    for (const [what, raw, message] of messages)
        it(`describe ${what}`, () => assert.deepEqual(messagesOf(raw), [message]));
});

describe("issue codes", () => {
    it("are explained by title, cause and fix", () => {
        for (const [code, { title, cause, fix }] of Object.entries(issueCodes)) {
            assert.match(code, /^KCP_[A-Z_]+$/);
            for (const text of [title, cause, fix]) assert.match(text, /^[A-Z`].+/, code);
        }
    });

    it("have an example that causes nothing but the code", () => {
        const codes = Object.keys(issueCodes) as IssueCode[];
        assert.deepEqual(
            codes.filter((code) => !errorExamples[code] && !withoutExample.includes(code)),
            [],
        );
        for (const [code, example] of Object.entries(errorExamples))
            assert.deepEqual([...new Set(findings(example).map((found) => found.code))], [code]);
    });
});

type Path = (string | number)[];

/** The paths of all values that are neither objects nor arrays. */
function leafPaths(value: unknown, at: Path = []): Path[] {
    if (value === null || typeof value !== "object") return [at];
    return Object.entries(value).flatMap(([key, item]) =>
        leafPaths(item, [...at, Array.isArray(value) ? Number(key) : key]),
    );
}

function replaced(raw: Raw, leaf: Path, value: unknown): Raw {
    const copy = structuredClone(raw);
    const parent = leaf.slice(0, -1).reduce<any>((at, step) => at[step], copy);
    parent[leaf[leaf.length - 1]] = value;
    return copy;
}

function errorsOf(raw: Raw): readonly Issue[] {
    try {
        loadStack(raw, "test");
        return [];
    } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
    }
}

describe("a single wrong value", () => {
    const files = [
        "Pulumi.dev.yaml",
        "Pulumi.local.yaml",
        "examples/kafka-on-minikube.yaml",
        "examples/http-bridge-sidecar.yaml",
        "examples/standalone-file-sink.yaml",
    ];
    for (const file of files)
        it(`in ${file} is reported at its own setting only`, () => {
            const raw = settingsOf(readStackConfig(path.join(projectFolder, file)));
            for (const leaf of leafPaths(raw)) {
                const at = formatPath(leaf);
                if (at.startsWith("httpBridge.main.")) continue; // passed on to Kubernetes without a check
                // no setting accepts an object of unknown keys in place of a string, number or boolean
                const errors = errorsOf(replaced(raw, leaf, { unexpected: {} })).map((item) => formatPath(item.path));
                assert.ok(errors.includes(at) || errors.includes(`${at}.unexpected`), at);
                assert.deepEqual(
                    errors.filter((other) => !at.startsWith(other) && !other.startsWith(at)),
                    [],
                    at,
                );
            }
        }).timeout(120_000);

    it("does not cause further errors elsewhere", () => {
        const connectors = [mysqlConnector({ converter: "avro" }), postgresConnector({ converter: "avro" })];
        const kafka = { bootstrapServers: "k:9092", brokers: "3", schemaRegistry: { url: "https://registry" } };
        assertIssues({ kafka, secrets: { provider: "file" }, connectors }, [["KCP_INVALID_VALUE", "kafka.brokers"]]);
    });

    it("does not hide other errors of the same connector", () => {
        const config = { "database.password": "hunter2", "tombstones.on.delete": "no" };
        assertIssues(withConnectors(mysqlConnector({ taskMax: 1, state: 7, config })), [
            ["KCP_INVALID_VALUE", "connectors[0].state"],
            ["KCP_UNKNOWN_SETTING", "connectors[0].taskMax"],
            ["KCP_LITERAL_CREDENTIAL", 'connectors[0].config."database.password"'],
            ["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."tombstones.on.delete"'],
        ]);
    });

    it("in the name of a section is not reported as a missing section", () => {
        assertIssues({ kafak: { bootstrapServers: "kafka:9092" } }, [["KCP_UNKNOWN_SETTING", "kafak"]]);
    });
});
