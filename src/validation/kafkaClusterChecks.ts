/** The Kafka cluster of the stack: node pools, listeners, replicas. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import type { ParsedSections } from "../schema/sections";
import { brokersOf, controllersOf } from "../strimzi/kafkaNodePool";
import { clientListener } from "../strimzi/kafka";
import { forbiddenBrokerConfig, replicationOf } from "../strimzi/brokerConfig";
import { duplicateNames } from "./duplicateNames";
import { checkManagedKeys } from "./managedConfig";

export function checkKafkaCluster({ kafkaCluster: cluster }: ParsedSections): Issue[] {
    if (!cluster) return [];
    return [
        ...checkNodePools(cluster),
        ...checkListeners(cluster),
        ...checkBrokerCount(cluster),
        ...checkManagedKeys(cluster.config, forbiddenBrokerConfig, ["kafkaCluster", "config"]),
    ];
}

function checkNodePools(cluster: KafkaClusterSettings): Issue[] {
    const pools = ["kafkaCluster", "nodePools"];
    const names = cluster.nodePools.map(({ name }) => name);
    const issues = duplicateNames(names, pools);
    const quorum = (message: string) => issues.push(issue("KCP_INVALID_QUORUM", pools, message));
    const controllers = controllersOf(cluster);
    if (brokersOf(cluster) === 0) quorum("there is no broker; give a pool the role broker");
    if (controllers === 0) quorum("there is no controller; give a pool the role controller");
    if (controllers === 2)
        quorum("expected 1, 3 or 5 controllers, received 2: 2 controllers cannot survive the loss of one");
    return issues;
}

function checkListeners(cluster: KafkaClusterSettings): Issue[] {
    if (!clientListener(cluster))
        return [
            issue(
                "KCP_MISSING_LISTENER",
                ["kafkaCluster", "listeners"],
                "no listener is enabled; enable tls, scram or plain",
            ),
        ];
    const { connectBy, listeners } = cluster;
    if (!connectBy || listeners[connectBy]) return [];
    return [
        issue(
            "KCP_MISSING_LISTENER",
            ["kafkaCluster", "connectBy"],
            `the listener ${connectBy} is not enabled; set kafkaCluster.listeners.${connectBy} to true`,
        ),
    ];
}

function checkBrokerCount(cluster: KafkaClusterSettings): Issue[] {
    const brokers = brokersOf(cluster);
    const issues: Issue[] = [];
    if (brokers > 0 && replicationOf(cluster) > brokers)
        issues.push(
            invalidValue(
                ["kafkaCluster", "replicationFactor"],
                cluster.replicationFactor,
                `at most ${brokers}, the number of brokers`,
                { code: "KCP_INSUFFICIENT_BROKERS" },
            ),
        );
    if (cluster.cruiseControl && brokers === 1)
        issues.push(
            issue(
                "KCP_INSUFFICIENT_BROKERS",
                ["kafkaCluster", "cruiseControl"],
                "Cruise Control needs at least 2 brokers; the node pools have 1",
            ),
        );
    return issues;
}
