import assert from "node:assert/strict";
import Ajv, { type ValidateFunction } from "ajv";
import { kubernetesObjects } from "../../src/synth/synth";
import { violations } from "../../src/release/crdValidation";
import { crdsOf, schemaOf, type JsonSchema } from "../../src/release/crds";
import { strimziVersions } from "../../src/release/releases";
import { evaluated, minimal, stackFile, type Raw } from "../support/stacks";

/** The whole schema with unknown fields rejected, written independently of src/release/crdSchema.ts. */
function closed(schema: JsonSchema): JsonSchema {
    const copy: JsonSchema = { ...schema };
    if (copy.properties) {
        copy.properties = Object.fromEntries(
            Object.entries(copy.properties).map(([name, property]) => [name, closed(property)]),
        );
        if (!copy["x-kubernetes-preserve-unknown-fields"] && copy.additionalProperties === undefined)
            copy.additionalProperties = false;
    }
    if (copy.items) copy.items = closed(copy.items);
    if (copy.additionalProperties && typeof copy.additionalProperties === "object")
        copy.additionalProperties = closed(copy.additionalProperties);
    return copy;
}

const ajv = new Ajv({ strict: false, allErrors: true });
const validators = new Map<string, ValidateFunction>();

/** The validator of a kind's spec, compiled once. */
function validator(version: string, kind: string): ValidateFunction {
    const key = `${version} ${kind}`;
    const known = validators.get(key) ?? ajv.compile(closed(schemaOf(version, kind)!.properties!.spec));
    validators.set(key, known);
    return known;
}

/** Everything optional at once, so that every field the platform can write is written. */
const everything: Raw = {
    kafka: {
        bootstrapServers: "k:9093",
        tls: { trustedCertificates: [{ secretName: "ca" }] },
        authentication: { type: "tls", secretName: "user" },
        replicationFactor: 3,
    },
    strimzi: { resources: { limits: { memory: "512Mi" } }, watchNamespaces: ["other"] },
    connect: {
        replicas: 3,
        resources: { requests: { cpu: 1, memory: "2Gi" } },
        jvm: { xms: "1g", xmx: "1g", options: { UseG1GC: "true" } },
        affinity: {
            podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                    { weight: 1, podAffinityTerm: { topologyKey: "zone", labelSelector: { matchLabels: { a: "b" } } } },
                ],
            },
        },
        tolerations: [{ key: "a", operator: "Exists" }],
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" }],
        priorityClassName: "high",
        env: [
            { name: "A", value: "b" },
            { name: "C", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        ],
        volumes: [
            { name: "a", mountPath: "/mnt/a", secret: { secretName: "s", items: [{ key: "k", path: "p" }] } },
            { name: "b", mountPath: "/mnt/b", configMap: { name: "c" } },
            { name: "c", mountPath: "/mnt/c", emptyDir: { medium: "Memory", sizeLimit: "64Mi" }, readOnly: false },
            { name: "d", mountPath: "/mnt/d", persistentVolumeClaim: { claimName: "p" } },
            {
                name: "e",
                mountPath: "/mnt/e",
                csi: { driver: "secrets-store.csi.k8s.io", readOnly: true, volumeAttributes: { a: "b" } },
            },
        ],
        labels: { team: "data" },
        annotations: { note: "x" },
    },
};

/** A Kafka cluster that the stack creates, with every optional setting. */
const ownKafka: Raw = {
    kafkaCluster: {
        name: "main",
        nodePools: [
            {
                name: "controllers",
                roles: ["controller"],
                replicas: 3,
                storage: { type: "ephemeral", sizeLimit: "5Gi" },
            },
            {
                name: "brokers",
                roles: ["broker"],
                replicas: 3,
                storage: { volumes: [{ size: "1Ti", class: "gp3" }, {}], deleteClaim: true },
                resources: { limits: { memory: "8Gi" } },
                jvm: { xms: "4g", xmx: "4g" },
                affinity: { nodeAffinity: {} },
                tolerations: [{ key: "a", operator: "Exists" }],
                topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
            },
        ],
        listeners: { tls: true, scram: true, plain: true },
        config: { "log.retention.hours": 24 },
        rackTopologyKey: "topology.kubernetes.io/zone",
        cruiseControl: true,
        connectAcls: [{ resource: "topic", name: "extra-*", operations: ["Read"] }],
    },
    kafkaAccess: {
        topics: [
            {
                name: "Orders_Placed",
                partitions: 3,
                retention: "7d",
                retentionSize: "1Gi",
                config: { "max.message.bytes": 1 },
            },
        ],
        users: [
            {
                name: "a",
                authentication: "scram-sha-512",
                produce: ["x"],
                consume: ["y*"],
                bridge: { consume: ["x"] },
                connect: { name: "c" },
                acls: [{ type: "deny", resource: "cluster", operations: ["Alter"], host: "10.0.0.1" }],
                quotas: { producerByteRate: 1, consumerByteRate: 1, requestPercentage: 5 },
            },
        ],
    },
};

describe("Strimzi resources", () => {
    for (const version of strimziVersions) {
        for (const [name, raw] of [
            ["every optional setting", everything],
            ["the smallest stack", minimal()],
            ["a stack with its own Kafka", ownKafka],
            ["local", stackFile("local")],
            ["dev", stackFile("dev")],
            ["prod", stackFile("prod")],
        ] as const) {
            it(`of ${name} have only fields that Strimzi ${version} knows`, async () => {
                const evaluation = await evaluated({
                    ...raw,
                    strimzi: { ...(raw.strimzi as Raw | undefined), version },
                });
                const resources = kubernetesObjects(evaluation).filter(({ apiVersion }) =>
                    apiVersion.startsWith("kafka.strimzi.io/"),
                );
                assert.ok(resources.length > 0);
                for (const resource of resources) {
                    // apiVersion, kind and metadata are checked by the API server
                    const schema = schemaOf(version, resource.kind)!.properties!.spec;
                    assert.deepEqual(violations(schema, resource.spec), [], resource.metadata.name);
                    // the same by the whole schema: the check itself compiles only what a value uses
                    const validate = validator(version, resource.kind);
                    assert.ok(validate(resource.spec), `${resource.metadata.name}: ${ajv.errorsText(validate.errors)}`);
                }
            });
        }

        it(`of Strimzi ${version} have every CRD that its operator needs`, () => {
            const kinds = crdsOf(version).map(({ spec }) => spec.names.kind);
            assert.equal(kinds.length, version === "0.45.0" ? 11 : 10);
            for (const kind of [
                "Kafka",
                "KafkaConnect",
                "KafkaConnector",
                "KafkaTopic",
                "KafkaUser",
                "KafkaNodePool",
                "StrimziPodSet",
            ])
                assert.ok(kinds.includes(kind), kind);
        });
    }
});
