/** The section `kafkaAccess`, which renders KafkaTopics and KafkaUsers. */
import { topicResourceName } from "../strimzi/kafkaTopic";
import { compact } from "../util/data";
import { isPlainObject } from "../util/mergePatch";
import { knownFields, ownMetadata } from "./connectSection";
import type { Draft, Path, Raw } from "./draft";
import type { SourceObject } from "./source";

const clusterLabel = "strimzi.io/cluster";

function expect(draft: Draft, object: SourceObject, spec: Raw, at: Path): void {
    const { name, labels = {}, annotations = {} } = object.metadata;
    draft.expected.push({ kind: object.kind, name, spec, labels, annotations, at, origin: object.origin });
}

/** Labels and annotations besides the label that names the cluster, which the platform sets. */
function metadataOf(object: SourceObject): Raw {
    const { labels, annotations } = ownMetadata(object);
    const { [clusterLabel]: _cluster, ...others } = (labels ?? {}) as Raw;
    return compact({ labels: others, annotations });
}

/** Whether `kafkaAccess` can render the object as it is; otherwise it becomes one of `manifests`. */
export function isAccessObject({ kind, spec = {} }: SourceObject): boolean {
    if (kind === "KafkaTopic") return spec.partitions !== undefined;
    const { authentication, authorization, quotas: _quotas, ...others } = spec;
    const { type, ...login } = isPlainObject(authentication) ? authentication : {};
    return (
        ["tls", "scram-sha-512"].includes(String(type)) &&
        Object.keys(login).length === 0 &&
        Object.keys(others).length === 0 &&
        (authorization === undefined || isPlainObject(authorization))
    );
}

function topicItem(draft: Draft, object: SourceObject, index: number): Raw {
    const at = ["kafkaAccess", "topics", index];
    const spec = knownFields(draft, object, at);
    const { name: resource } = object.metadata;
    const name = String(spec.topicName ?? resource);
    const { "cleanup.policy": cleanupPolicy, ...config } = isPlainObject(spec.config) ? spec.config : {};
    const known = ["delete", "compact", "compact,delete"].includes(String(cleanupPolicy));
    expect(draft, object, { topicName: name, ...spec }, at);
    return compact({
        name,
        resource: topicResourceName(name) === resource ? undefined : resource,
        partitions: spec.partitions,
        replicationFactor: spec.replicas,
        cleanupPolicy: known ? cleanupPolicy : undefined,
        config: known || cleanupPolicy === undefined ? config : spec.config,
        metadata: metadataOf(object),
    });
}

/** An ACL of a KafkaUser as the stack file writes it. Older versions have `operation` for one of `operations`. */
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
    expect(draft, object, spec, at);
    return compact({
        name,
        authentication: authentication.type,
        acls: acls.map(aclItem),
        quotas: spec.quotas,
        metadata: metadataOf(object),
    });
}

/** The section for these topics and users. */
export function accessSection(draft: Draft, topics: readonly SourceObject[], users: readonly SourceObject[]): Raw {
    const all = [...topics, ...users];
    const clusters = [...new Set(all.map(({ metadata }) => metadata.labels?.[clusterLabel]))];
    const namespaces = [...new Set(all.map(({ metadata }) => metadata.namespace))];
    return compact({
        cluster: clusters[0],
        namespace: namespaces[0],
        topics: topics.map((object, index) => topicItem(draft, object, index)),
        users: users.map((object, index) => userItem(draft, object, index)),
    });
}
