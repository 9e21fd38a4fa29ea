/** Replication factors in the sections `kafka`, `connect` and `kafkaCluster` against the number of brokers. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { brokersOf } from "../strimzi/kafkaNodePool";

/** Keys of brokers and of workers that are numbers of replicas. */
const replicaKeys = /(^|\.)(replication\.factor|min\.insync\.replicas|min\.isr)$/;

/** Pairs of broker keys of which the first cannot be larger than the second. */
const brokerPairs = [
    ["min.insync.replicas", "default.replication.factor"],
    ["transaction.state.log.min.isr", "transaction.state.log.replication.factor"],
] as const;

export function checkReplicas({ kafka, kafkaCluster, connect }: ParsedSections): Issue[] {
    const brokers = kafkaCluster ? brokersOf(kafkaCluster) : kafka?.brokers;
    if (!brokers) return [];
    const configs: [Readonly<Record<string, unknown>>, SettingPath][] = [
        [connect?.config ?? {}, ["connect", "config"]],
        [kafkaCluster?.config ?? {}, ["kafkaCluster", "config"]],
    ];
    const tooMany = (value: unknown, at: SettingPath): Issue[] =>
        Number(value) > brokers
            ? [
                  invalidValue(at, value, `at most ${brokers}, the number of brokers`, {
                      code: "KCP_INSUFFICIENT_BROKERS",
                  }),
              ]
            : [];
    return [
        ...(kafkaCluster ? [] : tooMany(kafka?.replicationFactor, ["kafka", "replicationFactor"])),
        ...configs.flatMap(([config, at]) =>
            Object.entries(config)
                .filter(([key]) => replicaKeys.test(key))
                .flatMap(([key, value]) => tooMany(value, [...at, key])),
        ),
        ...pairIssues(kafkaCluster?.config ?? {}, brokers),
        ...storagePairIssues(connect?.config ?? {}, brokers),
    ];
}

function pairIssues(config: Readonly<Record<string, unknown>>, brokers: number): Issue[] {
    return brokerPairs
        .filter(([inSync]) => Number(config[inSync]) <= brokers)
        .filter(([inSync, replicas]) => Number(config[inSync]) > Number(config[replicas] ?? Infinity))
        .map(([inSync, replicas]) =>
            issue(
                "KCP_INSUFFICIENT_BROKERS",
                ["kafkaCluster", "config", inSync],
                `more than ${replicas}, ${String(config[replicas])}: no producer with acks=all could write`,
            ),
        );
}

/** The replicas of the workers' topics: a worker that cannot write one of them does not start. */
const storagePairIssues = (config: Readonly<Record<string, unknown>>, brokers: number): Issue[] =>
    ["config", "offset", "status"].flatMap((topic) => {
        const inSync = Number(config[`${topic}.storage.min.insync.replicas`]);
        const replicas = Number(config[`${topic}.storage.replication.factor`]);
        return inSync <= brokers && replicas > 0 && inSync > replicas
            ? [
                  issue(
                      "KCP_INSUFFICIENT_BROKERS",
                      ["connect", "config", `${topic}.storage.min.insync.replicas`],
                      `more than ${topic}.storage.replication.factor, ${replicas}: no worker could write the topic`,
                  ),
              ]
            : [];
    });
