import assert from "node:assert/strict";
import { schemaAt, violations } from "../../src/release/crdValidation";
import { schemaOf } from "../../src/release/crds";
import { strimziRelease, strimziVersions } from "../../src/release/releases";
import { SettingsError, type Issue } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { connectAcls, userAcls } from "../../src/strimzi/acls";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { applyMergePatch, createMergePatch, replacedPaths } from "../../src/util/mergePatch";
import { evaluated, minimal, settingsFrom, type Raw } from "../support/stacks";

/** The errors of a stack, as code and path. */
function issuesOf(raw: Raw): [string, string][] {
    try {
        loadStack(raw, "test");
        return [];
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return error.issues.map(codeAndPath).sort(([, one], [, other]) => (one < other ? -1 : 1));
    }
}
const codeAndPath = ({ code, path }: Issue): [string, string] => [code, path.join(".")];

const raw = (connect: Raw, version: string, more: Raw = {}): Raw =>
    minimal({ strimzi: { version }, connect, metrics: { exporter: false }, ...more });

const connectOf = async (stack: Raw) => onlyOfKind(await evaluated(stack), "KafkaConnect");

/** A value for each setting that covers a field of the KafkaConnect. */
const expressive: Raw = {
    groupId: "old group",
    metadata: { labels: { team: "data" }, annotations: { "example.com/owner": "data" } },
    imagePullSecrets: ["registry-login"],
    logging: { type: "inline", loggers: { "rootLogger.level": "INFO" } },
    rack: { topologyKey: "topology.kubernetes.io/zone" },
    spec: {
        livenessProbe: { initialDelaySeconds: 90 },
        tracing: { type: "opentelemetry" },
        template: { pod: { terminationGracePeriodSeconds: 120 }, podDisruptionBudget: null },
        config: { "key.converter": "org.apache.kafka.connect.storage.StringConverter", "value.converter": null },
    },
};

describe("settings of the KafkaConnect", () => {
    for (const version of strimziVersions) {
        const crd = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec"]);

        it(`render fields that the CRD of ${version} has`, async () => {
            const { spec, metadata } = await connectOf(
                raw({ ...expressive, groupId: "old-group" }, version, {
                    image: { existing: "registry.example.com/connect:1.4" },
                    kafka: {
                        bootstrapServers: "kafka:9093",
                        tls: { trustedCertificates: [{ secretName: "ca", pattern: "*.crt" }] },
                    },
                }),
            );
            assert.deepEqual(violations(crd, spec), []);
            assert.equal(spec.image, "registry.example.com/connect:1.4");
            assert.deepEqual(spec.tls.trustedCertificates, [{ secretName: "ca", pattern: "*.crt" }]);
            assert.deepEqual(spec.template.pod.imagePullSecrets, [{ name: "registry-login" }]);
            assert.deepEqual(spec.rack, { topologyKey: "topology.kubernetes.io/zone" });
            assert.equal(spec.logging.loggers["rootLogger.level"], "INFO");
            assert.equal(spec.template.pod.terminationGracePeriodSeconds, 120);
            assert.equal(spec.template.podDisruptionBudget, undefined);
            assert.equal(spec.config["value.converter"], undefined);
            assert.equal(metadata.labels!.team, "data");
            assert.equal(metadata.annotations!["example.com/owner"], "data");
            assert.equal(metadata.annotations!["strimzi.io/use-connector-resources"], "true");
        });

        it(`keep the group id and topics of an existing cluster under ${version}`, async () => {
            const storage = {
                groupId: "connect-cluster",
                configStorageTopic: "connect-cluster-configs",
                offsetStorageTopic: "my_offsets",
                statusStorageTopic: "my_status",
            };
            const { spec } = await connectOf(raw(storage, version));
            const rendered =
                strimziRelease(version).storageFields === "config"
                    ? {
                          groupId: spec.config["group.id"],
                          configStorageTopic: spec.config["config.storage.topic"],
                          offsetStorageTopic: spec.config["offset.storage.topic"],
                          statusStorageTopic: spec.config["status.storage.topic"],
                      }
                    : Object.fromEntries(Object.keys(storage).map((key) => [key, spec[key]]));
            assert.deepEqual(rendered, storage);
        });

        it(`keep labels, annotations and offset operations of a connector under ${version}`, async () => {
            const connector = {
                connectorTemplate: "raw",
                name: "events",
                class: "com.example.Source",
                metadata: { labels: { team: "data" }, annotations: { "example.com/owner": "data" } },
                spec: { listOffsets: { toConfigMap: { name: "offsets" } } },
            };
            const evaluation = await evaluated(raw({}, version, { connectors: [connector] }));
            const [{ spec, metadata }] = objectsOfKind(evaluation, "KafkaConnector");
            assert.deepEqual(violations(schemaAt(schemaOf(version, "KafkaConnector")!, ["spec"]), spec), []);
            assert.deepEqual(spec.listOffsets, { toConfigMap: { name: "offsets" } });
            assert.equal(metadata.labels!.team, "data");
            assert.equal(metadata.labels!["strimzi.io/cluster"], "data-kafka-connect-cluster");
            assert.equal(metadata.annotations!["example.com/owner"], "data");
        });

        it(`reject unknown fields of connect.spec under ${version}, at their path`, () => {
            const spec = { livenessProb: { initialDelaySeconds: 1 }, template: { pod: { tolerationz: [] } } };
            assert.deepEqual(issuesOf(raw({ spec }, version)), [
                ["KCP_INVALID_KUBERNETES_FIELD", "connect.spec.livenessProb"],
                ["KCP_INVALID_KUBERNETES_FIELD", "connect.spec.template.pod.tolerationz"],
            ]);
        });

        it(`reject values of the wrong type and missing fields of connect.spec under ${version}`, () => {
            const spec = { replicas: "3", bootstrapServers: null };
            assert.deepEqual(issuesOf(raw({ spec }, version)), [
                ["KCP_INVALID_KUBERNETES_FIELD", "connect.spec.bootstrapServers"],
                ["KCP_INVALID_KUBERNETES_FIELD", "connect.spec.replicas"],
            ]);
        });

        it(`reject unknown fields of logging, rack and a connector's spec under ${version}`, () => {
            const connectors = [{ connectorTemplate: "raw", name: "x", class: "a.B", spec: { alterOffset: {} } }];
            const logging = { type: "external", valueFrom: { configMap: {} } };
            assert.deepEqual(
                issuesOf(raw({ logging, rack: { topologyKey: "zone", zone: "a" } }, version, { connectors })),
                [
                    ["KCP_INVALID_KUBERNETES_FIELD", "connect.logging.valueFrom.configMap"],
                    ["KCP_INVALID_KUBERNETES_FIELD", "connect.rack.zone"],
                    ["KCP_INVALID_KUBERNETES_FIELD", "connectors.0.spec.alterOffset"],
                ],
            );
        });
    }

    it("reports which generated values connect.spec overrides, and which setting generates them", () => {
        const { warnings } = settingsFrom(
            raw({ spec: { replicas: 3, template: { podDisruptionBudget: null } } }, "1.2.0"),
        );
        assert.deepEqual(warnings.map(codeAndPath), [["KCP_OVERRIDDEN_FIELD", "connect.spec"]]);
        assert.equal(
            warnings[0].message,
            "overrides what other settings generate: replicas (of connect.replicas), template.podDisruptionBudget",
        );
    });

    it("reports nothing where connect.spec only adds fields", () => {
        assert.deepEqual(settingsFrom(raw({ spec: { livenessProbe: { periodSeconds: 5 } } }, "1.2.0")).warnings, []);
    });

    it("warns of an image by tag, not of one by digest", () => {
        const warningsOf = (existing: string) =>
            settingsFrom(raw({}, "1.2.0", { image: { existing } })).warnings.map(codeAndPath);
        assert.deepEqual(warningsOf("registry.example.com:5000/connect:1.4"), [
            ["KCP_MUTABLE_IMAGE", "image.existing"],
        ]);
        assert.deepEqual(warningsOf(`registry.example.com/connect@sha256:${"0".repeat(64)}`), []);
        assert.deepEqual(warningsOf(`registry.example.com/connect:1.4@sha256:${"0".repeat(64)}`), []);
    });

    it("declares the config providers of connect.config beside those of the platform", async () => {
        const connect = {
            config: {
                "config.providers": "vault",
                "config.providers.vault.class": "com.example.VaultConfigProvider",
            },
        };
        const connector = {
            connectorTemplate: "raw",
            name: "x",
            class: "com.example.Sink",
            config: { topics: "a", "connection.password": "${vault:db:password}" },
        };
        const { spec } = await connectOf(
            raw(connect, "0.45.0", { secrets: { provider: "kubernetes" }, connectors: [connector] }),
        );
        assert.equal(spec.config["config.providers"], "secretManager,vault");
    });

    it("leaves Secrets unmounted with kafka.mountForConnectors: false", async () => {
        const kafka = {
            bootstrapServers: "kafka:9093",
            authentication: { type: "tls", secretName: "user" },
            mountForConnectors: false,
        };
        const { spec } = await connectOf(raw({}, "1.2.0", { kafka }));
        assert.equal(spec.template.pod, undefined);
        assert.equal(spec.config["config.providers"], undefined);
        assert.equal(spec.authentication.type, "tls");
    });
});

describe("ACLs of a Connect cluster with its own group id and topics", () => {
    const storage = { groupId: "g", configStorageTopic: "c", offsetStorageTopic: "o", statusStorageTopic: "s" };
    const named = (acls: ReturnType<typeof userAcls>, resource: string) =>
        acls.filter((acl) => acl.resource === resource).map(({ name }) => name);

    it("name that group and those topics", () => {
        const none = { produce: [], consume: [], own: [], mirrored: [], groups: [], sources: ["src"] };
        const acls = connectAcls({ name: "connect", ...storage }, none, true);
        assert.deepEqual(named(acls, "topic"), ["c", "o", "s"]);
        assert.deepEqual(named(acls, "group"), ["g"]);
        assert.deepEqual(named(acls, "transactionalId"), ["connect-cluster-g", "g-src-*"]);
    });

    it("name them for a user that another Connect cluster logs in as", () => {
        const connect = { name: "connect", ...storage, exactlyOnce: true };
        const { kafkaAccess } = settingsFrom(
            minimal({ kafkaAccess: { cluster: "kafka", users: [{ name: "u", connect }] } }),
        );
        const acls = userAcls(kafkaAccess!.users[0]);
        assert.deepEqual(named(acls, "topic"), ["c", "o", "s"]);
        assert.deepEqual(named(acls, "transactionalId"), ["connect-cluster-g", "g-*"]);
    });
});

describe("a JSON Merge Patch", () => {
    const from = { a: 1, b: { c: [1, 2], d: "x" }, e: { f: 1 } };
    const to = { a: 1, b: { c: [1, 3], g: true }, h: { i: {} } };

    it("made of two objects turns one into the other", () => {
        const patch = createMergePatch(from, to);
        assert.deepEqual(patch, { b: { c: [1, 3], d: null, g: true }, e: null, h: { i: {} } });
        assert.deepEqual(applyMergePatch(from, patch), to);
    });

    it("is empty for equal objects whose keys are in another order", () => {
        assert.deepEqual(createMergePatch({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }), {});
    });

    it("lists the paths that it replaces or removes, not those that it adds", () => {
        assert.deepEqual(replacedPaths(from, { a: 1, b: { c: null, n: 1 }, x: {} }), [["b", "c"]]);
    });
});
