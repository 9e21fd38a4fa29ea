/** What connector templates know of the platform they run on. */
import type { ConnectContext } from "../connectors/template";
import { defaultStrimziVersion, strimziRelease } from "../release/releases";
import { defaultConnectCluster, usesExactlyOnce } from "../schema/connect";
import { kafka as kafkaSection, type KafkaSettings } from "../schema/kafka";
import type { SecretsSettings } from "../schema/secrets";
import type { ParsedSections } from "../schema/sections";
import { clientSecurity } from "../strimzi/kafkaClient";
import { declaredProviders } from "../strimzi/connectConfig";
import { isLeftOut, type RawStack } from "./parseSections";

/** The `name` of a section as it is written, for a section that is invalid for another reason. */
function writtenName(raw: RawStack, section: string, defaultName: string): string {
    const name = (raw[section] as { name?: unknown } | undefined | null)?.name;
    return typeof name === "string" ? name : defaultName;
}

/** Which part of a secret's name the provider adds (csid), or a reference has to contain (MSK's providers). */
function secretPrefix(secrets: SecretsSettings | undefined): Partial<ConnectContext> {
    if (secrets?.provider !== "aws-secrets-manager") return {};
    return secrets.plugin === "csid" ? { secretPrefix: secrets.prefix } : { secretNamePrefix: secrets.prefix };
}

/** Stands for the settings of an invalid `kafka` or `kafkaCluster`: no connector has an issue because of it. */
const unknownKafka: KafkaSettings = {
    bootstrapServers: "unknown:9092",
    authentication: kafkaSection.shape.authentication.parse({}),
    schemaRegistry: {
        type: "confluent",
        url: "https://unknown",
        usernameKey: "USERNAME",
        passwordKey: "PASSWORD",
        subjectNames: "topic",
        autoRegister: true,
        strictCompatibility: true,
    },
    replicationFactor: -1,
};

/**
 * What a stack's connectors know of the platform. In place of an invalid section it has what causes no issues, so
 * that one wrong value is not reported again for each connector.
 *
 * @param invalid names of the sections that have issues
 */
export function connectContext(
    raw: RawStack,
    { strimzi, connect, secrets, image, kafka: parsedKafka }: ParsedSections,
    invalid: ReadonlySet<string> = new Set(),
): ConnectContext {
    const kafka = invalid.has("kafka") || invalid.has("kafkaCluster") ? unknownKafka : parsedKafka;
    const hasSecrets = invalid.has("secrets") || !isLeftOut(raw.secrets);
    return {
        usesManifest: image?.existing === undefined,
        release: strimziRelease(strimzi?.version ?? defaultStrimziVersion),
        connectCluster: connect?.name ?? writtenName(raw, "connect", defaultConnectCluster),
        secretProvider: hasSecrets ? (secrets?.name ?? writtenName(raw, "secrets", "secretManager")) : undefined,
        ...secretPrefix(secrets),
        furtherProviders: (secrets?.further ?? []).map(({ name, provider }) => ({ name, hasPath: provider !== "env" })),
        configProviders: connect ? declaredProviders(connect) : [],
        secretNamespace: secrets?.provider === "kubernetes" ? (connect?.namespace ?? "unknown") : undefined,
        bootstrapServers: kafka?.bootstrapServers ?? "",
        clientSecurity: kafka ? clientSecurity(kafka) : {},
        replicationFactor: kafka?.replicationFactor ?? -1,
        brokers: kafka?.brokers,
        schemaRegistry: kafka?.schemaRegistry,
        exactlyOnce: invalid.has("connect") || (connect !== undefined && usesExactlyOnce(connect)),
    };
}
