/** Names of objects that sections refer to, against the objects that the stack itself declares in `manifests`. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { isObject, valueAt } from "../util/data";
import { didYouMean, misspelledName } from "../util/nearest";
import { references, type Reference } from "./sectionReferences";

/** An object that exists because of the stack file. */
interface DeclaredObject {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    /** Section that declares it. */
    readonly by: string;
    readonly manifest?: Manifest;
}

/** The object that pods refer to: an ExternalSecret or a SealedSecret creates a Secret. */
function ofManifest(manifest: Manifest, connectNamespace: string): DeclaredObject {
    const { apiVersion, kind, metadata, spec } = manifest;
    const common = { namespace: manifestNamespace(manifest, connectNamespace), by: "manifests", manifest };
    if (kind === "ExternalSecret" && apiVersion.startsWith("external-secrets.io/"))
        return { ...common, kind: "Secret", name: String(valueAt(spec, ["target", "name"]) ?? metadata.name) };
    return { ...common, kind: kind === "SealedSecret" ? "Secret" : kind, name: metadata.name };
}

/** The objects of manifests, and the Secrets of the users. */
function declaredObjects({ manifests = [], connect, kafkaAccess, kafkaCluster }: ParsedSections): DeclaredObject[] {
    if (!connect) return [];
    const namespace = kafkaNamespace(kafkaCluster, connect, kafkaAccess);
    return [
        ...manifests.map((manifest) => ofManifest(manifest, connect.namespace)),
        ...(kafkaAccess?.users ?? []).map(({ name }) => ({
            kind: "Secret",
            name,
            namespace,
            by: "kafkaAccess.users",
        })),
    ];
}

/** Keys of the Secret of an ExternalSecret; undefined where the store or a template decides them. */
function externalKeys({ spec }: Manifest): string[] | undefined {
    const data = valueAt(spec, ["data"]);
    const isOpen = [["dataFrom"], ["target", "template"]].some((path) => valueAt(spec, path) !== undefined);
    return isOpen || !Array.isArray(data) ? undefined : data.map((item) => String(valueAt(item, ["secretKey"])));
}

/** Keys of a declared object; undefined where the stack file does not have them all. */
function keysOf({ manifest: object }: DeclaredObject): string[] | undefined {
    if (object?.kind === "ExternalSecret") return externalKeys(object);
    if (object?.kind !== "ConfigMap") return undefined;
    return [object.data, object.binaryData].flatMap((values) => (isObject(values) ? Object.keys(values) : []));
}

interface Found {
    readonly errors: Issue[];
    readonly warnings: Issue[];
}

const nothing: Found = { errors: [], warnings: [] };

const warn = (code: "KCP_UNDECLARED_NAME" | "KCP_CROSS_NAMESPACE_SECRET", at: SettingPath, message: string): Found => ({
    errors: [],
    warnings: [issue(code, at, message)],
});

function findings({ kind, name, at, namespace, keys = [] }: Reference, declared: readonly DeclaredObject[]): Found {
    if (typeof name !== "string") return nothing;
    const named = declared.filter((other) => other.kind === kind && other.name === name);
    const target = named.find((other) => namespace === undefined || other.namespace === namespace);
    if (target) {
        const known = keysOf(target);
        const missing = known ? keys.filter(([key]) => !known.includes(key)) : [];
        const message = (key: string) =>
            `${target.by} declares the ${kind} ${name} without the key ${key}${didYouMean(key, known!)}`;
        const errors = missing.map(([key, path]) => issue("KCP_UNDECLARED_NAME", path, message(key)));
        return { errors, warnings: [] };
    }
    if (named.length > 0)
        return warn(
            "KCP_CROSS_NAMESPACE_SECRET",
            at,
            `${named[0].by} declares the ${kind} ${name} in the namespace ${named[0].namespace}, and pods read only ` +
                `those of theirs, ${namespace}`,
        );
    const isConfig = (of: string) => of === "Secret" || of === "ConfigMap";
    const otherKind = declared.find((other) => other.name === name && isConfig(kind) && isConfig(other.kind));
    if (otherKind)
        return warn(
            "KCP_UNDECLARED_NAME",
            at,
            `${otherKind.by} declares ${name} as a ${otherKind.kind}, not as a ${kind}`,
        );
    const known = declared.filter((other) => other.kind === kind);
    const meant = misspelledName(
        name,
        known.map((other) => other.name),
    );
    const by = known.find((other) => other.name === meant)?.by;
    return meant === undefined
        ? nothing
        : warn("KCP_UNDECLARED_NAME", at, `${by} declares no ${kind} ${name}; did you mean "${meant}"?`);
}

const evaluated = new WeakMap<ParsedSections, Found>();

/** The findings of all references; errors and warnings are read one after the other from the same sections. */
function allFindings(sections: ParsedSections): Found {
    const known = evaluated.get(sections);
    if (known) return known;
    const declared = declaredObjects(sections);
    const found = declared.length === 0 ? [] : references(sections).map((item) => findings(item, declared));
    const result = {
        errors: found.flatMap(({ errors }) => errors),
        warnings: found.flatMap(({ warnings }) => warnings),
    };
    evaluated.set(sections, result);
    return result;
}

/** Keys that a ConfigMap of the stack does not have: the pods would not start. */
export const checkObjectReferences = (sections: ParsedSections): Issue[] => [...allFindings(sections).errors];

/** Objects that the stack declares under another name, in another namespace or of another kind. */
export const objectReferenceWarnings = (sections: ParsedSections): Issue[] => [...allFindings(sections).warnings];
