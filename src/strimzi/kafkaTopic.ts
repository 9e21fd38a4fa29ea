/** Names and specs of KafkaTopic resources, and what a change of a topic may not be. Pure. */
import type { TopicSettings } from "../schema/kafkaAccess";
import { sha256 } from "../util/data";

/**
 * A name that Kubernetes takes for a topic's resource. Kafka's names may have capitals, underscores and 249 characters; where
 * something had to be changed, a few letters of a digest tell `a_b` from `a-b`.
 */
export function topicResourceName(topic: string): string {
    const parts = topic
        .toLowerCase()
        .replace(/[^a-z0-9.-]+/g, "-")
        .split(".")
        .map((part) => part.replace(/^-+|-+$/g, ""));
    const fit = parts.filter(Boolean).join(".");
    return fit === topic
        ? fit
        : [fit.slice(0, 200).replace(/[-.]+$/, ""), sha256(topic).slice(0, 8)].filter(Boolean).join("-");
}

/** The `spec` of a KafkaTopic. `replicas` is left to the broker where nobody says how many. */
export function kafkaTopicSpec(topic: TopicSettings, replicas: number | undefined): Record<string, unknown> {
    return {
        topicName: topic.name,
        partitions: topic.partitions,
        ...(replicas === undefined ? {} : { replicas }),
        config: {
            "cleanup.policy": topic.cleanupPolicy,
            ...(topic.retention === undefined ? {} : { "retention.ms": topic.retention }),
            ...(topic.retentionSize === undefined ? {} : { "retention.bytes": topic.retentionSize }),
            ...topic.config,
        },
    };
}

interface TopicSpec {
    topicName?: string;
    partitions?: number;
    replicas?: number;
}

/** Why a topic cannot be changed from one spec to the other; undefined where it can. Replicas are moved by Cruise Control, where the cluster has it. */
export function topicObstacle(before: TopicSpec, after: TopicSpec, cruiseControl: boolean): string | undefined {
    const name = before.topicName ?? after.topicName;
    if (before.topicName !== after.topicName)
        return `the topic ${before.topicName} cannot be renamed to ${after.topicName}: Kafka has no such thing. Declare another topic, and remove this one when nobody needs its records`;
    if ((after.partitions ?? 1) < (before.partitions ?? 1))
        return `the topic ${name} has ${before.partitions} partitions and cannot have ${after.partitions}: Kafka takes no partition away, as its records would be lost. Keep ${before.partitions}, or declare another topic and move its producers`;
    if (before.replicas !== after.replicas && !cruiseControl)
        return `the topic ${name} has ${before.replicas ?? "the broker's default of"} replicas and cannot have ${after.replicas ?? "another default"} here: without Cruise Control the topic operator moves no replicas. Set kafkaCluster.cruiseControl, or move them by kafka-reassign-partitions.sh and leave replicationFactor as it is`;
    return undefined;
}
