/** Values that Kafka accepts and that are mistakes. Further cases: test/corpus/kafkaValues.yaml. */
import assert from "node:assert/strict";
import { issuesOf, minimal, warningsOf } from "../support/stacks";

const workers = (config: Record<string, unknown>) => minimal({ connect: { config } });
const cluster = (more: Record<string, unknown>) => ({
    kafkaCluster: { nodePools: [{ name: "dual", replicas: 3 }] },
    ...more,
});

describe("the configuration of the workers' topics", () => {
    it("accepts keys of topics, which Kafka gives to the topic", () => {
        assert.deepEqual(warningsOf(workers({ "offset.storage.min.insync.replicas": 2 })), []);
    });

    it("warns of keys that the workers ignore, because they compact the topic", () => {
        assert.deepEqual(warningsOf(workers({ "status.storage.cleanup.policy": "delete" })), [
            'KCP_UNUSED_SETTING connect.config."status.storage.cleanup.policy"',
        ]);
    });

    it("warns of keys that topics do not have, with which no worker can create the topic", () => {
        assert.deepEqual(warningsOf(workers({ "offset.storage.min.insink.replicas": 2 })), [
            'KCP_UNKNOWN_CONFIG_KEY connect.config."offset.storage.min.insink.replicas"',
        ]);
    });
});

describe("producers of the workers", () => {
    it("are rejected where idempotence requires another value", () => {
        assert.deepEqual(issuesOf(workers({ "producer.enable.idempotence": true, "producer.acks": "1" })), [
            'KCP_INVALID_CONFIG_VALUE connect.config."producer.acks"',
        ]);
    });

    it("change the order of records with several requests in flight and no idempotence", () => {
        const key = "producer.max.in.flight.requests.per.connection";
        assert.deepEqual(warningsOf(workers({ [key]: 3 })), [`KCP_SILENT_CORRUPTION connect.config."${key}"`]);
        assert.deepEqual(warningsOf(workers({ [key]: 3, "producer.enable.idempotence": true })), []);
    });
});

describe("rights of a user", () => {
    const user = (more: Record<string, unknown>) => cluster({ kafkaAccess: { users: [{ name: "shop", ...more }] } });

    it("are rejected where a deny rule of the same user cancels them", () => {
        const acls = [{ type: "deny", resource: "topic", name: "order*", operations: ["All"] }];
        assert.deepEqual(issuesOf(user({ produce: ["orders"], acls })), [
            "KCP_CONFLICTING_SETTINGS kafkaAccess.users[0].acls[0]",
        ]);
    });

    it("can be narrowed by a deny rule", () => {
        const acls = [{ type: "deny", resource: "topic", name: "orders-secret", operations: ["All"] }];
        assert.deepEqual(issuesOf(user({ consume: ["orders*"], acls })), []);
    });

    it("are missing where the brokers check ACLs and the user has none", () => {
        assert.deepEqual(warningsOf(user({})), ["KCP_MISSING_SETTING kafkaAccess.users[0]"]);
    });
});

describe("the storage of Kafka", () => {
    it("has room for two segments, unless segments are smaller", () => {
        const nodePools = [{ name: "a", storage: { volumes: [{ size: "1Gi" }] } }];
        assert.deepEqual(warningsOf({ kafkaCluster: { nodePools } }), [
            "KCP_WEAK_DURABILITY kafkaCluster.nodePools[0].storage.volumes[0].size",
        ]);
        const config = { "log.segment.bytes": 100 * 2 ** 20 };
        assert.deepEqual(warningsOf({ kafkaCluster: { nodePools, config } }), []);
    });
});
