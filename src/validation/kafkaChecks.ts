/** Checks on a Kafka cluster, its topics and its users. Groups with issues of their own are skipped. */
import { brokersOf, controllersOf, nodePoolSpec } from "../strimzi/kafkaNodePool";
import { clientListener } from "../strimzi/kafka";
import { forbiddenBrokerConfig, replicationOf } from "../strimzi/brokerConfig";
import { topicResourceName } from "../strimzi/kafkaTopic";
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { duplicates } from "../util/data";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { clientAuthentication } from "../strimzi/ownKafka";

/** All of them. */
export function checkKafka(read: ParsedSections): Issue[] {
    return [...checkCluster(read), ...checkConnectLogin(read), ...checkTopics(read), ...checkUsers(read)];
}

function checkCluster({ kafkaCluster: cluster, strimzi }: ParsedSections): Issue[] {
    if (!cluster) return [];
    const at = "kafkaCluster";
    const brokers = brokersOf(cluster);
    const controllers = controllersOf(cluster);
    const issues: Issue[] = duplicates(cluster.nodePools.map(({ name }) => name)).map((index) =>
        issue("KCP_TODO", [at, "nodePools", index, "name"], `is ${cluster.nodePools[index].name} twice`),
    );
    if (brokers === 0) issues.push(issue("KCP_TODO", [at, "nodePools"], "has no broker; give a pool the role broker"));
    if (controllers === 0)
        issues.push(issue("KCP_TODO", [at, "nodePools"], "has no controller; give a pool the role controller"));
    if (controllers === 2)
        issues.push(
            issue("KCP_TODO", [at, "nodePools"], "has 2 controllers, which stop when either does; wants 1, 3 or 5"),
        );
    if (!clientListener(cluster))
        issues.push(issue("KCP_TODO", [at, "listeners"], "has no listener that is on; wants tls, scram or plain"));
    if (cluster.connectBy && !cluster.listeners[cluster.connectBy])
        issues.push(
            invalidValue(
                [at, "connectBy"],
                cluster.connectBy,
                `a listener that is on; kafkaCluster.listeners.${cluster.connectBy} is false`,
            ),
        );
    if (brokers > 0 && replicationOf(cluster) > brokers)
        issues.push(
            invalidValue(
                [at, "replicationFactor"],
                cluster.replicationFactor,
                `at most the number of brokers, ${brokers}`,
            ),
        );
    if (cluster.cruiseControl && brokers < 2)
        issues.push(
            invalidValue(
                [at, "cruiseControl"],
                true,
                `two brokers or more; there is ${brokers === 1 ? "one" : "none"}`,
            ),
        );
    for (const key of Object.keys(cluster.config)) {
        const { prefixes, allowed } = forbiddenBrokerConfig;
        const prefix = (allowed as readonly string[]).includes(key)
            ? undefined
            : prefixes.find((candidate) => key.startsWith(candidate));
        if (prefix)
            issues.push(
                issue("KCP_TODO", [at, "config", key], `is set by Strimzi, which ignores it here (prefix ${prefix})`),
            );
    }
    return [...issues, ...(strimzi ? checkPools(cluster, strimzi.version) : [])];
}

/** What is handed on to Kubernetes unread, held against the CRD. */
function checkPools(cluster: KafkaClusterSettings, version: string): Issue[] {
    const schema = schemaAt(schemaOf(version, "KafkaNodePool")!, ["spec"]);
    return cluster.nodePools.flatMap((pool, index) =>
        violations(schema, nodePoolSpec(pool, false)).map(({ path, message }): Issue =>
            issue(
                "KCP_TODO",
                [
                    "kafkaCluster",
                    "nodePools",
                    index,
                    ...path.filter((step, depth) => !(depth < 2 && (step === "template" || step === "pod"))),
                ],
                message,
            ),
        ),
    );
}

/** Connect's login to the stack's own cluster. */
function checkConnectLogin({ kafkaCluster: cluster, connect }: ParsedSections): Issue[] {
    if (!cluster || !connect?.install) return [];
    const issues: Issue[] = [];
    if (clientAuthentication(cluster)) {
        if (cluster.namespace && cluster.namespace !== connect.namespace)
            issues.push(
                invalidValue(
                    ["kafkaCluster", "namespace"],
                    cluster.namespace,
                    `${connect.namespace}, the namespace of Connect, which logs in by Secrets of this cluster: Secrets do not cross namespaces, and a copy would miss their renewal`,
                ),
            );
        if (connect.name.length > 64)
            issues.push(
                invalidValue(
                    ["connect", "name"],
                    connect.name,
                    "at most 64 characters, as it is the common name of the certificate Connect logs in by",
                ),
            );
    } else if (cluster.authorization === "simple" && clientListener(cluster)) {
        issues.push(
            invalidValue(
                ["kafkaCluster", "authorization"],
                "simple",
                "none, or a listener where Connect logs in (tls, scram): on plain it is nobody, and nobody may do anything",
            ),
        );
    }
    if (cluster.connectAcls.length > 0 && cluster.authorization === "none")
        issues.push(
            issue(
                "KCP_TODO",
                ["kafkaCluster", "connectAcls"],
                "decides nothing where kafkaCluster.authorization is none",
            ),
        );
    return issues;
}

function checkTopics({ kafkaAccess: access, kafkaCluster: cluster }: ParsedSections): Issue[] {
    if (!access) return [];
    const issues: Issue[] = [];
    if (cluster) {
        for (const key of ["cluster", "namespace"] as const)
            if (access[key])
                issues.push(
                    issue(
                        "KCP_TODO",
                        ["kafkaAccess", key],
                        "is given, and so is kafkaCluster, whose topics and users these are; leave one of the two out",
                    ),
                );
    } else if (!access.cluster) {
        issues.push(
            missingSetting(
                ["kafkaAccess", "cluster"],
                "the name of the Kafka resource whose topics and users these are, as the stack has no kafkaCluster",
            ),
        );
    }
    const at = (index: number, key: string) => ["kafkaAccess", "topics", index, key];
    // Kafka makes metrics of names in which . and _ are the same, and refuses a topic that differs in these only
    const metricNames = access.topics.map(({ name }) => name.replace(/\./g, "_"));
    for (const index of duplicates(metricNames)) {
        const { name } = access.topics[index];
        const other = access.topics[metricNames.indexOf(metricNames[index])].name;
        issues.push(
            issue(
                "KCP_TODO",
                at(index, "name"),
                name === other
                    ? `is ${name} twice`
                    : `is ${name}, and there is ${other}: Kafka takes . and _ for the same`,
            ),
        );
    }
    const resources = access.topics.map((topic) => topic.resource ?? topicResourceName(topic.name));
    for (const index of duplicates(resources))
        if (!duplicates(metricNames).includes(index))
            issues.push(
                issue(
                    "KCP_TODO",
                    at(index, "resource"),
                    `is ${resources[index]}, as that of kafkaAccess.topics[${resources.indexOf(resources[index])}]`,
                ),
            );
    const brokers = cluster ? brokersOf(cluster) : Infinity;
    access.topics.forEach((topic, index) => {
        const replicas = topic.replicationFactor ?? (cluster ? replicationOf(cluster) : undefined);
        const inSync = Number(topic.config["min.insync.replicas"]);
        if (topic.replicationFactor !== undefined && topic.replicationFactor > brokers)
            issues.push(
                invalidValue(
                    at(index, "replicationFactor"),
                    topic.replicationFactor,
                    `at most the number of brokers, ${brokers}`,
                ),
            );
        if (replicas !== undefined && inSync > replicas)
            issues.push(
                invalidValue(
                    [...at(index, "config"), "min.insync.replicas"],
                    inSync,
                    `at most the topic's replicas, ${replicas}: nothing could be written`,
                ),
            );
    });
    return issues;
}

function checkUsers({ kafkaAccess: access, kafkaCluster: cluster, connect }: ParsedSections): Issue[] {
    if (!access) return [];
    const issues: Issue[] = [];
    const at = (index: number, key: string) => ["kafkaAccess", "users", index, key];
    for (const index of duplicates(access.users.map(({ name }) => name)))
        issues.push(issue("KCP_TODO", at(index, "name"), `is ${access.users[index].name} twice`));
    access.users.forEach((user, index) => {
        if (cluster && connect?.install && user.name === connect.name && clientAuthentication(cluster))
            issues.push(
                issue(
                    "KCP_TODO",
                    at(index, "name"),
                    `is ${user.name}, the user that the stack's own Connect cluster logs in as; its further rights are kafkaCluster.connectAcls`,
                ),
            );
        if (user.groups.length > 0 && user.consume.length === 0)
            issues.push(
                issue("KCP_TODO", at(index, "groups"), "are given, and nothing is consumed; consume names the topics"),
            );
        if (!cluster) return;
        const listener = user.authentication === "scram-sha-512" ? "scram" : "tls";
        if (user.authentication && !cluster.listeners[listener])
            issues.push(
                invalidValue(
                    at(index, "authentication"),
                    user.authentication,
                    `one that a listener takes; kafkaCluster.listeners.${listener} is false`,
                ),
            );
        else if (!cluster.listeners.tls && !cluster.listeners.scram)
            issues.push(
                issue(
                    "KCP_TODO",
                    at(index, "name"),
                    `is ${user.name}, and no listener takes logins; set kafkaCluster.listeners.tls or scram`,
                ),
            );
        if (
            cluster.authorization === "none" &&
            (user.acls.length > 0 ||
                user.bridge ||
                user.connect ||
                user.produce.length + user.consume.length + user.transactionalIds.length > 0)
        ) {
            issues.push(
                issue(
                    "KCP_TODO",
                    ["kafkaAccess", "users", index],
                    "has rights, and kafkaCluster.authorization is none: the user operator refuses users with rules there",
                ),
            );
        }
    });
    return issues;
}

/** Whether it is clear which Kafka Connect uses: `kafka` or the stack's own cluster, and one of them only. */
export function checkKafkaSource(raw: Readonly<Record<string, unknown>>, read: ParsedSections): Issue[] {
    const { kafkaCluster, kafka, connect } = read;
    if (kafkaCluster) {
        const given = Object.keys((raw.kafka as object | null | undefined) ?? {}).filter(
            (key) => key !== "schemaRegistry",
        );
        return given.map((key): Issue =>
            issue(
                "KCP_TODO",
                ["kafka", key],
                "is given, and so is kafkaCluster, of which it follows; leave one of the two out",
            ),
        );
    }
    if (raw.kafkaCluster || kafka?.bootstrapServers !== "" || connect?.install === false) return [];
    return [
        missingSetting(
            ["kafka", "bootstrapServers"],
            "host:port, several separated by commas; or kafkaCluster for a Kafka of the stack's own",
        ),
    ];
}
