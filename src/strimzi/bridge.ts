/** Strimzi's HTTP bridge as a sidecar: its properties and the pod around it. Pure. */
import type { HttpBridgeSettings } from "../schema/httpBridge";
import { compact, sha256 } from "../util/data";
import { restricted, selectorOf } from "../util/pod";
import { mergePodTemplate } from "../util/podTemplate";
import { propertiesText } from "../util/properties";
import type { StrimziRelease } from "../release/releases";

/**
 * Port of the bridge's API on loopback: containers of the pod use it without a login, and nothing else can reach it.
 */
export const bridgePort = 8080;
const propertiesFile = "bridge.properties";
const mounts = { config: "/mnt/bridge-config", user: "/mnt/bridge-user", ca: "/mnt/bridge-ca" };

/** The bridge's Kafka cluster, and the Secrets that it logs in with. */
export interface BridgeKafka {
    bootstrapServers: string;
    userSecret: string;
    caSecret: string;
}

/** Image of the bridge that belongs to a Strimzi release. */
export const bridgeImage = (release: StrimziRelease): string => `quay.io/strimzi/kafka-bridge:${release.bridgeVersion}`;

/** References to the certificates: files of the mounted Secrets, which change on renewal, or environment variables. */
const reference = {
    directory: {
        certificate: `\${dir:${mounts.user}:user.crt}`,
        key: `\${dir:${mounts.user}:user.key}`,
        ca: `\${dir:${mounts.ca}:ca.crt}`,
    },
    env: { certificate: "${env:USER_CRT}", key: "${env:USER_KEY}", ca: "${env:CA_CRT}" },
} as const;

/** The bridge's properties. They contain references instead of secrets. */
export function bridgeProperties(
    bridge: HttpBridgeSettings,
    kafka: BridgeKafka,
    release: StrimziRelease,
): Record<string, string> {
    const from = reference[bridge.certificates];
    const provider: Record<string, string> =
        bridge.certificates === "directory"
            ? {
                  "kafka.config.providers": "dir",
                  "kafka.config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                  "kafka.config.providers.dir.param.allowed.paths": `${mounts.user},${mounts.ca}`,
              }
            : {
                  "kafka.config.providers": "env",
                  "kafka.config.providers.env.class": "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                  "kafka.config.providers.env.param.allowlist.pattern": "USER_CRT|USER_KEY|CA_CRT",
              };
    return {
        "bridge.id": bridge.name,
        "http.host": "127.0.0.1",
        "http.port": String(bridgePort),
        ...(release.bridgeManagementPort === bridgePort
            ? {}
            : { "http.management.port": String(release.bridgeManagementPort) }),
        ...provider,
        "kafka.bootstrap.servers": kafka.bootstrapServers,
        "kafka.security.protocol": "SSL",
        "kafka.ssl.keystore.type": "PEM",
        "kafka.ssl.keystore.certificate.chain": from.certificate,
        "kafka.ssl.keystore.key": from.key,
        "kafka.ssl.truststore.type": "PEM",
        "kafka.ssl.truststore.certificates": from.ca,
        "kafka.ssl.endpoint.identification.algorithm": "HTTPS",
        "kafka.producer.acks": "all",
        "kafka.consumer.auto.offset.reset": "earliest",
        // a consumer that its program did not delete would keep its partitions
        "http.timeoutSeconds": "300",
        ...Object.fromEntries(Object.entries(bridge.config).map(([key, value]) => [key, String(value)])),
    };
}

/** The ConfigMap's data. */
export const bridgeConfigData = (properties: Readonly<Record<string, string>>): Record<string, string> => ({
    [propertiesFile]: propertiesText(properties),
});

/** A probe that runs in the bridge's container, because the kubelet cannot reach loopback. */
const probe = (port: number, path: string, times: Record<string, number>) => ({
    exec: { command: ["curl", "--fail", "--silent", "--max-time", "3", `http://127.0.0.1:${port}${path}`] },
    timeoutSeconds: 5,
    ...times,
});

/** The `spec` of the Deployment. It contains a digest of the properties, so that changing them restarts the pods. */
export function bridgeDeployment(
    bridge: HttpBridgeSettings,
    kafka: BridgeKafka,
    release: StrimziRelease,
    configMap: string,
) {
    const properties = bridgeProperties(bridge, kafka, release);
    const port = release.bridgeManagementPort;
    const selector = selectorOf("http-bridge", bridge.name);
    const fromSecret = (name: string, secret: string, key: string) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key } },
    });
    const mounted = bridge.certificates === "directory";
    const volumes = [
        { name: "bridge-config", mountPath: mounts.config, source: { configMap: { name: configMap } } },
        ...(mounted
            ? [
                  { name: "bridge-user", mountPath: mounts.user, source: { secret: { secretName: kafka.userSecret } } },
                  { name: "bridge-ca", mountPath: mounts.ca, source: { secret: { secretName: kafka.caSecret } } },
              ]
            : []),
        { name: "bridge-tmp", mountPath: "/tmp", source: { emptyDir: { sizeLimit: "64Mi" } } },
    ];
    const sidecar = compact({
        name: "bridge",
        image: bridge.image ?? bridgeImage(release),
        command: ["/opt/strimzi/bin/kafka_bridge_run.sh", "--config-file", `${mounts.config}/${propertiesFile}`],
        env: mounted
            ? []
            : [
                  fromSecret("USER_CRT", kafka.userSecret, "user.crt"),
                  fromSecret("USER_KEY", kafka.userSecret, "user.key"),
                  fromSecret("CA_CRT", kafka.caSecret, "ca.crt"),
              ],
        resources: bridge.resources,
        // allows two minutes, so that a slow start on a busy node does not restart the container
        startupProbe: probe(port, "/healthy", { periodSeconds: 2, failureThreshold: 60 }),
        livenessProbe: probe(port, "/healthy", { periodSeconds: 10, failureThreshold: 3 }),
        readinessProbe: probe(port, "/ready", { periodSeconds: 5, failureThreshold: 3 }),
        securityContext: { ...restricted, readOnlyRootFilesystem: true },
        volumeMounts: volumes.map(({ name, mountPath }) => ({
            name,
            mountPath,
            ...(name === "bridge-tmp" ? {} : { readOnly: true }),
        })),
    });
    return {
        replicas: bridge.replicas,
        selector: { matchLabels: selector },
        template: mergePodTemplate(
            {
                metadata: {
                    labels: { ...bridge.labels, ...selector },
                    annotations: { "checksum/bridge.properties": sha256(propertiesText(properties)) },
                },
                spec: {
                    // neither container uses the API server
                    automountServiceAccountToken: false,
                    containers: [{ name: "main", securityContext: restricted, ...bridge.main }, sidecar],
                    volumes: volumes.map(({ name, source }) => ({ name, ...source })),
                },
            },
            bridge.template,
            selector,
        ),
    };
}

/** The `spec` of the pods' disruption budget: one pod at a time, for a bridge of several. */
export const bridgeDisruptionBudget = (bridge: Pick<HttpBridgeSettings, "name">) => ({
    maxUnavailable: 1,
    selector: { matchLabels: selectorOf("http-bridge", bridge.name) },
});
