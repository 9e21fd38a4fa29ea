/** References to secrets in connectors, `${PROVIDER:SECRET:KEY}`: whether the workers can resolve them. */
import type { ConnectContext, ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { SecretsSettings } from "../schema/secrets";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";
import { kubernetesReferences } from "../strimzi/kubernetesSecrets";
import { didYouMean } from "../util/nearest";

/** References that the workers cannot resolve. They would stay literal and show only as a failed login. */
export function checkReferences(connector: ResolvedConnector, context: ConnectContext): Issue[] {
    const issues = Object.entries(connector.config).flatMap(([key, value]) =>
        [...String(value).matchAll(/\$\{([^:}]+):([^}]*)\}/g)].flatMap(([, provider, rest]) => {
            const message = referenceMessage(provider, rest, context);
            // the path is searched for an issue only: it costs several builds of the template
            if (!message) return [];
            // without a secrets section no single setting is the cause
            const path =
                context.secretProvider || connector.overriddenKeys.includes(key)
                    ? connector.settingPath(key)
                    : ["connectors", connector.index];
            return [issue("KCP_UNRESOLVABLE_REFERENCE", path, message)];
        }),
    );
    const unclosed = Object.entries(connector.config)
        .filter(([, value]) => /\$\{[\w-]+:[^}]*$/.test(String(value)))
        .map(([key]) =>
            issue(
                "KCP_UNRESOLVABLE_REFERENCE",
                connector.settingPath(key),
                "expected a reference such as ${PROVIDER:SECRET:KEY}, received one without }",
            ),
        );
    const identity = ({ path, message }: Issue): string => JSON.stringify([path, message]);
    return [...new Map([...issues, ...unclosed].map((item) => [identity(item), item])).values()];
}

function referenceMessage(provider: string, rest: string, context: ConnectContext): string | undefined {
    if (provider === context.secretProvider) return invalidReference(rest, context);
    const further = context.furtherProviders?.find(({ name }) => name === provider);
    if (!further) return unknownProvider(provider, context);
    return further.hasPath ? invalidReference(rest, {}) : undefined;
}

function unknownProvider(
    provider: string,
    { configProviders = [], furtherProviders = [], release, secretProvider }: ConnectContext,
): string | undefined {
    const known = [kafkaFilesProvider, ...release.configProviders, ...configProviders];
    if (known.includes(provider)) return undefined;
    if (!secretProvider) return `refers to the config provider "${provider}", but the stack has no section \`secrets\``;
    const hint = didYouMean(provider, [secretProvider, ...furtherProviders.map(({ name }) => name), ...known]);
    return `the workers have no config provider "${provider}"${hint || `; they have "${secretProvider}"`}`;
}

/**
 * A secret is named without its prefix where the provider adds it, and never by ARN, whose colons separate the parts.
 */
function invalidReference(
    rest: string,
    { secretPrefix, secretNamePrefix = "" }: Partial<ConnectContext>,
): string | undefined {
    if (rest.startsWith("arn:"))
        return (
            "expected the name of a secret, received an ARN, which the provider cannot parse; " +
            `write the name ${secretNamePrefix ? "with" : "without"} secrets.prefix`
        );
    const [secret, key] = rest.split(":");
    if (!secret || !key)
        return (
            "expected a reference such as ${PROVIDER:SECRET:KEY}, " +
            `received one without ${secret ? "a key" : "a secret"}`
        );
    if (!secret.startsWith(secretNamePrefix))
        return (
            `the workers may not read the secret "${secret}": ` +
            `its name does not start with ${secretNamePrefix} (secrets.prefix)`
        );
    if (secretPrefix && secret.startsWith(secretPrefix))
        return `the provider would look up "${secretPrefix}${secret}"; write the name without secrets.prefix`;
    return undefined;
}

/** A Secret, with a namespace or, in the workers' namespace, without one. */
const secretPath = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** References to Secrets of Kubernetes with an invalid name. */
export const checkKubernetesReferences = (
    connectors: readonly ResolvedConnector[],
    secrets: SecretsSettings | undefined,
): Issue[] =>
    kubernetesReferences(connectors, secrets)
        .filter(({ path }) => !secretPath.test(path))
        .map(({ connector, key, provider, path }) =>
            issue(
                "KCP_UNRESOLVABLE_REFERENCE",
                connector.settingPath(key),
                `expected SECRET or NAMESPACE/SECRET as in \${${provider}:kafka-connect/orders-db:PASSWORD}, ` +
                    `received "${path}"`,
            ),
        );
