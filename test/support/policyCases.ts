/** For each policy, resources that fit it and resources that break it. */
import type { SynthResource } from "../../src/synth/synth";

const resource = (type: string, name: string, inputs: Record<string, unknown>, protect = false): SynthResource => ({
    urn: name,
    type,
    name,
    custom: true,
    inputs,
    parent: "",
    dependencies: [],
    protect,
    retainOnDelete: false,
    provider: "",
});
const object = (kind: string, spec: unknown, protect = false): SynthResource => {
    const apiVersion = kind === "Deployment" ? "apps/v1" : "kafka.strimzi.io/v1";
    const inputs = { apiVersion, kind, metadata: { name: "a" }, spec };
    return resource(`kubernetes:${apiVersion}:${kind}`, kind, inputs, protect);
};
const digest = `registry.example.com/connect@sha256:${"0".repeat(64)}`;
const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
};
const deployment = (container: object): SynthResource =>
    object("Deployment", { template: { spec: { containers: [{ name: "c", image: digest, ...container }] } } });
const rolePolicy = (action: string, target: string): SynthResource => {
    const policy = { Statement: [{ Effect: "Allow", Action: [action], Resource: target }] };
    return resource("aws:iam/rolePolicy:RolePolicy", "p", { policy: JSON.stringify(policy) });
};
const connector = (config: object): SynthResource => object("KafkaConnector", { class: "x", config });
const history = connector({ "schema.history.internal.kafka.topic": "a" });

export const policyCases: Record<string, { passing: SynthResource[]; failing: SynthResource[] }> = {
    "pinned-images": {
        passing: [object("KafkaConnect", { image: digest, replicas: 2 }), deployment({ securityContext: restricted })],
        failing: [object("KafkaConnect", { image: "registry.example.com/connect:1", replicas: 2 })],
    },
    "no-literal-credentials": {
        passing: [connector({ "database.password": "${secretManager:SHOP:PASSWORD}" })],
        failing: [connector({ "database.password": "x" })],
    },
    "protected-state": {
        passing: [resource("aws:ecr/repository:Repository", "r", {}, true)],
        failing: [resource("aws:ecr/repository:Repository", "r", {})],
    },
    "available-workers": {
        passing: [object("KafkaConnect", { replicas: 2, template: { podDisruptionBudget: { maxUnavailable: 1 } } })],
        failing: [object("KafkaConnect", { replicas: 1 })],
    },
    "no-wildcard-iam": {
        passing: [rolePolicy("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:r:1:secret:kafka_connect_*")],
        failing: [rolePolicy("secretsmanager:*", "*")],
    },
    "restricted-pods": {
        passing: [deployment({ securityContext: restricted })],
        failing: [deployment({})],
    },
    "history-retention": {
        passing: [
            history,
            object("KafkaTopic", { partitions: 1, config: { "retention.ms": -1, "cleanup.policy": "delete" } }),
        ],
        failing: [history, object("KafkaTopic", { partitions: 1, config: { "cleanup.policy": "compact" } })],
    },
};
