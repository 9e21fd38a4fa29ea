/** Declared topics that Kafka or Connect owns, and names of topics that are nearly those of declared ones. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";
import { nearest } from "../util/nearest";

/** Topics that Kafka creates itself. */
const internal = /^(__consumer_offsets|__transaction_state|__share_group_state|__cluster_metadata)$/;

/** Topics of Kafka, and topics of the workers in another form than the one with which they start. */
export function checkReservedTopics({ kafkaAccess, connect }: ParsedSections): Issue[] {
    const storage = connect?.install ? storageOf(connect) : undefined;
    const own = [storage?.configStorageTopic, storage?.offsetStorageTopic, storage?.statusStorageTopic];
    return (kafkaAccess?.topics ?? []).flatMap((topic, index): Issue[] => {
        const at = ["kafkaAccess", "topics", index];
        if (internal.test(topic.name))
            return [
                invalidValue([...at, "name"], topic.name, "a topic that is not Kafka's own", {
                    reason: "Kafka creates it, and Strimzi's topic operator refuses it",
                }),
            ];
        if (!own.includes(topic.name)) return [];
        const policy = String(topic.config["cleanup.policy"] ?? topic.cleanupPolicy);
        const refused = "the workers do not start with another, because it holds their state";
        if (policy !== "compact")
            return [invalidValue([...at, "cleanupPolicy"], policy, "compact", { reason: refused })];
        return topic.name === storage?.configStorageTopic && topic.partitions !== 1
            ? [invalidValue([...at, "partitions"], topic.partitions, "1", { reason: refused })]
            : [];
    });
}

/** Whether two names differ in a number or a suffix, such as those of environments and versions. */
const isVariant = (one: string, other: string): boolean =>
    one.replace(/\d/g, "") === other.replace(/\d/g, "") ||
    /^[-._]/.test(one.startsWith(other) ? one.slice(other.length) : "");

/** Warnings about topics of users and of the bridge that are probably misspelt names of declared ones. */
export function undeclaredTopicWarnings({ kafkaAccess, httpBridge }: ParsedSections): Issue[] {
    const declared = (kafkaAccess?.topics ?? []).map(({ name }) => name);
    const clients = [
        ...(httpBridge ? [{ at: ["httpBridge"], ...httpBridge }] : []),
        ...(kafkaAccess?.users ?? []).map((user, index) => ({ at: ["kafkaAccess", "users", index], ...user })),
    ];
    return clients.flatMap(({ at, produce, consume }) =>
        Object.entries({ produce, consume }).flatMap(([key, topics]) =>
            topics.flatMap((topic, index): Issue[] => {
                if (topic.endsWith("*") || declared.includes(topic)) return [];
                const suggestion = nearest(topic, declared);
                if (suggestion === undefined || isVariant(topic, suggestion)) return [];
                return [
                    issue(
                        "KCP_UNDECLARED_NAME",
                        [...at, key, index],
                        `kafkaAccess.topics does not declare "${topic}"; did you mean "${suggestion}"?`,
                    ),
                ];
            }),
        ),
    );
}
