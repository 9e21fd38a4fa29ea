/** Names of objects that sections refer to, against the objects that the stack itself declares in `manifests`. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { bridgeNamespace } from "../strimzi/bridgeKafka";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { isObject, valueAt } from "../util/data";
import { didYouMean, misspelledName } from "../util/nearest";

interface Reference {
    readonly kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "StorageClass" | "PriorityClass";
    readonly name: unknown;
    readonly at: SettingPath;
    /** Namespace of the pods; undefined for kinds without one. */
    readonly namespace?: string;
    /** Keys that the pods need, with their paths. */
    readonly keys?: readonly (readonly [key: string, at: SettingPath])[];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Keys of a Secret or a ConfigMap that a volume mounts. */
const itemKeys = (source: unknown, at: SettingPath): [string, SettingPath][] =>
    listOf(valueAt(source, ["items"])).flatMap((item, index): [string, SettingPath][] => {
        const key = valueAt(item, ["key"]);
        return typeof key === "string" ? [[key, [...at, "items", index, "key"]]] : [];
    });

const isOptional = (source: unknown): boolean => valueAt(source, ["optional"]) === true;

function volumeReferences(volumes: unknown, namespace: string | undefined, path: SettingPath): Reference[] {
    const fields = { secret: "secretName", configMap: "name", persistentVolumeClaim: "claimName" } as const;
    const kinds = { secret: "Secret", configMap: "ConfigMap", persistentVolumeClaim: "PersistentVolumeClaim" } as const;
    return listOf(volumes).flatMap((volume, index) =>
        (["secret", "configMap", "persistentVolumeClaim"] as const).flatMap((type): Reference[] => {
            const source = valueAt(volume, [type]);
            if (!isObject(source) || isOptional(source)) return [];
            const at = [...path, index, type];
            const name = source[fields[type]];
            return [{ kind: kinds[type], name, at: [...at, fields[type]], namespace, keys: itemKeys(source, at) }];
        }),
    );
}

function envReferences(env: unknown, namespace: string | undefined, path: SettingPath): Reference[] {
    return listOf(env).flatMap((variable, index) =>
        (["secretKeyRef", "configMapKeyRef"] as const).flatMap((type): Reference[] => {
            const source = valueAt(variable, ["valueFrom", type]);
            if (!isObject(source) || isOptional(source)) return [];
            const at = [...path, index, "valueFrom", type];
            const keys: [string, SettingPath][] = typeof source.key === "string" ? [[source.key, [...at, "key"]]] : [];
            const kind = type === "secretKeyRef" ? "Secret" : "ConfigMap";
            return [{ kind, name: source.name, at: [...at, "name"], namespace, keys }];
        }),
    );
}

/** Secrets for the logins to Kafka and PostgreSQL. Those of kafkaCluster are derived. */
function kafkaSecrets({ kafka, kafkaCluster, connect, httpBridge, metrics }: ParsedSections, ofBridge?: string) {
    const isWritten = kafka && !kafkaCluster && connect?.install;
    const certificates = isWritten ? (kafka.tls?.trustedCertificates ?? []) : [];
    const places: [name: string | undefined, at: SettingPath, namespace: string | undefined][] = [
        [
            isWritten ? kafka.authentication.secretName : undefined,
            ["kafka", "authentication", "secretName"],
            connect?.namespace,
        ],
        ...certificates.map(({ secretName }, index): (typeof places)[number] => [
            secretName,
            ["kafka", "tls", "trustedCertificates", index, "secretName"],
            connect?.namespace,
        ]),
        [httpBridge?.kafka?.userSecret, ["httpBridge", "kafka", "userSecret"], ofBridge],
        [httpBridge?.kafka?.caSecret, ["httpBridge", "kafka", "caSecret"], ofBridge],
        ...(metrics?.slotExporter?.servers ?? []).map(({ secretName }, index): (typeof places)[number] => [
            secretName,
            ["metrics", "slotExporter", "servers", index, "secretName"],
            connect?.namespace,
        ]),
    ];
    return places.map(([name, at, namespace]): Reference => ({ kind: "Secret", name, at, namespace }));
}

/** What the sections refer to. */
function references(sections: ParsedSections): Reference[] {
    const { connect, kafkaCluster, httpBridge, standaloneConnect } = sections;
    const ofBridge = httpBridge && connect ? bridgeNamespace({ ...sections, httpBridge, connect }) : undefined;
    const standaloneNamespace = standaloneConnect?.namespace ?? connect?.namespace;
    const workers = connect?.install ? connect : undefined;
    const logging = valueAt(workers?.logging, ["valueFrom", "configMapKeyRef"]);
    const loggingPath = ["connect", "logging", "valueFrom", "configMapKeyRef"];
    return [
        ...volumeReferences(workers?.volumes, workers?.namespace, ["connect", "volumes"]),
        ...envReferences(workers?.env, workers?.namespace, ["connect", "env"]),
        ...(isObject(logging)
            ? [
                  {
                      kind: "ConfigMap" as const,
                      name: logging.name,
                      at: [...loggingPath, "name"],
                      namespace: workers?.namespace,
                      keys: [[String(logging.key), [...loggingPath, "key"]] as const],
                  },
              ]
            : []),
        ...kafkaSecrets(sections, ofBridge),
        { kind: "PriorityClass", name: workers?.priorityClassName, at: ["connect", "priorityClassName"] },
        ...(workers?.imagePullSecrets ?? []).map((name, index): Reference => {
            return { kind: "Secret", name, at: ["connect", "imagePullSecrets", index], namespace: workers?.namespace };
        }),
        ...volumeReferences(httpBridge?.template?.spec?.volumes, ofBridge, [
            ...["httpBridge", "template", "spec", "volumes"],
        ]),
        ...envReferences(valueAt(httpBridge?.main, ["env"]), ofBridge, ["httpBridge", "main", "env"]),
        ...volumeReferences(standaloneConnect?.template?.spec?.volumes, standaloneNamespace, [
            ...["standaloneConnect", "template", "spec", "volumes"],
        ]),
        ...(kafkaCluster?.nodePools ?? []).flatMap(({ storage }, pool) =>
            storage.volumes.map(({ class: name }, index): Reference => {
                const at = ["kafkaCluster", "nodePools", pool, "storage", "volumes", index, "class"];
                return { kind: "StorageClass", name, at };
            }),
        ),
        {
            kind: "StorageClass",
            name: standaloneConnect?.storage.class,
            at: ["standaloneConnect", "storage", "class"],
        },
    ];
}

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

/** Keys of a declared object; undefined where the stack file does not have them all. */
function keysOf({ manifest: object }: DeclaredObject): string[] | undefined {
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

function all(sections: ParsedSections): Found[] {
    const declared = declaredObjects(sections);
    return declared.length === 0 ? [] : references(sections).map((reference) => findings(reference, declared));
}

/** Keys that a ConfigMap of the stack does not have: the pods would not start. */
export const checkObjectReferences = (sections: ParsedSections): Issue[] =>
    all(sections).flatMap(({ errors }) => errors);

/** Objects that the stack declares under another name, in another namespace or of another kind. */
export const objectReferenceWarnings = (sections: ParsedSections): Issue[] =>
    all(sections).flatMap(({ warnings }) => warnings);
