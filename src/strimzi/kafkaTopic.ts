/** Names and specs of KafkaTopic resources, and the changes that Kafka cannot make to a topic. Pure. */
import type { KafkaTopicSpec } from "../release/types/kafkaTopicSpec";
import type { TopicSettings } from "../schema/kafkaAccess";
import { sha256 } from "../util/data";

/**
 * The name of a topic's KafkaTopic. Kafka's names can have capitals, underscores and 249 characters, which Kubernetes
 * does not accept; a name that had to be changed ends with a part of a digest, so that `a_b` and `a-b` differ.
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

/** The `spec` of a KafkaTopic. Without `replicas` the broker's default applies. */
export function kafkaTopicSpec(topic: TopicSettings, replicas: number | undefined): KafkaTopicSpec {
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

/** The fields of a KafkaTopic's spec that Kafka cannot change freely. */
type TopicShape = Pick<KafkaTopicSpec, "topicName" | "partitions" | "replicas">;

/** Why a topic cannot be changed from one spec to another; undefined where it can. */
export function topicObstacle(before: TopicShape, after: TopicShape, cruiseControl: boolean): string | undefined {
    const name = before.topicName ?? after.topicName;
    if (before.topicName !== after.topicName)
        return (
            `the topic ${before.topicName} cannot be renamed to ${after.topicName}: Kafka does not support it. ` +
            "Declare another topic, and remove this one when its records are no longer needed"
        );
    if ((after.partitions ?? 1) < (before.partitions ?? 1))
        return (
            `the topic ${name} has ${before.partitions} partitions and cannot have ${after.partitions}: ` +
            "Kafka does not remove partitions, because their records would be lost. " +
            `Keep ${before.partitions}, or declare another topic and move its producers`
        );
    // only Cruise Control moves replicas
    if (before.replicas !== after.replicas && !cruiseControl)
        return (
            `the topic ${name} has ${before.replicas ?? "the broker's default of"} replicas and cannot have ` +
            `${after.replicas ?? "another default"}: without Cruise Control the topic operator moves no replicas. ` +
            "Set kafkaCluster.cruiseControl, or move them with kafka-reassign-partitions.sh and keep replicationFactor"
        );
    return undefined;
}
