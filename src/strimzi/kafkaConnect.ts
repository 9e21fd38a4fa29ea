/** The KafkaConnect resource of a stack. Pure. */
import { mskIamProperties } from "../connectors/mskIam";
import type { KafkaConnectSpec } from "../release/types/kafkaConnectSpec";
import type { ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";
import { storageOf, workerConfig, type ConnectStorage, type WorkerConfigInput } from "./connectConfig";
import { connectTemplate, type TemplateInput } from "./connectTemplate";
import { loggingProperties, strimziLogging } from "./connectLogging";
import { jmxMetricsConfig } from "./jmxMetrics";
import { usesTls } from "./kafkaClient";
import { passedOn } from "./passedOn";
import { workerJvmOptions, workerResources } from "./workerDefaults";

/** Port of the workers' REST API. */
export const restPort = 8083;

/** Everything that a KafkaConnect is made from. `image` and `roleArn` can be outputs of other resources. */
export interface KafkaConnectInput extends WorkerConfigInput, TemplateInput {
    /** Version of Kafka that the workers run. */
    kafkaVersion: string;
    /** Image of the workers. Default: Strimzi's. */
    image?: unknown;
    /** Path of a truststore on the image for the whole JVM. Default: the JVM's. */
    truststore?: string;
    /** Name of the ConfigMap with the JMX exporter's rules. */
    metricsConfigMap?: string;
}

/**
 * The spec that the settings generate, in the type of the API v1. The API v1beta2 differs in two places: the group id
 * and the storage topics are keys of `config`, and before Strimzi 0.49 the size of an emptyDir is an object.
 */
export type GeneratedConnectSpec = Omit<KafkaConnectSpec, keyof ConnectStorage> & Partial<ConnectStorage>;

/** The `spec` of the KafkaConnect: what the settings generate, with `connect.spec` merged over it. */
export const kafkaConnectSpec = (input: KafkaConnectInput): Record<string, unknown> =>
    applyMergePatch({ ...generatedSpec(input) }, input.connect.spec ?? {});

/** The `spec` without `connect.spec`. */
export function generatedSpec(input: KafkaConnectInput): GeneratedConnectSpec {
    const { connect, kafka, release } = input;
    return compact({
        version: input.kafkaVersion,
        replicas: connect.replicas,
        bootstrapServers: kafka.bootstrapServers,
        ...(release.storageFields === "spec" ? storageOf(connect) : {}),
        image: passedOn<string | undefined>(input.image),
        tls: tls(kafka),
        authentication: authentication(kafka),
        config: workerConfig(input),
        resources: passedOn<KafkaConnectSpec["resources"]>(workerResources(connect)),
        jvmOptions: jvmOptions(input),
        logging: passedOn<KafkaConnectSpec["logging"]>(strimziLogging(connect.logging, input.kafkaVersion)),
        rack: passedOn<KafkaConnectSpec["rack"]>(connect.rack),
        metricsConfig: jmxMetricsConfig(input.metricsConfigMap),
        template: connectTemplate(input),
    });
}

/** Encryption of the connection to Kafka. An empty array of certificates means those that the JVM trusts. */
const tls = (kafka: KafkaSettings): KafkaConnectSpec["tls"] =>
    usesTls(kafka)
        ? { trustedCertificates: (kafka.tls?.trustedCertificates ?? []).map(trustedCertificate) }
        : undefined;

type TrustedCertificate = NonNullable<KafkaSettings["tls"]>["trustedCertificates"][number];

/** One key of a Secret, or all keys that match a pattern. */
const trustedCertificate = ({ secretName, certificate, pattern }: TrustedCertificate) =>
    pattern === undefined ? { secretName, certificate } : { secretName, pattern };

function authentication({ authentication: login }: KafkaSettings): KafkaConnectSpec["authentication"] {
    // the checks require it for the types that have one
    const secretName = login.secretName!;
    switch (login.type) {
        case "none":
            return undefined;
        case "tls":
            return {
                type: "tls",
                certificateAndKey: { secretName, certificate: login.certificateKey, key: login.privateKeyKey },
            };
        case "aws-msk-iam":
            return { type: "custom", sasl: true, config: { ...mskIamProperties } };
        default:
            return {
                type: login.type,
                username: login.username,
                passwordSecret: { secretName, password: login.passwordKey },
            };
    }
}

/** Options of the workers' JVM. The system properties of `connect.jvm` override the platform's. */
function jvmOptions({ connect, truststore, kafkaVersion }: KafkaConnectInput): KafkaConnectSpec["jvmOptions"] {
    const { xms, xmx, systemProperties }: ConnectSettings["jvm"] = connect.jvm;
    // needs no password: the truststore holds only public certificates
    const platform = truststore ? { "javax.net.ssl.trustStore": truststore } : {};
    const properties = Object.entries({
        ...platform,
        ...loggingProperties(connect.logging, kafkaVersion),
        ...systemProperties,
    });
    return compact({
        "-Xms": xms,
        "-Xmx": xmx,
        "-XX": workerJvmOptions(connect),
        javaSystemProperties: properties.map(([name, value]) => ({ name, value })),
    });
}
