/**
 * The ACLs that a producer, a consumer, a bridge or a Connect cluster needs. Pure. In Kafka's authorizer, Read, Write,
 * Delete and Alter include Describe; it is listed anyway, because other authorizers differ. Operations of each request:
 * https://kafka.apache.org/documentation/#operations_resources_and_protocols
 */
import type { KafkaUserSpec } from "../release/types/kafkaUserSpec";
import type { Acl, UserSettings } from "../schema/kafkaAccess";
import { compact } from "../util/data";
import { storageOf, type ConnectStorage } from "./connectConfig";

type StrimziAcl = NonNullable<KafkaUserSpec["authorization"]>["acls"][number];
type Operation = Acl["operations"][number];
type Resource = Acl["resource"];

/** One ACL. A `*` at the end of the name means every name with that prefix, as in the stack file. */
const allow = (resource: Resource, name: string | undefined, ...operations: Operation[]): Acl => ({
    type: "allow",
    resource,
    name,
    operations,
});
const all = (resource: Resource, names: readonly string[], ...operations: Operation[]): Acl[] =>
    names.map((name) => allow(resource, name, ...operations));

/** Writing records. Since Kafka 3.0, idempotent producers need no further operation (KIP-679). */
export const produceAcls = (topics: readonly string[], transactionalIds: readonly string[] = []): Acl[] => [
    ...all("topic", topics, "Write", "Describe"),
    ...all("transactionalId", transactionalIds, "Write", "Describe"),
];

/** Reading records as a member of a group. */
export const consumeAcls = (topics: readonly string[], groups: readonly string[]): Acl[] => [
    ...all("topic", topics, "Read", "Describe"),
    ...all("group", groups, "Read", "Describe"),
];

/**
 * An HTTP bridge. To describe a topic it requests its partitions and its configuration, so that without
 * DescribeConfigs it answers "Topic authorization failed" to `GET /topics/NAME`, whatever else is allowed.
 */
export function bridgeAcls(use: {
    produce: readonly string[];
    consume: readonly string[];
    groups: readonly string[];
    create: boolean;
}): Acl[] {
    return [
        ...produceAcls(use.produce),
        ...consumeAcls(use.consume, use.groups),
        ...all(
            "topic",
            [...new Set([...use.produce, ...use.consume])],
            "DescribeConfigs",
            ...(use.create ? (["Create"] as const) : []),
        ),
    ];
}

/** What the connectors of a Connect cluster touch. */
export interface ConnectorTopics {
    /** Topics that are written to, and created. */
    produce: readonly string[];
    /** Topics that are read, by sinks. */
    consume: readonly string[];
    /** Topics a connector keeps for itself: written, read back and looked at, such as a schema history. */
    own: readonly string[];
    /** Topics that are copied from another Kafka: written, and kept as they are there. */
    mirrored: readonly string[];
    /** Consumer groups. */
    groups: readonly string[];
    /** Names of the source connectors, of which transactional ids are made. */
    sources: readonly string[];
}

/**
 * A Connect cluster: its internal topics, which it makes, reads back and checks for compaction, its group, and what its
 * connectors touch. With exactly-once each source task has its own transactional id, and so has the leader
 * (KIP-618).
 */
export function connectAcls(
    connect: { name: string } & Partial<ConnectStorage>,
    connectors: ConnectorTopics,
    exactlyOnce: boolean,
): Acl[] {
    const { groupId, configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    return [
        ...all(
            "topic",
            [configStorageTopic, offsetStorageTopic, statusStorageTopic, ...connectors.own],
            "Create",
            "Read",
            "Write",
            "Describe",
            "DescribeConfigs",
        ),
        ...all("topic", connectors.produce, "Create", "Write", "Describe"),
        ...all("topic", connectors.mirrored, "Create", "Write", "Alter", "Describe", "DescribeConfigs", "AlterConfigs"),
        ...all("topic", connectors.consume, "Read", "Describe"),
        ...all("group", [groupId, ...connectors.groups], "Read", "Describe"),
        ...(exactlyOnce
            ? all(
                  "transactionalId",
                  [`connect-cluster-${groupId}`, ...connectors.sources.map((source) => `${groupId}-${source}-*`)],
                  "Write",
                  "Describe",
              )
            : []),
    ];
}

/** Everything a user of the stack file may do. */
export function userAcls(user: UserSettings): Acl[] {
    const { bridge, connect } = user;
    const groupsOf = (use: { consume: readonly string[]; groups: readonly string[] }) =>
        use.consume.length > 0 && use.groups.length === 0 ? [user.name] : use.groups;
    return [
        ...produceAcls(user.produce, user.transactionalIds),
        ...consumeAcls(user.consume, groupsOf(user)),
        ...(bridge ? bridgeAcls({ ...bridge, groups: groupsOf(bridge) }) : []),
        ...(connect
            ? connectAcls(
                  connect,
                  {
                      produce: connect.produce,
                      consume: connect.consume,
                      own: [],
                      mirrored: [],
                      groups: connect.connectors.map((name) => `connect-${name}`),
                      sources: [],
                  },
                  connect.exactlyOnce,
              )
            : []),
        // which sources there are is not known here: the beginning that all their transactional ids share
        ...(connect?.exactlyOnce ? produceAcls([], [`${storageOf(connect).groupId}-*`]) : []),
        ...user.acls,
    ];
}

const operationOrder: readonly Operation[] = [
    "All",
    "Create",
    "Read",
    "Write",
    "Delete",
    "Alter",
    "Describe",
    "DescribeConfigs",
    "AlterConfigs",
    "ClusterAction",
    "IdempotentWrite",
];

/** The same rights with one rule a resource, in a stable order: what several intents say of one topic is said once. */
export function mergeAcls(acls: readonly Acl[]): Acl[] {
    const merged = new Map<string, Acl>();
    for (const acl of acls) {
        const key = [acl.type, acl.resource, acl.name ?? "", acl.host ?? ""].join("\t");
        const operations = new Set([...(merged.get(key)?.operations ?? []), ...acl.operations]);
        merged.set(key, { ...acl, operations: operationOrder.filter((operation) => operations.has(operation)) });
    }
    return [...merged.keys()].sort().map((key) => merged.get(key)!);
}

/** Name and pattern of an ACL's resource. A `*` at the end of a longer name means every name with that prefix. */
function namePattern(name: string | undefined): Pick<StrimziAcl["resource"], "name" | "patternType"> {
    if (name === undefined) return {};
    const isPrefix = name.length > 1 && name.endsWith("*");
    return isPrefix ? { name: name.slice(0, -1), patternType: "prefix" } : { name, patternType: "literal" };
}

/** An ACL in the form of the KafkaUser resource. */
export function strimziAcl({ type, resource, name, operations, host }: Acl): StrimziAcl {
    return compact({
        type: type === "deny" ? type : undefined,
        resource: { type: resource, ...namePattern(name) },
        operations: [...operations],
        host,
    });
}
