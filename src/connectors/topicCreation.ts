/** The topics that Connect creates for a source (KIP-158). */
import { issue, type Issue } from "../schema/issues";
import { array, integer, object, oneOf, string } from "../schema/primitives";
import type { ConnectorConfig, ConnectContext } from "./template";

const topicShape = {
    partitions: integer(-1, 10000)
        .default(1)
        .describe(
            "Partitions; -1 means the broker's default. With more than one, only records of one key keep their order",
        ),
    replicationFactor: integer(-1, 9).optional().describe("Replicas. Default: kafka.replicationFactor"),
    cleanupPolicy: oneOf(["delete", "compact", "compact,delete"])
        .default("delete")
        .describe("Kafka's `cleanup.policy`: whether old records are deleted or compacted by key"),
    retentionHours: integer(-1, 87600)
        .refine((hours) => hours !== 0, { error: "an integer from 1 to 87600, or -1" })
        .optional()
        .describe("Hours that records are kept; -1 is unlimited. Default: the broker's"),
};

/** Options of the topics that a source creates. */
export const topicCreationShape = {
    topicCreation: object({
        ...topicShape,
        groups: array(
            object({
                name: string(
                    "an identifier of letters, digits and _ other than default",
                    /^(?!default$)[A-Za-z][A-Za-z0-9_]*$/,
                ).describe("Name of the group. `default` is the group of all other topics"),
                include: string("a regular expression of topic names").describe(
                    "Topics of the group, as regular expressions separated by commas",
                ),
                exclude: string("a regular expression of topic names")
                    .optional()
                    .describe("Topics that `include` matches and that are not part of the group"),
                ...topicShape,
            }),
        ).describe("Topics with other settings. The first group that matches a topic applies"),
    })
        .prefault({})
        .describe("Topics the connector creates"),
};

interface TopicOptions {
    partitions: number;
    replicationFactor?: number;
    cleanupPolicy: string;
    retentionHours?: number;
}

/** `topicCreation` as it is parsed. */
export interface TopicCreation extends TopicOptions {
    groups: (TopicOptions & { name: string; include: string; exclude?: string })[];
}

/** The keys of one group; `default` is the group of all other topics. */
function groupConfig(name: string, options: TopicOptions, context: ConnectContext): ConnectorConfig {
    const { retentionHours: hours } = options;
    const prefix = `topic.creation.${name}`;
    return {
        // a connector with only one of these two keys fails
        [`${prefix}.partitions`]: options.partitions,
        [`${prefix}.replication.factor`]: options.replicationFactor ?? context.replicationFactor,
        [`${prefix}.cleanup.policy`]: options.cleanupPolicy,
        ...(hours === undefined ? {} : { [`${prefix}.retention.ms`]: hours < 0 ? -1 : hours * 3_600_000 }),
    };
}

/** Retention that brokers ignore: a topic that is only compacted keeps the last record of each key. */
export const topicCreationIssues = ({ groups, ...defaults }: TopicCreation): Issue[] =>
    [
        { options: defaults, path: ["topicCreation"] },
        ...groups.map((options, index) => ({ options, path: ["topicCreation", "groups", index] })),
    ]
        .filter(({ options }) => options.cleanupPolicy === "compact" && (options.retentionHours ?? -1) >= 0)
        .map(({ path }) =>
            issue(
                "KCP_UNUSED_SETTING",
                [...path, "retentionHours"],
                "unused: cleanupPolicy is compact; set compact,delete to delete old records too",
            ),
        );

/** The configuration of topic creation. */
export function topicCreationConfig({ groups, ...defaults }: TopicCreation, context: ConnectContext): ConnectorConfig {
    const config: ConnectorConfig =
        groups.length > 0 ? { "topic.creation.groups": groups.map(({ name }) => name).join(",") } : {};
    Object.assign(config, groupConfig("default", defaults, context));
    for (const group of groups) {
        Object.assign(config, groupConfig(group.name, group, context));
        config[`topic.creation.${group.name}.include`] = group.include;
        if (group.exclude) config[`topic.creation.${group.name}.exclude`] = group.exclude;
    }
    return config;
}
