import assert from "node:assert/strict";
import { isFaithful } from "../../src/import/report";
import {
    differencesOf,
    importFiles,
    importObjects,
    kafkaConnect,
    kafkaConnector,
    notesOf,
    type Fields,
} from "../support/imports";

/**
 * Forms of KafkaConnects and connectors that public repositories have; docs/move-in.md lists where each was seen. Every
 * case is written for this test and has the features of the original, not its content.
 */

const storage = {
    "group.id": "connect-cluster",
    "offset.storage.topic": "connect-offsets",
    "config.storage.topic": "connect-configs",
    "status.storage.topic": "connect-status",
};
const json = "org.apache.kafka.connect.json.JsonConverter";
const fileProvider = {
    "config.providers": "file",
    "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
};
const caCertificate = { trustedCertificates: [{ secretName: "cluster-ca", certificate: "ca.crt" }] };
const source = "com.example.ExampleSource";

/** Objects that a stack takes over without any difference. */
const identical: Readonly<Record<string, readonly Fields[]>> = {
    "a group id and topics that are not derived from the name": [kafkaConnect({ config: storage })],
    "no group id and no topics": [kafkaConnect({ config: { "key.converter": json } })],
    "no configuration at all": [kafkaConnect({})],
    "neither version nor replicas": [kafkaConnect({ replicas: undefined, config: storage })],
    "replication factors of -1": [
        kafkaConnect({
            version: "3.9.0",
            config: {
                ...storage,
                "config.storage.replication.factor": -1,
                "offset.storage.replication.factor": -1,
                "status.storage.replication.factor": -1,
            },
        }),
    ],
    "a Kafka version that Strimzi no longer runs": [kafkaConnect({ version: "3.4.0", config: storage })],
    "an image by tag, and a file provider with an external configuration": [
        kafkaConnect({
            image: "registry.example.com:5000/team/connect:1.1.3",
            config: { ...storage, ...fileProvider },
            externalConfiguration: { volumes: [{ name: "login", secret: { secretName: "database-login" } }] },
        }),
    ],
    "Strimzi's build with a push secret, and imagePullSecrets": [
        kafkaConnect({
            version: "3.9.0",
            config: storage,
            build: {
                output: { type: "docker", image: "registry.example.com/connect:latest", pushSecret: "push" },
                plugins: [
                    {
                        name: "sink",
                        artifacts: [
                            { type: "maven", group: "com.example", artifact: "sink", version: "1.0" },
                            { type: "zip", url: "https://example.com/sink.zip", sha512sum: "0".repeat(128) },
                        ],
                    },
                ],
            },
            template: { pod: { imagePullSecrets: [{ name: "pull" }] } },
        }),
    ],
    "a build into an OpenShift image stream": [
        kafkaConnect({
            config: storage,
            build: {
                output: { type: "imagestream", image: "connect:latest" },
                plugins: [{ name: "s3", artifacts: [{ type: "tgz", url: "https://example.com/s3.tar.gz" }] }],
            },
        }),
    ],
    "TLS with a pattern, SCRAM login": [
        kafkaConnect({
            bootstrapServers: "kafka:9093",
            tls: { trustedCertificates: [{ secretName: "cluster-ca", pattern: "*.crt" }] },
            authentication: {
                type: "scram-sha-512",
                username: "connect",
                passwordSecret: { secretName: "connect", password: "password" },
            },
            config: storage,
        }),
    ],
    "TLS with a client certificate": [
        kafkaConnect({
            bootstrapServers: "kafka:9093",
            tls: caCertificate,
            authentication: {
                type: "tls",
                certificateAndKey: { secretName: "connect", certificate: "user.crt", key: "user.key" },
            },
            config: storage,
        }),
    ],
    "plain login of Azure Event Hubs, an empty list of certificates": [
        kafkaConnect({
            bootstrapServers: "example.servicebus.windows.net:9093",
            tls: { trustedCertificates: [] },
            authentication: {
                type: "plain",
                username: "$ConnectionString",
                passwordSecret: { secretName: "eventhubs", password: "connection" },
            },
            config: storage,
        }),
    ],
    "an OAuth login, which only the escape hatch has": [
        kafkaConnect({
            tls: caCertificate,
            authentication: {
                type: "oauth",
                tokenEndpointUri: "https://login.example.com/token",
                clientId: "connect",
                clientSecret: { secretName: "oauth", key: "secret" },
            },
            config: storage,
        }),
    ],
    "probes, JVM options, resources and metrics of the user's": [
        kafkaConnect({
            config: storage,
            readinessProbe: { initialDelaySeconds: 10, periodSeconds: 3, failureThreshold: 5 },
            livenessProbe: { initialDelaySeconds: 60 },
            resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
            jvmOptions: {
                "-Xms": "1g",
                "-Xmx": "2g",
                "-XX": { UseG1GC: "true" },
                gcLoggingEnabled: true,
                javaSystemProperties: [{ name: "java.library.path", value: "/opt/lib" }],
            },
            metricsConfig: {
                type: "jmxPrometheusExporter",
                valueFrom: { configMapKeyRef: { name: "connect-metrics", key: "metrics.yml" } },
            },
        }),
    ],
    "environment variables, a read-only file system and volumes": [
        kafkaConnect({
            config: storage,
            template: {
                connectContainer: {
                    env: [
                        { name: "LD_LIBRARY_PATH", value: "/opt/lib:$LD_LIBRARY_PATH" },
                        { name: "REGION", valueFrom: { configMapKeyRef: { name: "region", key: "name" } } },
                    ],
                    securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
                    volumeMounts: [{ name: "login", mountPath: "/mnt/login" }],
                },
                pod: {
                    volumes: [{ name: "login", configMap: { name: "login" } }],
                    securityContext: { runAsNonRoot: true },
                    terminationGracePeriodSeconds: 120,
                    hostAliases: [{ ip: "10.0.0.1", hostnames: ["database"] }],
                    metadata: { annotations: { product: "connect" }, labels: { team: "data" } },
                },
                podDisruptionBudget: { maxUnavailable: 0 },
            },
        }),
    ],
    "inline logging, rack awareness and tracing": [
        kafkaConnect({
            config: storage,
            logging: { type: "inline", loggers: { "log4j.rootLogger": "WARN" } },
            rack: { topologyKey: "topology.kubernetes.io/zone" },
            tracing: { type: "opentelemetry" },
            clientRackInitImage: "registry.example.com/rack:1",
        }),
    ],
    "external logging, affinity, tolerations and a spread of the pods": [
        kafkaConnect({
            config: storage,
            logging: { type: "external", valueFrom: { configMapKeyRef: { name: "logging", key: "log4j" } } },
            template: {
                pod: {
                    affinity: { nodeAffinity: {} },
                    tolerations: [{ key: "kafka", operator: "Exists" }],
                    topologySpreadConstraints: [
                        { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" },
                    ],
                    priorityClassName: "high",
                },
            },
        }),
    ],
    "labels of Helm and annotations of Argo CD": [
        kafkaConnect(
            { config: storage },
            {
                labels: { "app.kubernetes.io/managed-by": "Helm", "helm.sh/chart": "connect-1.0" },
                annotations: {
                    "strimzi.io/use-connector-resources": "true",
                    "argocd.argoproj.io/sync-wave": "2",
                    "kubectl.kubernetes.io/last-applied-configuration": "{}",
                },
            },
        ),
    ],
    "the API of Strimzi 1.x, with plugins as image volumes": [
        kafkaConnect(
            {
                version: "4.2.0",
                groupId: "connect-cluster",
                configStorageTopic: "connect-configs",
                offsetStorageTopic: "connect-offsets",
                statusStorageTopic: "connect-status",
                config: { "key.converter": json, "value.converter": json },
                plugins: [{ name: "sink", artifacts: [{ type: "image", reference: "registry.example.com/sink:1" }] }],
            },
            {},
            "kafka.strimzi.io/v1",
        ),
    ],
    "the old API v1beta1": [kafkaConnect({ config: storage }, {}, "kafka.strimzi.io/v1beta1")],
    "a connector without tasksMax, with autoRestart": [
        kafkaConnect({ config: storage }),
        kafkaConnector({
            class: source,
            autoRestart: { enabled: true, maxRestarts: 10 },
            config: { "batch.size": 500, "poll.enabled": true, name_of: "x" },
        }),
    ],
    "a paused connector with a class of Kafka": [
        kafkaConnect({ config: storage }),
        kafkaConnector({
            class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
            tasksMax: 2,
            state: "paused",
            config: { file: "/tmp/a", topic: "a" },
        }),
    ],
    "a connector with references to files, labels and annotations": [
        kafkaConnect({ config: { ...storage, ...fileProvider } }),
        kafkaConnector(
            {
                class: source,
                tasksMax: 1,
                config: {
                    "db.user": "${file:/opt/login.properties:user}",
                    "db.password": "${file:/opt/login.properties:pw}",
                },
            },
            {
                labels: { "strimzi.io/cluster": "old-connect", team: "data" },
                annotations: { "strimzi.io/restart": "false" },
            },
        ),
    ],
    "a connector that alters its offsets": [
        kafkaConnect({ config: storage }),
        kafkaConnector({
            class: source,
            tasksMax: 1,
            state: "stopped",
            alterOffsets: { fromConfigMap: { name: "offsets" } },
            config: { topic: "a" },
        }),
    ],
};

describe("the import of forms found in public repositories", () => {
    for (const [name, objects] of Object.entries(identical))
        it(`is identical for ${name}`, async () => {
            const stack = await importObjects(objects);
            assert.deepEqual(differencesOf(stack), []);
            assert.deepEqual(notesOf(stack, "missing"), []);
            assert.deepEqual(notesOf(stack, "difference"), []);
            assert.equal(stack.complete, true);
            assert.equal(isFaithful(stack), true);
        });

    it("reports that Strimzi will manage connectors that were created through the REST API", async () => {
        const stack = await importObjects([kafkaConnect({ config: storage }, { annotations: {} })]);
        assert.deepEqual(differencesOf(stack), [
            "KafkaConnect: metadata/annotations/strimzi.io/use-connector-resources",
        ]);
    });

    it("is identical for a class alias, which becomes the name of the class", async () => {
        const config = { file: "/tmp/a", topic: "a" };
        const stack = await importObjects([
            kafkaConnect({ config: storage }),
            kafkaConnector({ class: "FileStreamSource", tasksMax: 1, config }),
        ]);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("leaves out and reports fields that the CRD does not have", async () => {
        const logging = { type: "external", name: "old-field" };
        const stack = await importObjects([kafkaConnect({ config: storage, logging, imagePullPolicy: "Always" })]);
        assert.deepEqual(notesOf(stack, "difference"), ["connect", "connect"]);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("leaves out and reports configuration that Strimzi ignores", async () => {
        const stack = await importObjects([
            kafkaConnect({ config: { ...storage, "plugin.path": "/x", "rest.port": 1 } }),
        ]);
        assert.deepEqual(notesOf(stack, "difference"), ["connect.config", "connect.config"]);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("turns literal credentials of a Debezium source into references, and keeps keys of older versions", async () => {
        const stack = await importObjects([
            kafkaConnect({ config: { ...storage, ...fileProvider } }),
            kafkaConnector({
                class: "io.debezium.connector.postgresql.PostgresConnector",
                tasksMax: 1,
                config: {
                    "database.hostname": "postgres",
                    "database.password": "not-to-be-shown",
                    "topic.prefix": "shop",
                    "plugin.name": "pgoutput",
                    "slot.name": "shop",
                    "heartbeat.interval.ms": 10000,
                    "database.server.name": "shop",
                    "table.whitelist": "public.demo",
                },
            }),
        ]);
        assert.doesNotMatch(JSON.stringify([stack.text, stack.notes]), /not-to-be-shown/);
        assert.match(stack.text, /database\.password: \$\{secretManager:data\/orders:DATABASE_PASSWORD\}/);
        assert.deepEqual([...stack.secrets], [["data/orders", new Set(["DATABASE_PASSWORD"])]]);
        assert.deepEqual(notesOf(stack, "warning").sort(), ["connectors.0.config.table.whitelist"]);
        assert.deepEqual(differencesOf(stack), [
            "KafkaConnect: spec/config/config.providers",
            "KafkaConnect: spec/config/config.providers.secretManager.class",
        ]);
    });

    it("takes over topics, and users with one rule per operation", async () => {
        const labels = { "strimzi.io/cluster": "my-cluster" };
        const rule = (name: string, operation: string) => ({ resource: { type: "topic", name }, operation });
        const stack = await importObjects([
            {
                apiVersion: "kafka.strimzi.io/v1beta2",
                kind: "KafkaTopic",
                metadata: {
                    name: "orders",
                    namespace: "kafka",
                    labels,
                    annotations: { "argocd.argoproj.io/sync-wave": "2" },
                },
                spec: { partitions: 3, replicas: 2, config: { "retention.ms": 7200000 } },
            },
            {
                apiVersion: "kafka.strimzi.io/v1beta2",
                kind: "KafkaUser",
                metadata: { name: "connect", namespace: "kafka", labels: { ...labels, team: "shop" } },
                spec: {
                    authentication: { type: "tls" },
                    authorization: {
                        type: "simple",
                        acls: [
                            rule("orders", "Read"),
                            rule("orders", "Describe"),
                            rule("orders", "Describe"),
                            {
                                resource: { type: "group", name: "connect-", patternType: "prefix" },
                                operations: ["Read"],
                            },
                        ],
                    },
                },
            },
        ]);
        assert.deepEqual(differencesOf(stack), []);
        assert.equal(stack.complete, true);
    });

    it("takes over a KafkaBridge with the name of a key in a Secret, and the template of a KafkaRebalance", async () => {
        const apiVersion = "kafka.strimzi.io/v1beta2";
        const passwordSecret = { secretName: "bridge", password: "password" };
        const stack = await importObjects([
            kafkaConnect({ config: storage }),
            {
                apiVersion,
                kind: "KafkaBridge",
                metadata: { name: "bridge", namespace: "kafka" },
                spec: {
                    replicas: 1,
                    bootstrapServers: "kafka:9093",
                    authentication: { type: "scram-sha-512", username: "bridge", passwordSecret },
                },
            },
            {
                apiVersion,
                kind: "KafkaRebalance",
                metadata: {
                    name: "template",
                    namespace: "kafka",
                    annotations: { "strimzi.io/rebalance-template": "true" },
                },
                spec: { mode: "add-brokers" },
            },
        ]);
        assert.deepEqual(notesOf(stack, "missing"), []);
        assert.deepEqual(differencesOf(stack), []);
    });

    it("takes connectors from JSON and properties files, and marks what these cannot have", async () => {
        const config = { "connector.class": source, "tasks.max": "2", topic: "orders" };
        const stack = await importFiles({
            "a.json": JSON.stringify({ name: "orders", config }),
            "b.json": JSON.stringify({ name: "flat", ...config }),
            "c.properties": "# comment\nname = props\nconnector.class=com.example.ExampleSource\ntopic : a\\\n  b\n",
        });
        assert.ok(notesOf(stack, "missing").every((at) => at === "kafka.bootstrapServers"));
        assert.equal(stack.complete, false);
        assert.match(stack.text, /# MISSING: .*bootstrap servers/);
        const complete = await importFiles(
            { "a.json": JSON.stringify({ name: "orders", config }) },
            { bootstrapServers: "kafka:9092" },
        );
        assert.equal(complete.complete, true);
        assert.deepEqual(differencesOf(complete), []);
    });
});
