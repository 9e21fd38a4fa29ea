/** Checks on one connector's keys and references that no schema can say: pure, instant, run wherever a stack file is read. */
import { issue, type Issue } from "../schema/issues";
import type { SecretsSettings } from "../schema/platform";
import { kubernetesReferences } from "../strimzi/kubernetesSecrets";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";
import type { ResolvedConnector, ConnectContext } from "../connectors/template";

/** Keys of a KafkaConnector's config that are fields of its spec; in `config` they restart the connector for ever (strimzi-kafka-operator #6438). */
const ownFields: Record<string, string> = {
    name: "name",
    "connector.class": "connectorTemplate",
    "tasks.max": "tasksMax",
    "connector.plugin.version": "pluginVersion",
};

/** Keys whose value is a credential. */
export const secretKeyPattern =
    /(^|\.)(password|secret|token|passphrase|sasl\.jaas\.config|headers\.authorization|keyfile)$|\.password\.|credentials$/i;

/** What is wrong with the keys that a user wrote under `config`; also run where the rest of a declaration could not be read. */
export function checkOverride(override: unknown, index: number, context: ConnectContext): Issue[] {
    const issues: Issue[] = [];
    if (override === null || typeof override !== "object") return issues;
    for (const [key, value] of Object.entries(override)) {
        const path = ["connectors", index, "config", key];
        if (ownFields[key]) issues.push(issue("KCP_TODO", path, `is not set here but by ${ownFields[key]}`));
        // a keyfile may be a path; what begins with a brace is the key itself
        const literal =
            typeof value === "string" && !value.includes("${") && (key !== "keyfile" || value.trim().startsWith("{"));
        if (secretKeyPattern.test(key) && literal) {
            issues.push(
                issue(
                    "KCP_TODO",
                    path,
                    `holds a literal credential, wants a reference such as \${${context.secretProvider ?? "secretManager"}:SECRET:KEY}`,
                ),
            );
        }
    }
    return issues;
}

/** References that the workers cannot resolve: they would stay literal and show as a failed login. */
export function checkReferences(connector: ResolvedConnector, context: ConnectContext): Issue[] {
    const issues: Issue[] = [];
    for (const [key, value] of Object.entries(connector.config)) {
        if (typeof value !== "string") continue;
        for (const [, provider, rest] of value.matchAll(/\$\{([^:}]+):([^}]*)\}/g)) {
            const message =
                provider === context.secretProvider ? unreadable(rest, context) : unknownProvider(provider, context);
            if (message)
                issues.push(
                    issue(
                        "KCP_TODO",
                        context.secretProvider || connector.overriddenKeys.includes(key)
                            ? connector.settingPath(key)
                            : ["connectors", connector.index],
                        message,
                    ),
                );
        }
    }
    // what all come from one missing group is one issue
    return issues.filter(
        ({ path, message }, index) =>
            issues.findIndex((other) => other.message === message && other.path.join() === path.join()) === index,
    );
}

function unknownProvider(provider: string, context: ConnectContext): string | undefined {
    if (
        provider === kafkaFilesProvider ||
        [...context.release.configProviders, ...(context.configProviders ?? [])].includes(provider)
    )
        return undefined;
    return context.secretProvider
        ? `refers to the config provider "${provider}", which the workers do not have; they have "${context.secretProvider}"`
        : `needs the config provider "${provider}", and the stack has no secrets group`;
}

/** Secrets are named without the stack's prefix where the provider adds it, and never by ARN, whose colons it reads as its own. */
function unreadable(rest: string, { secretPrefix, secretNamePrefix = "" }: ConnectContext): string | undefined {
    if (/^arn:/.test(rest))
        return `refers to a secret by its ARN, which the provider cannot take apart; wants its name, ${secretNamePrefix ? "with" : "without"} secrets.prefix`;
    const [secret, key] = rest.split(":");
    if (!secret || !key)
        return `is a reference without ${secret ? "a key" : "a secret"}, wants \${PROVIDER:SECRET:KEY}`;
    if (!secret.startsWith(secretNamePrefix))
        return `names the secret ${secret}, which the workers may not read: a name begins with ${secretNamePrefix} (secrets.prefix)`;
    if (secretPrefix && secret.startsWith(secretPrefix))
        return `names the secret ${secret}, which is looked up as ${secretPrefix}${secret}: leave out secrets.prefix`;
    return undefined;
}

const wellFormed = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** References that name no Secret, or none whose namespace can be told. */
export const checkKubernetesReferences = (
    connectors: readonly ResolvedConnector[],
    secrets: SecretsSettings | undefined,
): Issue[] =>
    kubernetesReferences(connectors, secrets)
        .filter(({ path }) => !wellFormed.test(path))
        .map(({ connector, key, provider, path }) =>
            issue(
                "KCP_TODO",
                [
                    "connectors",
                    connector.index,
                    ...(connector.overriddenKeys.includes(key) ? ["config", key] : ["source"]),
                ],
                `refers to "${path}", wants NAMESPACE/SECRET as in \${${provider}:kafka-connect/orders-db:PASSWORD}`,
            ),
        );
