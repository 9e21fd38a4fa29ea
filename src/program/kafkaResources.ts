/** What a stack has of Kafka besides Connect: a cluster of its own, topics and users, the bridge. Wired, each where the stack has it. */
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../stack/settings";
import { bridgeKafka, bridgeNamespace } from "../strimzi/bridgeKafka";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { HttpBridge } from "../../components/httpBridge";
import { KafkaAccess, type KafkaAccessArgs } from "../../components/kafkaAccess";
import { kafkaUsers } from "../stack/kafkaUsers";
import { replicationOf } from "../strimzi/brokerConfig";
import { KafkaCluster } from "../../components/kafkaCluster";

/** Makes them. Who logs in to that Kafka waits for `ready`. */
export function createKafkaResources(
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

/** What a stack has of topics and users; undefined where it has none. */
function kafkaAccessOf(settings: Settings): KafkaAccessArgs | undefined {
    const { kafkaAccess, kafkaCluster, connect, release, protect } = settings;
    const users = kafkaUsers(settings);
    const topics = kafkaAccess?.topics ?? [];
    if (users.length + topics.length === 0) return undefined;
    const { wait, timeoutMinutes } = kafkaCluster ?? connect;
    return {
        cluster: kafkaCluster?.name ?? kafkaAccess!.cluster!,
        namespace: kafkaNamespace(kafkaCluster, connect, kafkaAccess),
        release,
        topics,
        replicationFactor: kafkaCluster && replicationOf(kafkaCluster),
        cruiseControl: kafkaCluster?.cruiseControl ?? false,
        users,
        authorization: kafkaCluster?.authorization !== "none",
        wait,
        timeoutMinutes,
        protect,
    };
}
