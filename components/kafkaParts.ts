/** What a stack has of Kafka besides Connect: a cluster of its own, topics and users, the bridge. Wired, each where the stack has it. */
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import { bridgeKafka, bridgeNamespace } from "../settings/bridgeKafka";
import { kafkaNamespace } from "../settings/ownKafka";
import { HttpBridge } from "./httpBridge";
import { KafkaAccess, kafkaAccessOf } from "./kafkaAccess";
import { KafkaCluster } from "./kafkaCluster";

/** Makes them. Who logs in to that Kafka waits for `ready`. */
export function kafkaParts(
    settings: Settings,
    opts: { provider: pulumi.ProviderResource; dependsOn: pulumi.Resource[] },
): { ready: pulumi.Resource[]; topics: string[]; users: string[] } {
    const { connect, httpBridge, kafkaCluster, metrics, protect, release, strimzi } = settings;
    const cluster = kafkaCluster
        ? new KafkaCluster(
              `${kafkaCluster.name}-kafka`,
              {
                  cluster: kafkaCluster,
                  namespace: kafkaNamespace(kafkaCluster, connect),
                  release,
                  kafkaVersion: strimzi.kafkaVersion,
                  exporter: metrics.exporter,
                  protect,
              },
              opts,
          )
        : undefined;
    const access = kafkaAccessOf(settings);
    const made = access
        ? [new KafkaAccess("kafka-access", access, { ...opts, dependsOn: cluster ? [cluster] : opts.dependsOn })]
        : [];
    const ready = [...(cluster ? [cluster] : []), ...made];
    if (httpBridge)
        new HttpBridge(
            httpBridge.name,
            { bridge: httpBridge, namespace: bridgeNamespace(settings), release, kafka: bridgeKafka(settings) },
            { ...opts, dependsOn: [...opts.dependsOn, ...ready] },
        );
    return {
        ready,
        topics: access?.topics.map(({ name }) => name) ?? [],
        users: access?.users.map(({ name }) => name) ?? [],
    };
}
