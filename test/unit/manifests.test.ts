import assert from "node:assert/strict";
import { synth } from "../../src/synth/synth";
import { differencesOf, importObjects, notesOf, type Fields } from "../support/imports";
import { issuesOf, minimal } from "../support/stacks";

const api = "kafka.strimzi.io/v1";
const object = (kind: string, spec: Fields = {}, more: Fields = {}): Fields => ({
    apiVersion: api,
    kind,
    metadata: { name: kind.toLowerCase(), labels: { "strimzi.io/cluster": "kafka" }, ...more },
    spec,
});
const external = { ...object("ExternalSecret"), apiVersion: "external-secrets.io/v1" };
const rebalance = object("KafkaRebalance");
const topic = object("KafkaTopic", { topicName: "a" });
const pool = object("KafkaNodePool", { replicas: 1, roles: ["broker"], storage: { type: "ephemeral" } });
const listeners = [{ name: "tls", port: 9093, type: "internal", tls: true }];
const kafka = object("Kafka", { kafka: { listeners } });

describe("manifests", () => {
    it("are created at their places: before Connect, after the Kafka that they need", async () => {
        const manifests = [rebalance, topic, kafka, pool, external];
        const { resources } = await synth("test", minimal({ manifests }));
        const dependenciesOf = (kind: string): string[] => {
            const found = resources.find(({ inputs }) => inputs.kind === kind)!;
            const kinds = new Map(resources.map(({ urn, inputs, name }) => [urn, String(inputs.kind ?? name)]));
            return found.dependencies.map((urn) => kinds.get(urn)!);
        };
        assert.ok(dependenciesOf("Kafka").includes("KafkaNodePool"));
        assert.ok(dependenciesOf("Kafka").includes("ExternalSecret"));
        assert.ok(dependenciesOf("KafkaTopic").includes("Kafka"));
        assert.ok(dependenciesOf("KafkaRebalance").includes("KafkaTopic"));
        assert.ok(dependenciesOf("KafkaConnect").includes("KafkaTopic"));
        assert.ok(!dependenciesOf("KafkaConnect").includes("KafkaRebalance"));
    });

    it("are awaited where Strimzi reports that they are Ready, and are in connect.namespace by default", async () => {
        const { resources } = await synth("test", minimal({ manifests: [rebalance, topic, external] }));
        const metadataOf = (kind: string) =>
            resources.find(({ inputs }) => inputs.kind === kind)!.inputs.metadata as Record<
                string,
                Record<string, string>
            >;
        assert.equal(metadataOf("KafkaTopic").annotations["pulumi.com/waitFor"], "condition=Ready");
        assert.equal(metadataOf("KafkaRebalance").annotations["pulumi.com/waitFor"], undefined);
        assert.equal(metadataOf("ExternalSecret").annotations["pulumi.com/waitFor"], undefined);
        assert.equal(metadataOf("ExternalSecret").namespace as unknown, "kafka-connect");
    });

    it("are checked against the CRD, each with its path", () => {
        const manifests = [
            object("KafkaTopic", { partitons: 3 }),
            { ...pool, apiVersion: "kafka.strimzi.io/v1beta2" },
            object("KafkaMirrorMaker"),
            { apiVersion: "v1", kind: "Secret", metadata: { name: "a" }, stringData: { password: "x" } },
            { kind: "ConfigMap", metadata: { name: "b" } },
        ];
        assert.deepEqual(issuesOf(minimal({ manifests: manifests.slice(0, 4) })), [
            "KCP_INVALID_KUBERNETES_FIELD manifests[0].spec.partitons",
            "KCP_UNSUPPORTED_BY_VERSION manifests[1].apiVersion",
            "KCP_UNSUPPORTED_BY_VERSION manifests[2].kind",
            "KCP_LITERAL_CREDENTIAL manifests[3].stringData",
        ]);
        assert.deepEqual(issuesOf(minimal({ manifests: manifests.slice(4) })), ["KCP_INVALID_VALUE manifests[0]"]);
    });

    it("do not repeat what the stack declares", () => {
        const connect = object("KafkaConnect", {}, { name: "data-kafka-connect-cluster" });
        const found = issuesOf(minimal({ manifests: [topic, topic, connect] }));
        assert.deepEqual(
            found.filter((line) => line.startsWith("KCP_DUPLICATE_NAME")),
            ["KCP_DUPLICATE_NAME manifests[1].metadata.name", "KCP_DUPLICATE_NAME manifests[2].metadata.name"],
        );
    });

    it("are what an import makes of a Kafka, its pools, mirrors, and users that kafkaAccess cannot express", async () => {
        const metadata = { labels: { "strimzi.io/cluster": "kafka" } };
        const stack = await importObjects([
            object("Kafka", {
                kafka: {
                    metadataVersion: "4.2-IV1",
                    listeners,
                    authorization: { type: "custom", authorizerClass: "com.example.Authorizer" },
                },
                cruiseControl: { config: { goals: "a" } },
            }),
            object("KafkaNodePool", { replicas: 1, roles: ["broker"], storage: { type: "ephemeral" } }, metadata),
            object("KafkaMirrorMaker2", {
                replicas: 1,
                target: {
                    alias: "b",
                    bootstrapServers: "b:9092",
                    groupId: "g",
                    configStorageTopic: "c",
                    offsetStorageTopic: "o",
                    statusStorageTopic: "s",
                },
                mirrors: [{ source: { alias: "a", bootstrapServers: "a:9092" } }],
            }),
            object("KafkaUser", { authentication: { type: "tls-external" } }, metadata),
            object("KafkaTopic", { topicName: "a" }, metadata),
            object("KafkaTopic", { partitions: 1, replicas: 1 }, { ...metadata, name: "declared" }),
        ]);
        assert.deepEqual(differencesOf(stack), []);
        assert.deepEqual(notesOf(stack, "missing"), []);
        assert.deepEqual(
            (stack.raw.manifests as { kind: string }[]).map(({ kind }) => kind),
            ["Kafka", "KafkaNodePool", "KafkaMirrorMaker2", "KafkaTopic", "KafkaUser"],
        );
    });
});
