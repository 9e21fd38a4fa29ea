/**
 * The Kafka of a stack besides Connect: a cluster, topics and users, and the HTTP bridge, each where the stack
 * declares it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { HttpBridge } from "../../components/httpBridge";
import type { HttpBridgeArgs } from "../../components/httpBridge";
import { KafkaAccess } from "../../components/kafkaAccess";
import type { KafkaAccessArgs } from "../../components/kafkaAccessArgs";
import { KafkaCluster } from "../../components/kafkaCluster";
import type { KafkaClusterArgs } from "../../components/kafkaClusterArgs";
import type { TopicSettings } from "../schema/kafkaAccess";
import { kafkaUsers } from "../stack/kafkaUsers";
import type { Settings } from "../stack/settings";
import { bridgeKafka, bridgeNamespace } from "../strimzi/bridgeKafka";
import { replicationOf } from "../strimzi/brokerConfig";
import { createManifests } from "./manifests";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { takesSignals } from "../strimzi/snapshotJob";

/** Creates them. What authenticates to that Kafka depends on `ready`. */
export function createKafkaResources(
    settings: Settings,
    opts: { provider: pulumi.ProviderResource; dependsOn: pulumi.Resource[] },
): { ready: pulumi.Resource[]; topics: string[]; users: string[] } {
    const clusterArgs = kafkaClusterArgs(settings);
    const cluster = clusterArgs && new KafkaCluster(`${clusterArgs.name}-kafka`, clusterArgs, opts);
    const accessArgs = kafkaAccessArgs(settings);
    const clusters = [...(cluster ? [cluster] : []), ...createManifests(settings, "kafka", opts)];
    const dependsOn = clusters.length > 0 ? clusters : opts.dependsOn;
    const access = accessArgs && new KafkaAccess("kafka-access", accessArgs, { ...opts, dependsOn });
    const further = createManifests(settings, "access", { ...opts, dependsOn });
    const ready = [...clusters, ...(access ? [access] : []), ...further];
    const bridgeArgs = httpBridgeArgs(settings);
    if (bridgeArgs) new HttpBridge(bridgeArgs.name!, bridgeArgs, { ...opts, dependsOn: [...opts.dependsOn, ...ready] });
    return { ready, topics: access?.topics ?? [], users: access?.users ?? [] };
}

function kafkaClusterArgs(settings: Settings): KafkaClusterArgs | undefined {
    const { connect, kafkaCluster, metrics, protect, strimzi } = settings;
    if (!kafkaCluster) return undefined;
    const {
        createNamespace: _createNamespace,
        connectAcls: _connectAcls,
        connectBy: _connectBy,
        ...rest
    } = kafkaCluster;
    const { wait, ...cluster } = rest;
    return {
        ...cluster,
        namespace: kafkaNamespace(kafkaCluster, connect),
        strimziVersion: strimzi.version,
        kafkaVersion: strimzi.kafkaVersion,
        metrics: metrics.exporter,
        waitForReady: wait,
        protect,
    };
}

/** The topics of signals, of connectors that take incremental snapshots: kept for ever, they hold a few records. */
const signalTopics = (settings: Settings): TopicSettings[] =>
    settings.connectors
        .filter(takesSignals)
        .flatMap(({ config }) => [config["signal.kafka.topic"], config["notification.sink.topic.name"]])
        .map((name) => ({
            name: String(name),
            partitions: 1,
            cleanupPolicy: "delete" as const,
            config: { "retention.ms": -1 },
            metadata: { labels: {}, annotations: {} },
        }));

/** A topic whose retention, which the settings have in milliseconds and bytes, is given as Kafka's configuration. */
const topicArgs = ({ retention, retentionSize, config, ...topic }: TopicSettings) => ({
    ...topic,
    config: {
        ...(retention === undefined ? {} : { "retention.ms": retention }),
        ...(retentionSize === undefined ? {} : { "retention.bytes": retentionSize }),
        ...config,
    },
});

function kafkaAccessArgs(settings: Settings): KafkaAccessArgs | undefined {
    const { kafkaAccess, kafkaCluster, connect, strimzi, protect } = settings;
    const users = kafkaUsers(settings);
    if (!kafkaCluster && !kafkaAccess) return undefined;
    const declared = kafkaAccess?.topics ?? [];
    const names = new Set(declared.map(({ name }) => name));
    const topics = [...declared, ...signalTopics(settings).filter(({ name }) => !names.has(name))];
    if (users.length + topics.length === 0) return undefined;
    const { wait, timeoutMinutes } = kafkaCluster ?? connect;
    return {
        cluster: kafkaCluster?.name ?? kafkaAccess!.cluster!,
        namespace: kafkaNamespace(kafkaCluster, connect, kafkaAccess),
        strimziVersion: strimzi.version,
        topics: topics.map(topicArgs),
        replicationFactor: kafkaCluster && replicationOf(kafkaCluster),
        cruiseControl: kafkaCluster?.cruiseControl ?? false,
        users: users.map((user) => ({ ...user, acls: [...user.acls] })),
        authorization: kafkaCluster?.authorization !== "none",
        waitForReady: wait,
        timeoutMinutes,
        protect,
    };
}

function httpBridgeArgs(settings: Settings): HttpBridgeArgs | undefined {
    const { httpBridge, strimzi } = settings;
    if (!httpBridge) return undefined;
    const { name, main, replicas, image, certificates, config, resources, labels, template } = httpBridge;
    return {
        name,
        main,
        replicas,
        image,
        certificates,
        config,
        resources,
        labels,
        template,
        namespace: bridgeNamespace(settings),
        strimziVersion: strimzi.version,
        kafka: bridgeKafka(settings),
    };
}
