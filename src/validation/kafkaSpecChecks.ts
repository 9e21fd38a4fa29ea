/** Fields of `kafkaCluster.spec` that contradict the stack, and names that two objects of the cluster have. */
import { kafkaVersionOf } from "../release/releases";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { clientAuthentication, kafkaNamespace } from "../strimzi/ownKafka";
import { valueAt } from "../util/data";
import { isExpression } from "../util/expressions";

/** Operators that look for topics or users in another namespace than the one in which the stack creates them. */
function namespaceIssues({ kafkaCluster, kafkaAccess, connect, httpBridge }: ParsedSections): Issue[] {
    const namespace = kafkaNamespace(kafkaCluster, connect!);
    const hasUsers =
        (kafkaAccess?.users ?? []).length > 0 ||
        (httpBridge !== undefined && !httpBridge.kafka) ||
        (connect!.install && clientAuthentication(kafkaCluster!) !== undefined);
    const used = { topicOperator: (kafkaAccess?.topics ?? []).length > 0, userOperator: hasUsers };
    return Object.entries(used)
        .filter(([, isUsed]) => isUsed)
        .flatMap(([operator]) => {
            const path = ["entityOperator", operator, "watchedNamespace"];
            const watched = valueAt(kafkaCluster!.spec, path);
            if (watched === undefined || watched === namespace) return [];
            const reason = "the stack creates its topics and users there";
            return [invalidValue(["kafkaCluster", "spec", ...path], watched, namespace, { reason })];
        });
}

/** KRaft's metadata cannot be newer than the brokers. */
function metadataIssues({ kafkaCluster, strimzi }: ParsedSections): Issue[] {
    const path = ["kafka", "metadataVersion"];
    const written = valueAt(kafkaCluster!.spec, path);
    if (written === undefined || !strimzi) return [];
    const at = ["kafkaCluster", "spec", ...path];
    const kafkaVersion = kafkaVersionOf(strimzi);
    const [, major, minor] = /^(\d+)\.(\d+)(\.\d+|-IV\d+)?$/.exec(String(written)) ?? [];
    const [ofMajor, ofMinor] = kafkaVersion.split(".").map(Number);
    if (major === undefined || Number(major) < 3)
        return [invalidValue(at, written, `a metadata version such as ${ofMajor}.${ofMinor}-IV0`)];
    const isNewer = Number(major) > ofMajor || (Number(major) === ofMajor && Number(minor) > ofMinor);
    return isNewer
        ? [
              invalidValue(at, written, `at most ${ofMajor}.${ofMinor}`, {
                  code: "KCP_UNSUPPORTED_BY_VERSION",
                  reason: `the brokers are of Kafka ${kafkaVersion}`,
              }),
          ]
        : [];
}

/** Secrets of the cluster that Strimzi creates, of which one user's Secret can have no name. */
const clusterSecrets = [
    ...["cluster-ca", "cluster-ca-cert", "clients-ca", "clients-ca-cert", "cluster-operator-certs", "kafka-brokers"],
    ...["entity-topic-operator-certs", "entity-user-operator-certs", "kafka-exporter-certs", "cruise-control-certs"],
    ...["cruise-control-api"],
];

/** Users whose Secret has the name of another Secret, or who are declared by two sections. */
function userIssues({ kafkaCluster, kafkaAccess, httpBridge, connect }: ParsedSections): Issue[] {
    const cluster = kafkaCluster?.name ?? kafkaAccess?.cluster;
    const taken = clusterSecrets.map((secret) => `${cluster}-${secret}`);
    const ofUsers = (kafkaAccess?.users ?? []).flatMap(({ name }, index) =>
        taken.includes(name)
            ? [
                  issue(
                      "KCP_DUPLICATE_NAME",
                      ["kafkaAccess", "users", index, "name"],
                      `the user's Secret would replace Strimzi's Secret ${name}; use another name`,
                  ),
              ]
            : [],
    );
    const isConnectUser =
        kafkaCluster !== undefined &&
        connect?.install &&
        clientAuthentication(kafkaCluster) !== undefined &&
        httpBridge !== undefined &&
        !httpBridge.kafka &&
        httpBridge.name === connect.name;
    return [
        ...ofUsers,
        ...(isConnectUser
            ? [
                  issue(
                      "KCP_DUPLICATE_NAME",
                      ["httpBridge", "name"],
                      `"${httpBridge.name}" is the user of the Connect cluster; use another name`,
                  ),
              ]
            : []),
    ];
}

/** A bad regular expression ends the Kafka exporter when it starts. */
const exporterIssues = ({ kafkaCluster }: ParsedSections): Issue[] =>
    ["topicRegex", "groupRegex", "topicExcludeRegex", "groupExcludeRegex"].flatMap((field) => {
        const written = valueAt(kafkaCluster!.spec, ["kafkaExporter", field]);
        if (typeof written !== "string" || (isExpression(withoutFlags(written)) && !notInGo.test(written))) return [];
        return [
            invalidValue(
                ["kafkaCluster", "spec", "kafkaExporter", field],
                written,
                "a regular expression of Go, without lookarounds",
            ),
        ];
    });

/** Lookarounds and references to groups, which Go's expressions do not have. */
const notInGo = /\(\?<?[=!]|\\[1-9]/;

/** Go's expressions can begin with flags, such as (?i). */
const withoutFlags = (expression: string): string => expression.replace(/^\(\?[imsU]+\)/, "");

/** What `kafkaCluster.spec` and the names of users contradict. */
export function checkKafkaSpec(sections: ParsedSections): Issue[] {
    const { kafkaCluster, connect } = sections;
    const ofSpec =
        kafkaCluster?.spec && connect
            ? [...namespaceIssues(sections), ...metadataIssues(sections), ...exporterIssues(sections)]
            : [];
    return [...ofSpec, ...userIssues(sections)];
}
