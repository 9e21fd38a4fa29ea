/**
 * How a Kafka client inside the workers, such as Debezium's schema history, logs in to the same Kafka as the workers.
 * Strimzi configures only the workers' own clients, and where it stores their credentials differs between versions. So
 * the Secrets are mounted a second time and read with Kafka's DirectoryConfigProvider. Pure.
 */
import { mskIamProperties } from "../connectors/mskIam";
import type { KafkaSettings } from "../schema/kafka";

/** Name of the provider that reads the mounted files. */
export const kafkaFilesProvider = "kafkaFiles";
const mountRoot = "/mnt/kafka";

/** A Secret to be mounted into the workers for such clients. */
export interface SecretMount {
    name: string;
    secretName: string;
    mountPath: string;
}

const distinct = <T>(items: T[]): T[] => [...new Set(items)];

/** The Secrets to mount; none where Kafka needs no certificate and no login. */
export function kafkaSecretMounts(kafka: KafkaSettings): SecretMount[] {
    const { authentication, tls } = kafka;
    if (kafka.mountForConnectors === false) return [];
    const names = distinct([
        ...(tls?.trustedCertificates ?? []).map((item) => item.secretName),
        ...(authentication.secretName ? [authentication.secretName] : []),
    ]);
    return names.map((secretName, index) => ({
        name: `kafka-client-${index}`,
        secretName,
        mountPath: `${mountRoot}/${secretName}`,
    }));
}

const fileIn = (secretName: string, key: string): string =>
    `\${${kafkaFilesProvider}:${mountRoot}/${secretName}:${key}}`;

/** The provider's declaration in the worker configuration; empty where nothing is mounted. */
export function kafkaFilesProviderConfig(kafka: KafkaSettings): Record<string, string> {
    if (kafkaSecretMounts(kafka).length === 0) return {};
    return {
        [`config.providers.${kafkaFilesProvider}.class`]:
            "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
        [`config.providers.${kafkaFilesProvider}.param.allowed.paths`]: mountRoot,
    };
}

/** Whether the connection is encrypted. The IAM listener of MSK always is. */
export const usesTls = (kafka: KafkaSettings): boolean =>
    kafka.tls !== undefined || kafka.authentication.type === "aws-msk-iam" || kafka.authentication.type === "tls";

/** The properties of the client; empty for plaintext without a login. */
export function clientSecurity(kafka: KafkaSettings): Record<string, string> {
    const { authentication: auth, tls } = kafka;
    const sasl = auth.type !== "none" && auth.type !== "tls";
    const properties: Record<string, string> = {};
    if (sasl || usesTls(kafka))
        properties["security.protocol"] = `${sasl ? "SASL_" : ""}${usesTls(kafka) ? "SSL" : "PLAINTEXT"}`;
    const trusted = tls?.trustedCertificates ?? [];
    if (trusted.length > 0) {
        properties["ssl.truststore.type"] = "PEM";
        properties["ssl.truststore.certificates"] = trusted
            .map((item) => fileIn(item.secretName, item.certificate))
            .join("\n");
    }
    if (auth.type === "tls" && auth.secretName) {
        properties["ssl.keystore.type"] = "PEM";
        properties["ssl.keystore.certificate.chain"] = fileIn(auth.secretName, auth.certificateKey);
        properties["ssl.keystore.key"] = fileIn(auth.secretName, auth.privateKeyKey);
    }
    if (auth.type === "aws-msk-iam") Object.assign(properties, mskIamProperties);
    if (auth.type === "scram-sha-512" || auth.type === "plain") {
        const module = auth.type === "plain" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        properties["sasl.mechanism"] = auth.type === "plain" ? "PLAIN" : "SCRAM-SHA-512";
        properties["sasl.jaas.config"] =
            `org.apache.kafka.common.security.${module} required ` +
            `username="${auth.username}" password="${fileIn(auth.secretName ?? "", auth.passwordKey)}";`;
    }
    return properties;
}
