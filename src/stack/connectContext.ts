/** What connector templates know of the platform. */
import type { ConnectContext } from "../connectors/template";
import { defaultStrimziVersion, strimziRelease } from "../release/releases";
import { defaultConnectCluster, usesExactlyOnce } from "../schema/connect";
import type { SecretsSettings } from "../schema/platform";
import type { ParsedSections } from "../schema/sections";
import { declaredProviders } from "../strimzi/kafkaConnect";
import { clientSecurity } from "../strimzi/kafkaClient";
import { isLeftOut, type RawStack } from "./parseSections";

/** The `name` of a section as it is written, for a section that is invalid for another reason. */
function writtenName(raw: RawStack, section: string, otherwise: string): string {
    const name = (raw[section] as { name?: unknown } | undefined | null)?.name;
    return typeof name === "string" ? name : otherwise;
}

/** Which part of a secret's name the provider adds (csid), or a reference has to contain (MSK's providers). */
function secretPrefix(secrets: SecretsSettings | undefined): Partial<ConnectContext> {
    if (secrets?.provider !== "aws-secrets-manager") return {};
    return secrets.plugin === "csid" ? { secretPrefix: secrets.prefix } : { secretNamePrefix: secrets.prefix };
}

/**
 * The context of a stack's connectors. Of an invalid section it has what is written or the default, so that an issue there is
 * not reported again for each connector.
 */
export function connectContext(raw: RawStack, { strimzi, connect, secrets, kafka }: ParsedSections): ConnectContext {
    return {
        release: strimziRelease(strimzi?.version ?? defaultStrimziVersion),
        connectCluster: connect?.name ?? writtenName(raw, "connect", defaultConnectCluster),
        secretProvider: isLeftOut(raw.secrets)
            ? undefined
            : (secrets?.name ?? writtenName(raw, "secrets", "secretManager")),
        ...secretPrefix(secrets),
        configProviders: connect ? declaredProviders(connect) : [],
        secretNamespace: secrets?.provider === "kubernetes" ? connect?.namespace : undefined,
        bootstrapServers: kafka?.bootstrapServers ?? "",
        clientSecurity: kafka ? clientSecurity(kafka) : {},
        replicationFactor: kafka?.replicationFactor ?? -1,
        brokers: kafka?.brokers,
        schemaRegistry: kafka?.schemaRegistry,
        exactlyOnce: connect !== undefined && usesExactlyOnce(connect),
    };
}
