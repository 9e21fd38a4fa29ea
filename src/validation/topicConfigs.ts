/** Keys of a topic that contradict each other, that have no effect, or with which records are lost. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

type Topic = NonNullable<ParsedSections["kafkaAccess"]>["topics"][number];

const minute = 60_000;

/** Keys that only one cleanup policy reads. */
const compactKeys = [
    "min.cleanable.dirty.ratio",
    "min.compaction.lag.ms",
    "max.compaction.lag.ms",
    "delete.retention.ms",
];
const deleteKeys = ["retention.ms", "retention.bytes"];
const remoteKeys = ["local.retention.ms", "local.retention.bytes"];

function unusedKeys({ config, cleanupPolicy }: Topic): [key: string, reason: string][] {
    const policy = String(config["cleanup.policy"] ?? cleanupPolicy);
    const isRemote = String(config["remote.storage.enable"]) === "true";
    const reasons: [keys: readonly string[], applies: boolean, reason: string][] = [
        [compactKeys, !policy.includes("compact"), `the cleanup policy is ${policy}, which does not compact`],
        [deleteKeys, !policy.includes("delete"), "a compacted topic keeps the last record of each key"],
        [remoteKeys, !isRemote, "remote.storage.enable is not true"],
    ];
    return reasons
        .filter(([, applies]) => applies)
        .flatMap(([keys, , reason]) =>
            keys.filter((key) => config[key] !== undefined).map((key): [string, string] => [key, reason]),
        );
}

/** Retention after which a sink that was stopped finds nothing. */
function retentionWarnings({ config, cleanupPolicy, retention, retentionSize }: Topic, at: SettingPath): Issue[] {
    const policy = String(config["cleanup.policy"] ?? cleanupPolicy);
    if (!policy.includes("delete")) return [];
    const milliseconds = Number(config["retention.ms"] ?? retention ?? -1);
    const bytes = Number(config["retention.bytes"] ?? retentionSize ?? -1);
    const path = (key: string, setting: string) =>
        config[key] === undefined ? [...at, setting] : [...at, "config", key];
    const segment = Number(config["segment.bytes"] ?? Infinity);
    return [
        ...(milliseconds >= 0 && milliseconds < 10 * minute
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      path("retention.ms", "retention"),
                      "a reader that is restarted can find its records deleted; use 10 minutes or more",
                  ),
              ]
            : []),
        ...(bytes >= 0 && (bytes < 1_048_576 || (segment < Infinity && bytes < segment))
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      path("retention.bytes", "retentionSize"),
                      "less than one segment: each partition keeps only the records of its last segment",
                  ),
              ]
            : []),
    ];
}

/** Replicas of which replication is throttled, as the broker reads them. */
const throttledReplicas = ["leader.replication.throttled.replicas", "follower.replication.throttled.replicas"];

const throttleIssues = ({ config }: Topic, at: SettingPath): Issue[] =>
    throttledReplicas
        .filter((key) => !/^(\*|(\d+:\d+(,\d+:\d+)*)?)$/.test(String(config[key] ?? "").replaceAll(" ", "")))
        .map((key) =>
            invalidValue([...at, "config", key], config[key], "* or PARTITION:BROKER, such as 0:1,1:2", {
                code: "KCP_INVALID_CONFIG_VALUE",
                reason: "the broker rejects the topic",
            }),
        );

/** What the broker rejects: a form of a value, and a compaction that has to end before it may begin. */
export const checkTopicConfigs = ({ kafkaAccess }: ParsedSections): Issue[] =>
    (kafkaAccess?.topics ?? []).flatMap((topic, index) => {
        const at = ["kafkaAccess", "topics", index];
        return [...compactionIssues(topic, at), ...throttleIssues(topic, at)];
    });

function compactionIssues({ config }: Topic, at: SettingPath): Issue[] {
    const earliest = Number(config["min.compaction.lag.ms"] ?? 0);
    const latest = Number(config["max.compaction.lag.ms"] ?? Infinity);
    return earliest > latest
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  [...at, "config", "min.compaction.lag.ms"],
                  `${earliest} is above max.compaction.lag.ms, ${latest}: the broker rejects the topic`,
              ),
          ]
        : [];
}

/** Settings of a topic that a key of `config` replaces. */
const replaced = { "cleanup.policy": "cleanupPolicy", "retention.bytes": "retentionSize" } as const;

function replacedSettings(topic: Topic, at: SettingPath): Issue[] {
    return Object.entries(replaced)
        .filter(([key, setting]) => {
            const isWritten =
                setting === "cleanupPolicy" ? topic.cleanupPolicy !== "delete" : topic[setting] !== undefined;
            return isWritten && topic.config[key] !== undefined && String(topic.config[key]) !== String(topic[setting]);
        })
        .map(([key, setting]) =>
            issue("KCP_CONFLICTING_SETTINGS", [...at, "config", key], `replaces ${setting}; remove one of the two`),
        );
}

/** What is probably wrong with the topics of the stack. */
export const topicConfigWarnings = ({ kafkaAccess, kafkaCluster }: ParsedSections): Issue[] =>
    (kafkaAccess?.topics ?? []).flatMap((topic, index) => {
        const at = ["kafkaAccess", "topics", index];
        const isRemote = String(topic.config["remote.storage.enable"]) === "true";
        const brokersHaveRemote = String(kafkaCluster?.config["remote.log.storage.system.enable"]) === "true";
        const hasTiers = kafkaCluster?.spec === undefined || brokersHaveRemote;
        return [
            ...unusedKeys(topic).map(([key, reason]) =>
                issue("KCP_UNUSED_SETTING", [...at, "config", key], `unused: ${reason}`),
            ),
            ...retentionWarnings(topic, at),
            ...replacedSettings(topic, at),
            ...(isRemote && kafkaCluster && hasTiers && !brokersHaveRemote
                ? [
                      issue(
                          "KCP_CONFLICTING_SETTINGS",
                          [...at, "config", "remote.storage.enable"],
                          "the brokers have no tiered storage, and reject the topic; set kafka.tieredStorage in " +
                              "kafkaCluster.spec",
                      ),
                  ]
                : []),
        ];
    });
