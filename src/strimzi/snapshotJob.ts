/** The Job that asks a connector for incremental snapshots: `pulumi up` reaches the API server and not Kafka. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import { compact, sha256 } from "../util/data";
import { restricted } from "../util/pod";
import { propertiesText } from "../util/properties";
import { clientSecurity, kafkaFilesProvider, kafkaFilesProviderConfig, kafkaSecretMounts } from "./kafkaClient";
import { snapshotScript, type SnapshotEnvironment } from "./snapshotScript";

/** The items of a connector's include list. A comma within an expression is escaped. */
export const includedTables = (config: Readonly<Record<string, unknown>>): string[] =>
    String(config["table.include.list"] ?? config["collection.include.list"] ?? "")
        .split(/(?<!\\),/)
        .map((item) => item.trim())
        .filter(Boolean);

/** Whether a connector takes signals from Kafka, and reports what it makes of them. */
export const takesSignals = ({ config }: { config: Readonly<Record<string, unknown>> }): boolean =>
    /(^|,)\s*kafka\s*(,|$)/.test(String(config["signal.enabled.channels"] ?? "")) &&
    config["notification.sink.topic.name"] !== undefined;

/** What a run is for. */
export interface SnapshotRequest {
    /** Items of the include list to read again; none to read those that were added. */
    again: readonly string[];
    /** Seconds to wait for the end of the snapshot. */
    waitSeconds: number;
}

/** The environment of the script, but for where Kafka and its tools are. */
export const snapshotEnvironment = (
    { config }: Pick<ResolvedConnector, "config">,
    { again, waitSeconds }: SnapshotRequest,
): Omit<SnapshotEnvironment, "BOOTSTRAP_SERVERS" | "CLIENT_PROPERTIES" | "KAFKA_HOME"> => ({
    SIGNAL_TOPIC: String(config["signal.kafka.topic"]),
    NOTIFICATION_TOPIC: String(config["notification.sink.topic.name"]),
    TOPIC_PREFIX: String(config["topic.prefix"]),
    TABLES: includedTables(config).join("\n"),
    AGAIN: again.join("\n"),
    START_SECONDS: "120",
    WAIT_SECONDS: String(waitSeconds),
});

/** What a Job is made from. `image` can be an output of another resource. */
export interface SnapshotJobInput {
    connector: Pick<ResolvedConnector, "name" | "config">;
    connect: Pick<ConnectSettings, "name" | "namespace" | "imagePullSecrets" | "tolerations">;
    kafka: KafkaSettings;
    image: unknown;
    request: SnapshotRequest;
}

/** Name of a Job: another one whenever the tables, or what is asked for, change. */
export function snapshotJobName(connector: string, environment: Readonly<Record<string, string>>, run = ""): string {
    const digest = sha256(JSON.stringify([connector, environment.TABLES, environment.AGAIN, run])).slice(0, 8);
    const name = connector.slice(0, 40).replace(/\./g, "-").replace(/-+$/, "");
    return `${name}-snapshot-${digest}`;
}

/** The Job. It logs in to Kafka as the workers do, and with their service account where that is an AWS role. */
export function snapshotJob({ connector, connect, kafka, image, request }: SnapshotJobInput, run?: string) {
    const environment = snapshotEnvironment(connector, request);
    const mounts = kafkaSecretMounts(kafka);
    const client = { ...kafkaFilesProviderConfig(kafka), ...clientSecurity(kafka) };
    const provider: Record<string, string> = mounts.length > 0 ? { "config.providers": kafkaFilesProvider } : {};
    const env: SnapshotEnvironment = {
        BOOTSTRAP_SERVERS: kafka.bootstrapServers,
        CLIENT_PROPERTIES: propertiesText({ ...provider, ...client }),
        KAFKA_HOME: "/opt/kafka",
        ...environment,
    };
    const usesRole = kafka.authentication.type === "aws-msk-iam";
    return {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: {
            name: snapshotJobName(connector.name, environment, run),
            namespace: connect.namespace,
            labels: { "app.kubernetes.io/part-of": "kafka-connect-platform", "app.kubernetes.io/name": "snapshot" },
        },
        spec: {
            backoffLimit: 0,
            template: {
                spec: compact({
                    restartPolicy: "Never",
                    automountServiceAccountToken: false,
                    serviceAccountName: usesRole ? `${connect.name}-connect` : undefined,
                    imagePullSecrets: connect.imagePullSecrets.map((name) => ({ name })),
                    tolerations: connect.tolerations,
                    containers: [
                        {
                            name: "snapshot",
                            image,
                            command: ["bash", "-o", "pipefail", "-c", snapshotScript],
                            env: Object.entries(env).map(([name, value]) => ({ name, value })),
                            securityContext: restricted,
                            volumeMounts: [
                                { name: "tmp", mountPath: "/tmp" },
                                ...mounts.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
                            ],
                        },
                    ],
                    volumes: [
                        { name: "tmp", emptyDir: {} },
                        ...mounts.map(({ name, secretName }) => ({ name, secret: { secretName } })),
                    ],
                }),
            },
        },
    };
}
