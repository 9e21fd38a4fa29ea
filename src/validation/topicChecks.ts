/** Topics, and the cluster that they belong to. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import type { ParsedSections } from "../schema/sections";
import { brokersOf } from "../strimzi/kafkaNodePool";
import { replicationOf } from "../strimzi/brokerConfig";
import { topicResourceName } from "../strimzi/kafkaTopic";
import { duplicates } from "../util/data";
import { duplicateNames } from "./duplicateNames";

const topicsPath = ["kafkaAccess", "topics"];

export function checkTopics({ kafkaAccess: access, kafkaCluster: cluster }: ParsedSections): Issue[] {
    if (!access) return [];
    return [...checkClusterOfTopics(access, cluster), ...checkTopicNames(access), ...checkReplicas(access, cluster)];
}

function checkClusterOfTopics(access: KafkaAccessSettings, cluster: KafkaClusterSettings | undefined): Issue[] {
    if (cluster)
        return (["cluster", "namespace"] as const)
            .filter((key) => access[key])
            .map((key) =>
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    ["kafkaAccess", key],
                    "conflicts with kafkaCluster, which the topics and users belong to; remove one of the two",
                ),
            );
    if (access.cluster) return [];
    return [
        missingSetting(
            ["kafkaAccess", "cluster"],
            "the name of the Kafka resource that the topics and users belong to, because there is no kafkaCluster",
        ),
    ];
}

function checkTopicNames({ topics }: KafkaAccessSettings): Issue[] {
    const names = topics.map(({ name }) => name);
    // Kafka replaces . by _ in the names of metrics, and rejects a topic whose name then equals another's
    const metricNames = names.map((name) => name.replace(/\./g, "_"));
    const sameMetric = duplicates(metricNames);
    const collisions = sameMetric
        .filter((index) => names.indexOf(names[index]) === index)
        .map((index) => {
            const other = names[metricNames.indexOf(metricNames[index])];
            return issue(
                "KCP_DUPLICATE_NAME",
                [...topicsPath, index, "name"],
                `"${names[index]}" collides with "${other}": Kafka does not distinguish . and _ in topic names`,
            );
        });
    const resources = topics.map((topic) => topic.resource ?? topicResourceName(topic.name));
    const sameResource = duplicateNames(resources, topicsPath, "resource").filter(
        ({ path }) => !sameMetric.includes(Number(path[2])),
    );
    return [...duplicateNames(names, topicsPath), ...collisions, ...sameResource];
}

function checkReplicas({ topics }: KafkaAccessSettings, cluster: KafkaClusterSettings | undefined): Issue[] {
    // node pools without a broker are reported by themselves
    const brokers = (cluster && brokersOf(cluster)) || Infinity;
    return topics.flatMap((topic, index): Issue[] => {
        const { replicationFactor } = topic;
        const replicas = replicationFactor ?? (cluster ? replicationOf(cluster) : Infinity);
        const inSync = Number(topic.config["min.insync.replicas"]);
        const issues: Issue[] = [];
        if (replicationFactor !== undefined && replicationFactor > brokers)
            issues.push(
                invalidValue(
                    [...topicsPath, index, "replicationFactor"],
                    replicationFactor,
                    `at most ${brokers}, the number of brokers`,
                    { code: "KCP_INSUFFICIENT_BROKERS" },
                ),
            );
        if (inSync > replicas)
            issues.push(
                invalidValue(
                    [...topicsPath, index, "config", "min.insync.replicas"],
                    inSync,
                    `at most ${replicas}, the number of replicas`,
                    { code: "KCP_INSUFFICIENT_BROKERS", reason: "no producer with acks=all could write" },
                ),
            );
        return issues;
    });
}
