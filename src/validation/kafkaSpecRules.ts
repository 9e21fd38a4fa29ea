/**
 * Fields of `kafkaCluster.spec` that Strimzi's operator rejects or does not read, by the messages of the operator's
 * model (KafkaCluster.fromCrd, KafkaSpecChecker, KRaftUtils, CruiseControl.fromCrd).
 */
import { kafkaVersionOf } from "../release/releases";
import { invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";
import { quantityValue } from "../util/quantity";
import { quantitiesOf } from "./podContainers";

type Cluster = NonNullable<ParsedSections["kafkaCluster"]>;

const inSpec = (...path: string[]): SettingPath => ["kafkaCluster", "spec", ...path];

/** Two limits of which the operator accepts one. */
function quotaIssues({ spec }: Cluster): Issue[] {
    const path = ["kafka", "quotas"];
    const quotas = valueAt(spec, path);
    if (!isObject(quotas)) return [];
    const { minAvailableBytesPerVolume: bytes, minAvailableRatioPerVolume: ratio } = quotas;
    return bytes === undefined || ratio === undefined
        ? []
        : [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  inSpec(...path, "minAvailableRatioPerVolume"),
                  "excludes minAvailableBytesPerVolume: the operator rejects the Kafka; remove one of the two",
              ),
          ];
}

/** Tiered storage needs the class that writes to the remote storage. */
function tieredStorageIssues({ spec }: Cluster): Issue[] {
    const path = ["kafka", "tieredStorage"];
    if (!isObject(valueAt(spec, path))) return [];
    const manager = [...path, "remoteStorageManager"];
    return ["className", "classPath"]
        .filter((key) => !valueAt(spec, [...manager, key]))
        .map((key) =>
            missingSetting(
                inSpec(...manager, key),
                key === "className" ? "a class that implements RemoteStorageManager" : "the folder of its JAR files",
            ),
        );
}

/** The operator rejects a node pool with an amount of 0, which Kubernetes accepts. */
const resourceIssues = ({ nodePools }: Cluster): Issue[] =>
    nodePools.flatMap(({ resources }, pool) =>
        (["requests", "limits"] as const).flatMap((part) =>
            Object.entries(quantitiesOf(resources, part))
                .filter(([name, amount]) => ["cpu", "memory"].includes(name) && quantityValue(amount) === 0)
                .map(([name, amount]) =>
                    invalidValue(["kafkaCluster", "nodePools", pool, "resources", part, name], amount, "more than 0"),
                ),
        ),
    );

/** What the operator rejects, or fails on. */
export const checkKafkaSpecRules = ({ kafkaCluster }: ParsedSections): Issue[] =>
    kafkaCluster
        ? [...quotaIssues(kafkaCluster), ...tieredStorageIssues(kafkaCluster), ...resourceIssues(kafkaCluster)]
        : [];

/** Fields that only clusters without node pools have, or those with ZooKeeper. */
const formerFields: readonly [path: readonly string[], reason: string][] = [
    [["zookeeper"], "the cluster keeps its metadata in KRaft, without ZooKeeper"],
    [["kafka", "replicas"], "node pools have it: set kafkaCluster.nodePools[].replicas"],
    [["kafka", "storage"], "node pools have it: set kafkaCluster.nodePools[].storage"],
];

const unusedFields = ({ spec }: Cluster): Issue[] =>
    formerFields
        .filter(([path]) => valueAt(spec, path) !== undefined)
        .map(([path, reason]) => issue("KCP_UNUSED_SETTING", inSpec(...path), `unused: ${reason}`));

/** Versions that a cluster with KRaft does not have: its metadata have one version. */
const formerVersions = ["inter.broker.protocol.version", "log.message.format.version"];

function unusedVersions({ config }: Cluster, kafkaVersion: string): Issue[] {
    // brokers of Kafka 4 do not know the keys, which has its own warning
    if (!kafkaVersion.startsWith("3.")) return [];
    return formerVersions
        .filter((key) => config[key] !== undefined)
        .map((key) =>
            issue(
                "KCP_UNUSED_SETTING",
                ["kafkaCluster", "config", key],
                "unused with KRaft; set kafka.metadataVersion in kafkaCluster.spec",
            ),
        );
}

const goalPackage = "com.linkedin.kafka.cruisecontrol.analyzer.goals.";

/** Goals of Cruise Control (Strimzi's CruiseControlGoals, and those for one broker's disks). */
const goals = [
    ...["RackAware", "RackAwareDistribution", "MinTopicLeadersPerBroker", "ReplicaCapacity", "DiskCapacity"],
    ...["NetworkInboundCapacity", "NetworkOutboundCapacity", "CpuCapacity", "ReplicaDistribution", "PotentialNwOut"],
    ...["DiskUsageDistribution", "NetworkInboundUsageDistribution", "NetworkOutboundUsageDistribution"],
    ...["CpuUsageDistribution", "TopicReplicaDistribution", "LeaderReplicaDistribution", "LeaderBytesInDistribution"],
    ...["PreferredLeaderElection", "IntraBrokerDiskCapacity", "IntraBrokerDiskUsageDistribution"],
    ...["BrokerSetAware"],
].map((name) => `${goalPackage}${name}Goal`);

const goalKeys = ["goals", "default.goals", "hard.goals", "anomaly.detection.goals", "self.healing.goals"];

/** Goals that Cruise Control does not have: it ends when it starts. */
function goalWarnings({ spec }: Cluster): Issue[] {
    return goalKeys.flatMap((key) => {
        const path = ["cruiseControl", "config", key];
        const names = String(valueAt(spec, path) ?? "").split(",");
        const unknown = names
            .map((name) => name.trim())
            .filter((name) => name !== "" && !goals.includes(name))
            // a class of the user's own is in another package
            .filter((name) => !name.includes(".") || name.startsWith(goalPackage));
        return unknown.map((name) =>
            invalidValue(inSpec(...path), name, "the full name of a goal's class", {
                reason: suggestionFor(name.includes(".") ? name : `${goalPackage}${name}`, goals),
            }),
        );
    });
}

/** Authorities that the operator does not create, without a Secret of the stack that it could read. */
function authorityWarnings({ spec, name: cluster }: Cluster, manifests: ParsedSections["manifests"] = []): Issue[] {
    return (["clusterCa", "clientsCa"] as const)
        .filter((name) => valueAt(spec, [name, "generateCertificateAuthority"]) === false)
        .flatMap((name) => {
            const prefix = `${cluster}-${name === "clusterCa" ? "cluster" : "clients"}-ca`;
            const isDeclared = manifests.some(({ metadata }) => metadata.name.startsWith(prefix));
            return isDeclared
                ? []
                : [
                      issue(
                          "KCP_UNDECLARED_NAME",
                          inSpec(name, "generateCertificateAuthority"),
                          `the operator waits for the Secrets ${prefix}-cert and ${prefix}, which the stack does not ` +
                              "declare; create them before the cluster",
                      ),
                  ];
        });
}

/** Intervals of milliseconds that were meant in seconds. */
const intervalWarnings = ({ spec }: Cluster): Issue[] =>
    ["topicOperator", "userOperator"].flatMap((operator) => {
        const path = ["entityOperator", operator, "reconciliationIntervalMs"];
        const interval = valueAt(spec, path);
        return typeof interval === "number" && interval < 1000
            ? [
                  invalidValue(inSpec(...path), interval, "at least 1000", {
                      reason: "it is in milliseconds, and the operator would read all resources without a pause",
                  }),
              ]
            : [];
    });

/** Fields that the operator ignores, and what probably fails. */
export function kafkaSpecWarnings({ kafkaCluster, strimzi, manifests }: ParsedSections): Issue[] {
    if (!kafkaCluster || !strimzi) return [];
    return [
        ...unusedFields(kafkaCluster),
        ...unusedVersions(kafkaCluster, kafkaVersionOf(strimzi)),
        ...goalWarnings(kafkaCluster),
        ...intervalWarnings(kafkaCluster),
        ...authorityWarnings(kafkaCluster, manifests),
    ];
}
