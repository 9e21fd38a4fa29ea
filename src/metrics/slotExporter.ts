/**
 * The Deployment of Prometheus' postgres_exporter for one PostgreSQL server: replication slots are not in JMX. Pure.
 * @see https://github.com/prometheus-community/postgres_exporter
 */
import type { SlotExporterSettings } from "../schema/metrics";
import { compact } from "../util/data";
import { restricted, selectorOf } from "../util/pod";

/** One PostgreSQL server. */
export type SlotExporterServer = SlotExporterSettings["servers"][number];

/** Label `app.kubernetes.io/name` of the pods. */
export const slotExporterName = "postgres-slot-exporter";

/** Port of the metrics. */
export const slotExporterPort = 9187;

/** Collectors that are on by default in 0.20 and read other things than slots: some have series for each table. */
const otherCollectors = [
    "database",
    "locks",
    "replication",
    "roles",
    "settings",
    "stat_activity",
    "stat_archiver",
    "stat_bgwriter",
    "stat_database",
    "stat_progress_vacuum",
    "stat_replication",
    "stat_user_tables",
    "statio_user_tables",
    "wal",
];

/** The arguments with which only the metrics of slots are served. */
export const slotExporterArguments: readonly string[] = [
    "--disable-default-metrics",
    ...otherCollectors.map((name) => `--no-collector.${name}`),
];

const caFolder = "/mnt/ca";

/** The address of the server, without its login. */
const dataSource = ({ port, database, tls, caSecretName }: SlotExporterServer): string => {
    const encrypted = caSecretName ? `verify-full&sslrootcert=${caFolder}/ca.crt` : "require";
    return `$(DATABASE_HOST):${port}/${database}?sslmode=${tls ? encrypted : "disable"}`;
};

/** Name of the Deployment. */
export const slotExporterDeploymentName = ({ name }: SlotExporterServer): string => `${slotExporterName}-${name}`;

/** The `spec` of the Deployment. */
export function slotExporterDeployment(image: string, server: SlotExporterServer) {
    const { secretName, hostKey, usernameKey, passwordKey, caSecretName } = server;
    const selector = selectorOf(slotExporterName, server.name);
    const fromSecret = (key: string) => ({ secretKeyRef: { name: secretName, key } });
    return {
        replicas: 1,
        selector: { matchLabels: selector },
        template: {
            metadata: {
                labels: selector,
                annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": String(slotExporterPort) },
            },
            spec: compact({
                automountServiceAccountToken: false,
                containers: [
                    compact({
                        name: "exporter",
                        image,
                        args: slotExporterArguments,
                        env: [
                            { name: "DATABASE_HOST", valueFrom: fromSecret(hostKey) },
                            { name: "DATA_SOURCE_USER", valueFrom: fromSecret(usernameKey) },
                            { name: "DATA_SOURCE_PASS", valueFrom: fromSecret(passwordKey) },
                            { name: "DATA_SOURCE_URI", value: dataSource(server) },
                        ],
                        ports: [{ name: "metrics", containerPort: slotExporterPort }],
                        readinessProbe: { httpGet: { path: "/", port: slotExporterPort } },
                        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
                        // the user of the image is a name, of which the kubelet cannot know that it is not root
                        securityContext: { ...restricted, runAsUser: 65534, readOnlyRootFilesystem: true },
                        volumeMounts: caSecretName ? [{ name: "ca", mountPath: caFolder, readOnly: true }] : [],
                    }),
                ],
                volumes: caSecretName ? [{ name: "ca", secret: { secretName: caSecretName } }] : [],
            }),
        },
    };
}
