/** The section `kafkaAccess`, which renders KafkaTopics and KafkaUsers. */
import { topicResourceName } from "../strimzi/kafkaTopic";
import { compact } from "../util/data";
import { isPlainObject } from "../util/mergePatch";
import { knownFields } from "./connectSection";
import type { Draft, Path, Raw } from "./draft";
import type { SourceObject } from "./source";

const clusterLabel = "strimzi.io/cluster";

function expect(draft: Draft, object: SourceObject, spec: Raw, at: Path): void {
    const { name, labels = {}, annotations = {} } = object.metadata;
    draft.expected.push({ kind: object.kind, name, spec, labels, annotations, at, origin: object.origin });
}

function topicItem(draft: Draft, object: SourceObject, index: number): Raw {
    const at = ["kafkaAccess", "topics", index];
    const spec = knownFields(draft, object, at);
    const { name: resource } = object.metadata;
    const name = String(spec.topicName ?? resource);
    const { "cleanup.policy": cleanupPolicy, ...config } = isPlainObject(spec.config) ? spec.config : {};
    const known = ["delete", "compact", "compact,delete"].includes(String(cleanupPolicy));
    if (spec.partitions === undefined)
        draft.note("missing", `KafkaTopic ${resource} leaves its partitions to the broker: write how many it has`, at);
    expect(draft, object, { topicName: name, ...spec }, at);
    return compact({
        name,
        resource: topicResourceName(name) === resource ? undefined : resource,
        partitions: spec.partitions,
        replicationFactor: spec.replicas,
        cleanupPolicy: known ? cleanupPolicy : undefined,
        config: known || cleanupPolicy === undefined ? config : spec.config,
    });
}

/** An ACL of a KafkaUser in the form of the stack file. `operation` is what older versions have for one of `operations`. */
function aclItem(acl: Raw): Raw {
    const { type, name, patternType } = acl.resource as Raw;
    const prefix = patternType === "prefix" ? "*" : "";
    return compact({
        type: acl.type === "deny" ? "deny" : undefined,
        resource: type,
        name: name === undefined ? undefined : `${String(name)}${prefix}`,
        operations: acl.operations ?? [acl.operation],
        host: acl.host === "*" ? undefined : acl.host,
    });
}

function userItem(draft: Draft, object: SourceObject, index: number): Raw {
    const at = ["kafkaAccess", "users", index];
    const spec = knownFields(draft, object, at);
    const { name } = object.metadata;
    const authentication = isPlainObject(spec.authentication) ? spec.authentication : {};
    const authorization = isPlainObject(spec.authorization) ? spec.authorization : {};
    const acls = Array.isArray(authorization.acls) ? (authorization.acls as Raw[]) : [];
    const supported = ["tls", "scram-sha-512"].includes(String(authentication.type));
    if (!supported || Object.keys(authentication).length > 1)
        draft.note(
            "missing",
            `KafkaUser ${name} has an authentication that kafkaAccess cannot express ` +
                `(${String(authentication.type ?? "none")})`,
            at,
        );
    for (const other of Object.keys(spec).filter((key) => !["authentication", "authorization", "quotas"].includes(key)))
        draft.note("missing", `KafkaUser ${name} has spec.${other}, which kafkaAccess cannot express`, at);
    expect(draft, object, spec, at);
    return compact({
        name,
        authentication: supported ? authentication.type : undefined,
        acls: acls.map(aclItem),
        quotas: spec.quotas,
    });
}

/** The section for these topics and users. */
export function accessSection(draft: Draft, topics: readonly SourceObject[], users: readonly SourceObject[]): Raw {
    const all = [...topics, ...users];
    const clusters = [...new Set(all.map(({ metadata }) => metadata.labels?.[clusterLabel]))];
    const namespaces = [...new Set(all.map(({ metadata }) => metadata.namespace))];
    if (clusters.length > 1 || clusters[0] === undefined || namespaces.length > 1)
        draft.note(
            "missing",
            `a stack has topics and users of one Kafka cluster, and the source has those of ` +
                `${clusters.map(String).join(", ")} in ${namespaces.map(String).join(", ")}: import each by itself`,
            ["kafkaAccess"],
        );
    return compact({
        cluster: clusters[0],
        namespace: namespaces[0],
        topics: topics.map((object, index) => topicItem(draft, object, index)),
        users: users.map((object, index) => userItem(draft, object, index)),
    });
}
