/** Settings of the workers that make those of the connectors fail or have no effect. */
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";
import { suggestionFor } from "../util/nearest";
import { firstFew } from "../util/firstFew";

const policyKey = "connector.client.config.override.policy";

/** Kafka's policies by the keys of `producer.override` and the like that each admits. */
const policies: Readonly<Record<string, RegExp>> = {
    All: /./,
    None: /^$/,
    Principal: /^(security\.protocol|sasl\.jaas\.config|sasl\.mechanism)$/,
};

const overrideKey = /^(?:producer|consumer|admin)\.override\.(.+)$/;

/** The policy by itself: one of Kafka's, or a class. */
function policyIssues(policy: string): Issue[] {
    if (policy in policies || policy.includes(".") || policy.includes("ConfigOverridePolicy")) return [];
    return [
        invalidValue(
            ["connect", "config", policyKey],
            policy,
            `one of ${Object.keys(policies).join(", ")}, or a class`,
            {
                reason: suggestionFor(policy, Object.keys(policies)),
            },
        ),
    ];
}

/** The keys of a connector that the policy rejects. */
const rejectedKeys = ({ config }: ResolvedConnector, admitted: RegExp): string[] =>
    Object.keys(config).filter((key) => {
        const name = overrideKey.exec(key)?.[1];
        return name !== undefined && !admitted.test(name);
    });

/** The first connectors, as a message names them. */
const named = (connectors: readonly ResolvedConnector[]): string =>
    firstFew(connectors.map(({ declaredAt }) => declaredAt));

/** What the workers reject because of `connect.config`: keys of connectors, and those that their templates set. */
export function checkOverridePolicy({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const policy = connect?.config[policyKey];
    if (policy === undefined) return [];
    const admitted = policies[String(policy)];
    if (admitted === undefined) return policyIssues(String(policy));
    const rejected = connectors
        .map((connector) => ({ connector, keys: rejectedKeys(connector, admitted) }))
        .filter(({ keys }) => keys.length > 0);
    const ownKey = ({ connector, keys }: (typeof rejected)[number]) =>
        keys.find((key) => connector.overriddenKeys.includes(key));
    const byTemplate = rejected.filter((item) => ownKey(item) === undefined);
    const written = rejected.flatMap((item) => {
        const key = ownKey(item);
        if (key === undefined) return [];
        const message =
            `the workers reject this key, because connect.config."${policyKey}" is ${String(policy)}; ` +
            "remove that key or set it to All";
        return [issue("KCP_CONFLICTING_SETTINGS", item.connector.settingPath(key), message)];
    });
    if (byTemplate.length === 0) return written;
    const connectorNames = named(byTemplate.map(({ connector }) => connector));
    return [
        ...written,
        issue(
            "KCP_CONFLICTING_SETTINGS",
            ["connect", "config", policyKey],
            `the workers reject ${connectorNames}, whose templates set keys such as ${byTemplate[0].keys[0]}; ` +
                "remove the key or set it to All",
        ),
    ];
}

const creationKey = "topic.creation.enable";

/** A warning where the workers ignore the topic settings of connectors. */
export function topicCreationWarnings({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    if (String(connect?.config[creationKey]) !== "false") return [];
    const ignored = connectors.filter(({ config }) =>
        Object.keys(config).some((key) => key.startsWith("topic.creation.")),
    );
    if (ignored.length === 0) return [];
    return [
        issue(
            "KCP_CONFLICTING_SETTINGS",
            ["connect", "config", creationKey],
            `the workers ignore partitions, replicas and retention of the topics of ${named(ignored)}: brokers ` +
                "create these topics with their own defaults, or not at all; remove the key",
        ),
    ];
}

/** Connectors that read the login to Kafka from files that the workers do not mount. */
export function checkConnectorLogin({ kafka }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    if (kafka?.mountForConnectors !== false) return [];
    const readers = connectors.filter(({ config }) =>
        Object.values(config).some((value) => String(value).includes(`\${${kafkaFilesProvider}:`)),
    );
    if (readers.length === 0) return [];
    return [
        issue(
            "KCP_CONFLICTING_SETTINGS",
            ["kafka", "mountForConnectors"],
            `${named(readers)} log in to Kafka with the Secrets that this does not mount; remove it`,
        ),
    ];
}
