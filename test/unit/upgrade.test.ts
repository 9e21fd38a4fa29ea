import assert from "node:assert/strict";
import type { ClusterObject, ClusterState } from "../../src/upgrade/clusterState";
import { inV1, missingInV1, obstaclesInV1 } from "../../src/upgrade/convert";
import { planUpgrade } from "../../src/upgrade/plan";

const object = (kind: string, spec: Record<string, unknown>, annotations = {}): ClusterObject => ({
    apiVersion: "kafka.strimzi.io/v1beta2",
    kind,
    metadata: { name: "a", namespace: "data", uid: "1", resourceVersion: "1", annotations },
    spec,
});

/** A cluster whose CRDs have these versions, the last one stored. */
const cluster = (versions: string[], objects: ClusterObject[] = [], kubernetes = 33): ClusterState => ({
    kubernetes,
    crds: [
        {
            metadata: { name: "kafkas.kafka.strimzi.io", resourceVersion: "1" },
            spec: {
                group: "kafka.strimzi.io",
                names: { kind: "Kafka", plural: "kafkas" },
                versions: versions.map((name) => ({ name, served: true, storage: name === versions.at(-1) })),
            },
            status: { storedVersions: [versions.at(-1)!] },
        },
    ],
    objects,
});
const refusals = (state: ClusterState, to: string): string => planUpgrade(state, to).refusals.join("\n");

describe("the plan of an upgrade", () => {
    it("goes from 0.45 to 1.x by a version that serves both APIs", () => {
        assert.match(refusals(cluster(["v1beta2"]), "1.2.0"), /go to 0\.51\.0 first/);
        assert.deepEqual(planUpgrade(cluster(["v1beta2"]), "0.51.0"), {
            refusals: [],
            introducesV1: true,
            migratesStorage: false,
        });
        assert.deepEqual(planUpgrade(cluster(["v1", "v1beta2"]), "1.2.0"), {
            refusals: [],
            introducesV1: false,
            migratesStorage: true,
        });
        assert.equal(planUpgrade(cluster(["v1"]), "1.2.0").migratesStorage, false);
        assert.match(refusals(cluster(["v1"]), "0.51.0"), /serve only v1/);
    });

    it("refuses ZooKeeper, MirrorMaker 1 and an old Kubernetes", () => {
        const zookeeper = object("Kafka", { kafka: {}, zookeeper: {} });
        assert.match(refusals(cluster(["v1beta2"], [zookeeper]), "0.51.0"), /Kafka data\/a uses ZooKeeper/);
        const migrated = object("Kafka", { kafka: {}, zookeeper: {} }, { "strimzi.io/kraft": "enabled" });
        assert.equal(refusals(cluster(["v1beta2"], [migrated]), "0.51.0"), "");
        const mirror = object("KafkaMirrorMaker", {});
        assert.match(refusals(cluster(["v1beta2"], [mirror]), "0.51.0"), /replace it by a KafkaMirrorMaker2/);
        assert.match(refusals(cluster(["v1beta2"], [], 29), "0.51.0"), /needs Kubernetes 1\.30; the cluster is 1\.29/);
    });

    it("refuses a jump over Kafka versions, with the version to go to first", () => {
        const kafka = object("Kafka", { kafka: { version: "3.9.0" } });
        assert.match(
            refusals(cluster(["v1beta2"], [kafka]), "0.51.0"),
            /runs Kafka 3\.9\.0, which Strimzi 0\.51\.0 does not: go to Strimzi 0\.47\.0 first, and upgrade Kafka to 4\.0\.0/,
        );
    });
});

describe("an object in API version v1", () => {
    const config = { "group.id": "g", "config.storage.topic": "c", "key.converter": "k" };
    const connect = object("KafkaConnect", { bootstrapServers: "kafka:9092", config });

    it("has group id and topics as fields, with Strimzi's defaults", () => {
        assert.deepEqual(inV1(connect).spec, {
            bootstrapServers: "kafka:9092",
            replicas: 3,
            groupId: "g",
            configStorageTopic: "c",
            offsetStorageTopic: "connect-cluster-offsets",
            statusStorageTopic: "connect-cluster-status",
            config: { "key.converter": "k" },
        });
        assert.deepEqual(Object.keys(missingInV1(connect)).sort(), [
            "configStorageTopic",
            "groupId",
            "offsetStorageTopic",
            "replicas",
            "statusStorageTopic",
        ]);
        assert.deepEqual(missingInV1(inV1(connect)), {});
        assert.deepEqual(obstaclesInV1(connect, "1.2.0"), []);
    });

    it("is refused where v1 would drop a field", () => {
        const external = object("KafkaConnect", { ...connect.spec, externalConfiguration: { env: [] } });
        assert.match(
            obstaclesInV1(external, "1.2.0").join(),
            /^KafkaConnect data\/a: spec\.externalConfiguration: unknown/,
        );
    });
});
