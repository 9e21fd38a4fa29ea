import assert from "node:assert/strict";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { strimziVersions } from "../../src/release/releases";
import { assertIssues, evaluated, minimal, mysqlConnector, postgresConnector, type Raw } from "../support/stacks";

const stack = (...connectors: Raw[]): Raw => minimal({ secrets: { provider: "kubernetes" }, connectors });

describe("Secrets of Kubernetes", () => {
    for (const version of strimziVersions) {
        it(`are read by Strimzi's config provider on version ${version}`, async () => {
            const evaluation = await evaluated({
                ...stack(mysqlConnector({ source: { instance: "orders_db", database: "a", table: "b" } })),
                strimzi: { version },
            });
            const { config } = onlyOfKind(evaluation, "KafkaConnect").spec;
            assert.equal(config["config.providers"], "secretManager");
            assert.equal(
                config["config.providers.secretManager.class"],
                "io.strimzi.kafka.KubernetesSecretConfigProvider",
            );
            assert.equal(
                onlyOfKind(evaluation, "KafkaConnector").spec.config["database.password"],
                "${secretManager:kafka-connect/orders-db:PASSWORD}",
            );
        });
    }

    it("can be read by the workers only where a connector refers to them", async () => {
        const raw = {
            connectorTemplate: "raw",
            name: "sink",
            class: "a.B",
            config: { topics: "x", password: "${strimzisecrets:shared/warehouse:password}" },
        };
        const evaluation = await evaluated(stack(mysqlConnector(), postgresConnector(), raw));
        assert.deepEqual(
            objectsOfKind(evaluation, "Role")
                .map(({ metadata, rules }) => [metadata.namespace, rules])
                .sort(),
            [
                [
                    "kafka-connect",
                    [
                        {
                            apiGroups: [""],
                            resources: ["secrets"],
                            resourceNames: ["billing", "instance2"],
                            verbs: ["get"],
                        },
                    ],
                ],
                ["shared", [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["warehouse"], verbs: ["get"] }]],
            ],
        );
        for (const { metadata, roleRef, subjects } of objectsOfKind(evaluation, "RoleBinding")) {
            assert.equal((roleRef as { name: string }).name, metadata.name);
            assert.deepEqual(subjects, [
                { kind: "ServiceAccount", name: "data-kafka-connect-cluster-connect", namespace: "kafka-connect" },
            ]);
        }
        const connect = evaluation.resources.find(({ inputs }) => inputs.kind === "KafkaConnect")!;
        assert.equal(connect.dependencies.filter((urn) => urn.includes("RoleBinding")).length, 2);
        assert.equal(
            objectsOfKind(
                await evaluated(minimal({ secrets: { provider: "file" }, connectors: [mysqlConnector()] })),
                "Role",
            ).length,
            0,
        );
    });

    it("are rejected without a namespace", () => {
        const raw = {
            connectorTemplate: "raw",
            name: "sink",
            class: "a.B",
            config: { topics: "x", password: "${secretManager:WAREHOUSE:password}" },
        };
        assertIssues(stack(raw), [["KCP_UNRESOLVABLE_REFERENCE", "connectors[0].config.password"]]);
    });
});
