/** An object in the form that API version v1 has, and what v1 does not accept of it. Pure. */
import { violations, schemaAt } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { isPlainObject } from "../util/mergePatch";
import type { ClusterObject } from "./clusterState";

type Spec = Readonly<Record<string, unknown>>;

/** Where v1 has what v1beta2 keeps in a KafkaConnect's configuration, and Strimzi's default for each. */
const storageFields = [
    ["groupId", "group.id", "connect-cluster"],
    ["configStorageTopic", "config.storage.topic", "connect-cluster-configs"],
    ["offsetStorageTopic", "offset.storage.topic", "connect-cluster-offsets"],
    ["statusStorageTopic", "status.storage.topic", "connect-cluster-status"],
] as const;

/** Strimzi's default in v1beta2; v1 requires the field. */
const defaultReplicas: Readonly<Record<string, number>> = { KafkaConnect: 3, KafkaMirrorMaker2: 3, KafkaBridge: 1 };

function connectInV1(spec: Spec): Spec {
    const config = { ...(isPlainObject(spec.config) ? spec.config : {}) };
    const moved: Record<string, unknown> = {};
    for (const [field, key, standard] of storageFields) {
        moved[field] = spec[field] ?? config[key] ?? standard;
        delete config[key];
    }
    return { ...spec, ...moved, ...(spec.config === undefined ? {} : { config }) };
}

/**
 * The object with its fields at the places of v1, with the same meaning. What cannot be moved without a decision, such
 * as a type of authentication that v1 no longer has, stays as it is.
 */
export function inV1(object: ClusterObject): ClusterObject {
    const spec = object.spec ?? {};
    const placed = object.kind === "KafkaConnect" ? connectInV1(spec) : spec;
    const replicas = defaultReplicas[object.kind];
    const complete = replicas === undefined || placed.replicas !== undefined ? placed : { ...placed, replicas };
    return { ...object, apiVersion: object.apiVersion.replace(/\/.*/, "/v1"), spec: complete };
}

/** The fields that v1 requires and the object has elsewhere or leaves to Strimzi's defaults, with their values. */
export function missingInV1(object: ClusterObject): Readonly<Record<string, unknown>> {
    const complete = inV1(object).spec ?? {};
    const required = ["replicas", ...storageFields.map(([field]) => field)];
    return Object.fromEntries(
        required.flatMap((field) =>
            object.spec?.[field] === undefined && complete[field] !== undefined ? [[field, complete[field]]] : [],
        ),
    );
}

/** What a release with API version v1 does not accept: it would be lost, or make the whole kind unreadable. */
export function obstaclesInV1(object: ClusterObject, version: string): string[] {
    const schema = schemaOf(version, object.kind);
    if (!schema?.properties?.spec) return [];
    const { namespace, name } = object.metadata;
    return violations(schemaAt(schema, ["spec"]), inV1(object).spec).map(
        ({ path, message }) => `${object.kind} ${namespace}/${name}: spec.${path.join(".")}: ${message}`,
    );
}
