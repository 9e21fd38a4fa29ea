/** Keys of a worker's configuration for its three topics: `offset.storage.min.insync.replicas` is one of topics. */
import type { KafkaComponent } from "./kafkaDefinitions";

/** What a key of the workers' topics is. */
interface StorageTopicKey {
    readonly name: string;
    /** Why the workers ignore it; undefined where they give it to the topic. */
    readonly ignored?: string;
}

/** Why the workers ignore a key (DistributedConfig.topicSettings): they compact each topic. */
function reasonToIgnore(topic: string, name: string): string | undefined {
    if (name === "cleanup.policy") return "the workers always compact this topic";
    if (name === "partitions" && topic === "config") return "this topic always has one partition";
    const isRetention = name === "retention.ms" || name === "retention.bytes";
    return isRetention ? "the workers compact this topic, and compaction keeps the last record of each key" : undefined;
}

/** The topic's key in a key of the worker (KIP-605); undefined for other keys, and those that workers define. */
export function storageTopicKey(component: KafkaComponent, key: string): StorageTopicKey | undefined {
    if (component !== "worker") return undefined;
    const [, topic, name] = /^(config|offset|status)\.storage\.(.+)$/.exec(key) ?? [];
    return name === undefined ? undefined : { name, ignored: reasonToIgnore(topic, name) };
}
