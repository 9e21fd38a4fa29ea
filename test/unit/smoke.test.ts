import assert from "node:assert/strict";
import { clientProperties, smokeJob } from "../../cli/smoke/smokeJob";
import { smokePlan } from "../../cli/smoke/smokePlan";
import { settingsFrom, type Raw } from "../support/stacks";

const stack = (more: Raw = {}): Raw => ({
    connect: { install: false },
    kafkaCluster: { name: "main", namespace: "kafka" },
    ...more,
});
const plan = (raw: Raw) => smokePlan(settingsFrom(raw));

describe("the smoke test", () => {
    it("writes as a user that may both write and read a topic", () => {
        const users = [
            { name: "writer", produce: ["a"] },
            { name: "prefix", produce: ["a*"], consume: ["a*"] },
            { name: "both", produce: ["a", "b"], consume: ["b"], groups: ["g"] },
        ];
        assert.deepEqual(plan(stack({ kafkaAccess: { users } })), {
            bootstrapServers: "main-kafka-bootstrap.kafka.svc:9093",
            namespace: "kafka",
            topic: "b",
            group: "g",
            login: { user: "both", authentication: "tls", caSecret: "main-cluster-ca-cert" },
        });
    });

    it("requires no login if the cluster has none", () => {
        const raw = stack({
            kafkaCluster: { listeners: { tls: false, plain: true }, authorization: "none", namespace: "kafka" },
            kafkaAccess: { topics: [{ name: "t" }] },
        });
        assert.deepEqual(plan(raw), {
            bootstrapServers: "kafka-kafka-bootstrap.kafka.svc:9092",
            namespace: "kafka",
            topic: "t",
            group: "smoke",
        });
    });

    it("reports what the stack has to declare", () => {
        assert.throws(() => plan({ kafka: { bootstrapServers: "k:9092" } }), /the stack has no kafkaCluster/);
        assert.throws(() => plan(stack()), /no user of the stack may both write and read a topic; add to kafkaAccess/);
        assert.throws(
            () => plan(stack({ kafkaCluster: { authorization: "none", namespace: "kafka" } })),
            /declares no topic to write to/,
        );
    });

    it("is a Job with Strimzi's image, with the Secrets mounted and no secret in its manifest", () => {
        const settings = settingsFrom(
            stack({
                kafkaCluster: { namespace: "kafka", listeners: { tls: false, scram: true } },
                kafkaAccess: { users: [{ name: "u", produce: ["a"], consume: ["a"] }] },
            }),
        );
        const job = smokeJob(settings, smokePlan(settings), "smoke-1");
        const { containers, volumes } = job.spec.template.spec;
        assert.equal(containers[0].image, "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1");
        assert.deepEqual(volumes.slice(1), [
            { name: "user", secret: { secretName: "u" } },
            { name: "ca", secret: { secretName: "kafka-cluster-ca-cert" } },
        ]);
        assert.equal(clientProperties(smokePlan(settings))["sasl.jaas.config"], "${dir:/mnt/user:sasl.jaas.config}");
        assert.equal(job.spec.backoffLimit, 0);
    });
});
