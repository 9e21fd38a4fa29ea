/** Compares what a stack renders with the source, key by key. Pure. */
import type { KubernetesObject } from "../synth/synth";
import { isLiteralCredential } from "../util/credentials";
import { isPlainObject, sameData } from "../util/mergePatch";
import { displayValue } from "../schema/issues";
import { classOf } from "../stack/verbatimConnector";
import type { ExpectedObject } from "./draft";

/** A key whose value is not the same on both sides. */
export interface Difference {
    readonly path: readonly string[];
    /** Why it differs, or what differs where no reason is known. Contains no credential. */
    readonly reason: string;
    /** Whether it makes a difference: none, one with a known reason, or one without. */
    readonly effect: "none" | "explained" | "unexplained";
}

/** The comparison of one object. */
export interface Comparison {
    readonly object: ExpectedObject;
    /** How many values the source has. */
    readonly values: number;
    readonly differences: readonly Difference[];
    /** Undefined where the stack renders no such object. */
    readonly rendered: boolean;
}

/** Values by path. Arrays are values; the keys of `config` are not paths. */
function leaves(
    value: unknown,
    path: readonly string[] = [],
): Map<string, { path: readonly string[]; value: unknown }> {
    if (!isPlainObject(value) || (path.length > 0 && Object.keys(value).length === 0))
        return new Map([[path.join("\0"), { path, value }]]);
    return new Map(
        Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [...leaves(item, [...path, key])])),
    );
}

/** Values that Strimzi or Kafka Connect use where a field is absent. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    KafkaConnector: { "spec/tasksMax": 1, "spec/state": "running", "spec/autoRestart/enabled": false },
    KafkaTopic: { "spec/config/cleanup.policy": "delete" },
    KafkaConnect: {
        "spec/replicas": 3,
        "spec/config/group.id": "connect-cluster",
        "spec/config/config.storage.topic": "connect-cluster-configs",
        "spec/config/offset.storage.topic": "connect-cluster-offsets",
        "spec/config/status.storage.topic": "connect-cluster-status",
    },
};

/** What the platform adds to every object, with the reason. */
const additions: readonly [RegExp, string][] = [
    [/^metadata\/labels\/app\.kubernetes\.io\/part-of$/, "added by the platform to find its objects"],
    [/^metadata\/annotations\/pulumi\.com\//, "an instruction to Pulumi, without effect in the cluster"],
];

/** Metadata that other tools write. */
const ignored = /^metadata\/annotations\/kubectl\.kubernetes\.io\//;

const isConfig = (path: readonly string[]): boolean => path[0] === "spec" && path[1] === "config" && path.length > 2;

const isReference = (value: unknown): boolean => typeof value === "string" && /\$\{[^}]+:[^}]+\}/.test(value);

/** Why one value is there on one side only, or differs. */
function difference(
    kind: string,
    path: readonly string[],
    source: unknown,
    rendered: unknown,
    renderedSpec: unknown,
): Difference | undefined {
    const key = path.join("/");
    const result = (reason: string, effect: Difference["effect"]): Difference => ({ path, reason, effect });
    if (ignored.test(key)) return undefined;
    const addition = additions.find(([pattern]) => pattern.test(key));
    if (addition) return result(addition[1], "none");
    if (key === "metadata/annotations/strimzi.io/use-connector-resources")
        return result(
            "connectors become KafkaConnector resources: Strimzi deletes connectors that the stack does not declare",
            "explained",
        );
    if (source === undefined && key === "metadata/labels/strimzi.io/cluster")
        return result("names the Connect cluster", "none");
    if (source === undefined && key === "spec/autoRestart/enabled" && rendered === true)
        return result("Strimzi restarts failed tasks, which Kafka Connect alone does not", "none");
    // Kafka and Strimzi read every configuration value as a string
    if (isConfig(path) && source !== undefined && rendered !== undefined && String(source) === String(rendered))
        return undefined;
    const name = path.at(-1)!;
    if (key === "spec/class" && source !== undefined && classOf(source, true) === rendered)
        return result("the same class by its full name", "none");
    if (isConfig(path) && isLiteralCredential(name, source) && isReference(rendered))
        return result("a literal credential, which is a reference now", "none");
    if (source === undefined && rendered !== undefined && sameData(defaults[kind]?.[key], rendered))
        return result("the default, written out", "none");
    if (source === undefined && /^spec\/config\/config\.providers/.test(key))
        return result("declares the provider that reads the credentials", "explained");
    if (key === "spec/config/config.providers" && String(rendered).split(",").includes(String(source).split(",")[0]))
        return result("declares the provider that reads the credentials, too", "explained");
    if (source === undefined && name === "consumer.override.group.id" && renderedSpec)
        return result("keeps the consumer group of the connector's former name", "none");
    const shown = (value: unknown) =>
        isLiteralCredential(name, value) ? "a value (not shown)" : displayValue(value, path);
    return result(`the source has ${shown(source)}, the stack renders ${shown(rendered)}`, "unexplained");
}

/** A rule of a KafkaUser. `operation` is what older versions have for one of `operations`. */
interface StrimziAcl {
    type?: string;
    host?: string;
    resource: { type: string; name?: string; patternType?: string };
    operations?: string[];
    operation?: string;
}

/** ACLs as sets: Strimzi reads one rule with two operations and two rules with one each alike. */
function normalized(kind: string, spec: unknown): unknown {
    const authorization = isPlainObject(spec) ? spec.authorization : undefined;
    if (kind !== "KafkaUser" || !isPlainObject(authorization) || !Array.isArray(authorization.acls)) return spec;
    const rules = (authorization.acls as StrimziAcl[]).flatMap(
        ({ type = "allow", host = "*", resource, operations, operation }: StrimziAcl) =>
            (operations ?? [operation]).map((item) =>
                [type, host, resource.type, resource.name ?? "", resource.patternType ?? "literal", item].join(" "),
            ),
    );
    return { ...(spec as object), authorization: { ...authorization, acls: [...new Set(rules)].sort() } };
}

/** The comparison of a source object with what the stack renders of the same kind and name. */
export function compareObject(object: ExpectedObject, rendered: KubernetesObject | undefined): Comparison {
    const { kind, spec, labels, annotations } = object;
    const source = leaves({ spec: normalized(kind, spec), metadata: { labels, annotations } });
    const values = source.size;
    if (!rendered) return { object, values, differences: [], rendered: false };
    const { metadata } = rendered;
    const target = leaves({
        spec: normalized(kind, rendered.spec),
        metadata: { labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} },
    });
    const differences = [...new Set([...source.keys(), ...target.keys()])].flatMap((key) => {
        const [one, other] = [source.get(key), target.get(key)];
        const isEmptyMetadata = (side: typeof one) => side?.path[0] === "metadata" && isPlainObject(side.value);
        if (isEmptyMetadata(one) || isEmptyMetadata(other) || sameData(one?.value, other?.value)) return [];
        return difference(kind, (one ?? other)!.path, one?.value, other?.value, rendered.spec) ?? [];
    });
    return { object, values, differences, rendered: true };
}
