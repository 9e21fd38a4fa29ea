/** Checks on one connector's keys and references that no schema can say: pure, instant, run wherever a stack file is read. */
import type { Fault } from "../schema/issues";
import type { SecretsSettings } from "../schema/platform";
import { kubernetesReferences } from "../strimzi/kubernetesSecrets";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";
import type { ConnectorPlan, Platform } from "../connectors/template";

/** Keys of a KafkaConnector's config that are fields of its spec; in `config` they restart the connector for ever (strimzi-kafka-operator #6438). */
const ownFields: Record<string, string> = {
    name: "name",
    "connector.class": "connectorTemplate",
    "tasks.max": "tasksMax",
    "connector.plugin.version": "pluginVersion",
};

/** Keys whose value is a credential. */
export const looksSecret =
    /(^|\.)(password|secret|token|passphrase|sasl\.jaas\.config|headers\.authorization|keyfile)$|\.password\.|credentials$/i;

/** What is wrong with the keys that a user wrote under `config`; also run where the rest of a declaration could not be read. */
export function checkOverride(override: unknown, index: number, platform: Platform): Fault[] {
    const faults: Fault[] = [];
    if (override === null || typeof override !== "object") return faults;
    for (const [key, value] of Object.entries(override)) {
        const path = ["connectors", index, "config", key];
        if (ownFields[key]) faults.push({ path, message: `is not set here but by ${ownFields[key]}` });
        // a keyfile may be a path; what begins with a brace is the key itself
        const literal =
            typeof value === "string" && !value.includes("${") && (key !== "keyfile" || value.trim().startsWith("{"));
        if (looksSecret.test(key) && literal) {
            faults.push({
                path,
                message: `holds a literal credential, wants a reference such as \${${platform.secretProvider ?? "secretManager"}:SECRET:KEY}`,
            });
        }
    }
    return faults;
}

/** References that the workers cannot resolve: they would stay literal and show as a failed login. */
export function checkReferences(plan: ConnectorPlan, platform: Platform): Fault[] {
    const faults: Fault[] = [];
    for (const [key, value] of Object.entries(plan.config)) {
        if (typeof value !== "string") continue;
        for (const [, provider, rest] of value.matchAll(/\$\{([^:}]+):([^}]*)\}/g)) {
            const message =
                provider === platform.secretProvider ? unreadable(rest, platform) : unknownProvider(provider, platform);
            if (message)
                faults.push({
                    path:
                        platform.secretProvider || plan.override.includes(key)
                            ? plan.origin(key)
                            : ["connectors", plan.index],
                    message,
                });
        }
    }
    // what all come from one missing group is one fault
    return faults.filter(
        ({ path, message }, index) =>
            faults.findIndex((other) => other.message === message && other.path.join() === path.join()) === index,
    );
}

function unknownProvider(provider: string, platform: Platform): string | undefined {
    if (provider === kafkaFilesProvider || platform.release.configProviders.includes(provider)) return undefined;
    return platform.secretProvider
        ? `refers to the config provider "${provider}", which the workers do not have; they have "${platform.secretProvider}"`
        : `needs the config provider "${provider}", and the stack has no secrets group`;
}

/** Secrets are named without the stack's prefix where the provider adds it, and never by ARN, whose colons it reads as its own. */
function unreadable(rest: string, { secretPrefix, secretNamePrefix = "" }: Platform): string | undefined {
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
    plans: readonly ConnectorPlan[],
    secrets: SecretsSettings | undefined,
): Fault[] =>
    kubernetesReferences(plans, secrets)
        .filter(({ path }) => !wellFormed.test(path))
        .map(({ plan, key, provider, path }) => ({
            path: ["connectors", plan.index, ...(plan.override.includes(key) ? ["config", key] : ["source"])],
            message: `refers to "${path}", wants NAMESPACE/SECRET as in \${${provider}:kafka-connect/orders-db:PASSWORD}`,
        }));
