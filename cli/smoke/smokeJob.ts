/** The smoke test as a Job in the cluster: one record written and read back by Kafka's own console clients. Pure. */
import type { Settings } from "../../src/stack/settings";
import { connectBaseImage } from "../../src/release/releases";
import { restricted } from "../../src/util/pod";
import { propertiesText } from "../../src/util/properties";
import type { SmokePlan } from "./smokePlan";

const mounts = { user: "/mnt/user", ca: "/mnt/ca" };

/** How the console clients log in; the certificates are read from the mounted Secrets. */
export function clientProperties({ login }: SmokePlan): Record<string, string> {
    if (!login) return {};
    const tls = login.authentication === "tls";
    return {
        "config.providers": "dir",
        "config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
        "security.protocol": tls ? "SSL" : "SASL_SSL",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.certificates": `\${dir:${mounts.ca}:ca.crt}`,
        ...(tls
            ? {
                  "ssl.keystore.type": "PEM",
                  "ssl.keystore.certificate.chain": `\${dir:${mounts.user}:user.crt}`,
                  "ssl.keystore.key": `\${dir:${mounts.user}:user.key}`,
              }
            : { "sasl.mechanism": "SCRAM-SHA-512", "sasl.jaas.config": `\${dir:${mounts.user}:sasl.jaas.config}` }),
    };
}

/** Writes one unique record and reads the topic. `grep` fails when the record is not among what is read. */
export const smokeScript = `set -eu
printf '%s' "$CLIENT_PROPERTIES" > /tmp/client.properties
record="smoke $(date +%s%N)"
echo "writing \\"$record\\" to $TOPIC"
echo "$record" | "$KAFKA_HOME/bin/kafka-console-producer.sh" --bootstrap-server "$BOOTSTRAP_SERVERS" \\
  --topic "$TOPIC" --producer.config /tmp/client.properties
"$KAFKA_HOME/bin/kafka-console-consumer.sh" --bootstrap-server "$BOOTSTRAP_SERVERS" --topic "$TOPIC" --group "$GROUP" \\
  --from-beginning --timeout-ms 20000 --consumer.config /tmp/client.properties | grep -xF "$record"
echo "read it back in group $GROUP"
`;

/** The Job. */
export function smokeJob(settings: Pick<Settings, "release" | "strimzi">, plan: SmokePlan, name: string) {
    const volumes = [
        { name: "tmp", mountPath: "/tmp", source: { emptyDir: {} } },
        ...(plan.login
            ? [
                  { name: "user", mountPath: mounts.user, source: { secret: { secretName: plan.login.user } } },
                  { name: "ca", mountPath: mounts.ca, source: { secret: { secretName: plan.login.caSecret } } },
              ]
            : []),
    ];
    const env = {
        BOOTSTRAP_SERVERS: plan.bootstrapServers,
        TOPIC: plan.topic,
        GROUP: plan.group,
        CLIENT_PROPERTIES: propertiesText(clientProperties(plan)),
        KAFKA_HOME: "/opt/kafka",
    };
    return {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: {
            name,
            namespace: plan.namespace,
            labels: { "app.kubernetes.io/part-of": "kafka-connect-platform", "app.kubernetes.io/name": "smoke" },
        },
        spec: {
            backoffLimit: 0,
            // what is left of it goes by itself, a day later
            ttlSecondsAfterFinished: 86400,
            template: {
                spec: {
                    restartPolicy: "Never",
                    automountServiceAccountToken: false,
                    containers: [
                        {
                            name: "smoke",
                            image: connectBaseImage(settings.release, settings.strimzi.kafkaVersion),
                            command: ["bash", "-o", "pipefail", "-c", smokeScript],
                            env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
                            securityContext: restricted,
                            volumeMounts: volumes.map(({ name: volume, mountPath }) => ({ name: volume, mountPath })),
                        },
                    ],
                    volumes: volumes.map(({ name: volume, source }) => ({ name: volume, ...source })),
                },
            },
        },
    };
}
