/** Topics and clusters that lose records, or that stop, when one broker is away. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaVersionOf } from "../release/releases";
import { brokerConfig } from "../strimzi/brokerConfig";
import { brokersOf, controllersOf } from "../strimzi/kafkaNodePool";

type Config = Readonly<Record<string, unknown>>;

const uncleanKey = "unclean.leader.election.enable";

const uncleanWarnings = (config: Config, at: SettingPath): Issue[] =>
    String(config[uncleanKey]).toLowerCase() === "true"
        ? [
              issue(
                  "KCP_WEAK_DURABILITY",
                  [...at, uncleanKey],
                  "a replica that is behind can become the leader: the records that it lacks are lost; remove the key",
              ),
          ]
        : [];

/** All replicas have to be in sync: no broker can restart while the topic is written. */
const inSyncWarnings = (inSync: number, replicas: number, at: SettingPath): Issue[] =>
    replicas > 1 && inSync === replicas
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  at,
                  `all ${replicas} replicas have to be in sync: while one broker restarts, no producer with acks=all ` +
                      `can write, and Strimzi does not restart brokers; use ${replicas - 1}`,
              ),
          ]
        : [];

function clusterWarnings({ kafkaCluster: cluster, protect, strimzi }: ParsedSections): Issue[] {
    if (!cluster) return [];
    const brokers = brokersOf(cluster);
    const controllers = controllersOf(cluster);
    const config = brokerConfig(cluster, kafkaVersionOf(strimzi!));
    const at = ["kafkaCluster", "config"];
    return [
        ...uncleanWarnings(cluster.config, at),
        ...(cluster.config["min.insync.replicas"] === undefined
            ? []
            : inSyncWarnings(Number(config["min.insync.replicas"]), Number(config["default.replication.factor"]), [
                  ...at,
                  "min.insync.replicas",
              ])),
        ...(cluster.replicationFactor === 1 && brokers >= 3
            ? [
                  issue(
                      "KCP_WEAK_DURABILITY",
                      ["kafkaCluster", "replicationFactor"],
                      `with ${brokers} brokers, the loss of one loses the records of its topics; use 3`,
                  ),
              ]
            : []),
        ...(controllers > 2 && controllers % 2 === 0
            ? [
                  issue(
                      "KCP_INVALID_QUORUM",
                      ["kafkaCluster", "nodePools"],
                      `${controllers} controllers survive the loss of no more nodes than ${controllers - 1}; ` +
                          "use an odd number",
                  ),
              ]
            : []),
        ...(protect === true ? deletedVolumes(cluster.nodePools) : []),
        ...plainListener(cluster),
    ];
}

const deletedVolumes = (pools: readonly { storage: { deleteClaim: boolean } }[]): Issue[] =>
    pools.flatMap(({ storage }, index) =>
        storage.deleteClaim
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["kafkaCluster", "nodePools", index, "storage", "deleteClaim"],
                      "the volumes are deleted with the cluster, although protect is true; remove one of the two",
                  ),
              ]
            : [],
    );

/** A client without a login has no name that ACLs could grant something to. */
const plainListener = ({ listeners, authorization }: NonNullable<ParsedSections["kafkaCluster"]>): Issue[] =>
    listeners.plain && authorization === "simple" && (listeners.tls || listeners.scram)
        ? [
              issue(
                  "KCP_UNUSED_SETTING",
                  ["kafkaCluster", "listeners", "plain"],
                  "clients of this listener are ANONYMOUS, which has no ACLs: with authorization simple they may do " +
                      "nothing",
              ),
          ]
        : [];

function topicWarnings({ kafkaAccess, kafkaCluster: cluster, strimzi }: ParsedSections): Issue[] {
    const brokers = cluster ? brokersOf(cluster) : 1;
    const defaults = cluster ? brokerConfig(cluster, kafkaVersionOf(strimzi!)) : {};
    return (kafkaAccess?.topics ?? []).flatMap((topic, index): Issue[] => {
        const at = ["kafkaAccess", "topics", index];
        const replicas = topic.replicationFactor ?? Number(defaults["default.replication.factor"] ?? 0);
        const written = topic.config["min.insync.replicas"];
        // the default of the cluster leaves one broker less than its topics have replicas
        const inSync = written ?? (topic.replicationFactor === undefined ? undefined : defaults["min.insync.replicas"]);
        const policy = String(topic.config["cleanup.policy"] ?? topic.cleanupPolicy);
        return [
            ...uncleanWarnings(topic.config, [...at, "config"]),
            ...(inSync === undefined
                ? []
                : inSyncWarnings(
                      Number(inSync),
                      replicas,
                      written === undefined ? [...at, "replicationFactor"] : [...at, "config", "min.insync.replicas"],
                  )),
            ...(topic.replicationFactor === 1 && brokers >= 3
                ? [
                      issue(
                          "KCP_WEAK_DURABILITY",
                          [...at, "replicationFactor"],
                          `with ${brokers} brokers, the loss of one loses the topic's records; use 3`,
                      ),
                  ]
                : []),
            ...(policy === "compact" && (topic.retention ?? topic.retentionSize) !== undefined
                ? [
                      issue(
                          "KCP_UNUSED_SETTING",
                          [...at, topic.retention === undefined ? "retentionSize" : "retention"],
                          "unused: a compacted topic keeps the last record of each key; use cleanupPolicy " +
                              "compact,delete, or remove it",
                      ),
                  ]
                : []),
            ...(topic.retention !== undefined && topic.config["retention.ms"] !== undefined
                ? [
                      issue(
                          "KCP_CONFLICTING_SETTINGS",
                          [...at, "config", "retention.ms"],
                          "replaces retention; remove one of the two",
                      ),
                  ]
                : []),
        ];
    });
}

/** Warnings about the durability of the stack's Kafka cluster and topics. */
export const durabilityWarnings = (sections: ParsedSections): Issue[] => [
    ...clusterWarnings(sections),
    ...topicWarnings(sections),
];
