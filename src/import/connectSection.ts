/** The sections of a stack file that render a KafkaConnect. */
import { violations, schemaAt, type Violation } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { defaultKafkaVersion, strimziRelease, type StrimziRelease } from "../release/releases";
import { connect as connectSchema, volumeTypes } from "../schema/connect";
import { kafka as kafkaSchema } from "../schema/kafka";
import { metrics as metricsSchema } from "../schema/metrics";
import { forbiddenConfig } from "../strimzi/connectConfig";
import { generatedSpec } from "../strimzi/kafkaConnect";
import { compact } from "../util/data";
import { project } from "../util/project";
import { isLiteralCredential } from "../util/credentials";
import { createMergePatch, isPlainObject } from "../util/mergePatch";
import { placeholder, type Draft, type Path, type Raw } from "./draft";
import type { SourceObject } from "./source";

const storageKeys = {
    groupId: "group.id",
    configStorageTopic: "config.storage.topic",
    offsetStorageTopic: "offset.storage.topic",
    statusStorageTopic: "status.storage.topic",
} as const;

/** What Strimzi uses for a `v1beta2` KafkaConnect that names no group or topics (KafkaConnectConfiguration). */
const strimziStorage = {
    groupId: "connect-cluster",
    configStorageTopic: "connect-cluster-configs",
    offsetStorageTopic: "connect-cluster-offsets",
    statusStorageTopic: "connect-cluster-status",
} as const;

const at = (value: unknown, ...path: string[]): unknown =>
    path.reduce<unknown>((inner, step) => (isPlainObject(inner) ? inner[step] : undefined), value);

const isStringMap = (value: unknown): value is Record<string, string> =>
    isPlainObject(value) && Object.values(value).every((item) => typeof item === "string");

interface Parser {
    safeParse(value: unknown): { success: boolean };
}
const parsedBy = (schema: Parser, value: unknown): boolean => schema.safeParse(value).success;

/** The settings among candidates that the schema of their section takes; the others stay in the escape hatch. */
function accepted(shape: Readonly<Record<string, Parser>>, candidates: Raw): Raw {
    return Object.fromEntries(
        Object.entries(compact(candidates)).filter(([key, value]) => parsedBy(shape[key], value)),
    );
}

/** A copy of a value without what is at a path. */
function withoutPath(value: unknown, [first, ...rest]: Path): unknown {
    if (first === undefined || value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item, index) => (index === first ? withoutPath(item, rest) : item));
    const { [first]: inner, ...others } = value as Raw;
    return rest.length === 0 ? others : { ...others, [first]: withoutPath(inner, rest) };
}

/** The spec without fields that the CRD does not have, which the API server drops. What else it rejects is missing. */
export function knownFields(draft: Draft, object: SourceObject, path: Path): Raw {
    const { version } = draft;
    const schema = schemaOf(version, object.kind);
    let spec: Raw = { ...(object.spec ?? {}) };
    const found: Violation[] = schema ? violations(schemaAt(schema, ["spec"]), spec) : [];
    for (const violation of found) {
        const name = `${object.kind} ${object.metadata.name}: spec.${violation.path.join(".")}`;
        const unknown = violation.message.startsWith("unknown field");
        if (unknown) {
            spec = withoutPath(spec, violation.path) as Raw;
            draft.note(
                "difference",
                `${name} is left out: Strimzi ${version} has no such field, and the API server drops it`,
                path,
            );
        } else draft.note("missing", `${name} ${violation.message}: Strimzi ${version} rejects it`, path);
    }
    return spec;
}

/** Worker configuration that Strimzi takes; what it ignores is left out and reported. */
function acceptedConfig(draft: Draft, config: Raw, release: StrimziRelease): Raw {
    const storage: readonly string[] = Object.values(storageKeys);
    const allowed: readonly string[] = forbiddenConfig.allowed;
    return Object.fromEntries(
        Object.entries(config).filter(([key]) => {
            if (storage.includes(key) && release.storageFields === "config") return false;
            const prefixes = [...forbiddenConfig.prefixes, ...forbiddenConfig.storage];
            const ignored = !allowed.includes(key) && prefixes.some((prefix) => key.startsWith(prefix));
            if (ignored)
                draft.note("difference", `KafkaConnect: spec.config["${key}"] is left out: Strimzi ignores it`, [
                    "connect",
                    "config",
                ]);
            return !ignored;
        }),
    );
}

function storageSettings(spec: Raw, config: Raw, release: StrimziRelease): Record<string, string> {
    const entries = Object.entries(storageKeys).map(([setting, key]) => {
        const value = release.storageFields === "spec" ? spec[setting] : config[key];
        return [setting, value === undefined ? strimziStorage[setting as keyof typeof storageKeys] : String(value)];
    });
    return Object.fromEntries(entries) as Record<string, string>;
}

/** `kafka`: how the workers reach it. */
function kafkaSettings(spec: Raw): Raw {
    const bootstrapServers = String(spec.bootstrapServers ?? "").replace(/\s+/g, "");
    const auth = isPlainObject(spec.authentication) ? spec.authentication : undefined;
    const login = isPlainObject(auth?.passwordSecret) ? auth.passwordSecret : {};
    const pair = isPlainObject(auth?.certificateAndKey) ? auth.certificateAndKey : {};
    const authentication = auth && {
        type: auth.type,
        username: auth.username,
        secretName: login.secretName ?? pair.secretName,
        passwordKey: login.password,
        certificateKey: pair.certificate,
        privateKeyKey: pair.key,
    };
    const settings = accepted(kafkaSchema.shape, {
        bootstrapServers,
        tls: spec.tls,
        authentication: authentication && compact(authentication),
    });
    if (spec.tls !== undefined && settings.tls === undefined && isPlainObject(spec.tls)) settings.tls = {};
    const usesSecrets = settings.tls !== undefined || settings.authentication !== undefined;
    return { bootstrapServers, ...settings, ...(usesSecrets ? { mountForConnectors: false } : {}) };
}

function envSettings(env: unknown): unknown[] | undefined {
    const taken = Array.isArray(env) && parsedBy(connectSchema.shape.env, env);
    return taken ? (env as unknown[]) : undefined;
}

/** Volumes that are said as a volume and its mount together. */
function volumeSettings(volumes: unknown, mounts: unknown): unknown[] | undefined {
    if (!Array.isArray(volumes) || !Array.isArray(mounts) || volumes.length !== mounts.length) return undefined;
    const joined = volumes.map((volume: Raw, index) => {
        const mount = mounts[index] as Raw;
        const type = volumeTypes.find((candidate) => volume[candidate] !== undefined);
        const same = mount.name === volume.name && type !== undefined && typeof mount.readOnly === "boolean";
        return same
            ? { name: mount.name, mountPath: mount.mountPath, readOnly: mount.readOnly, [type]: volume[type] }
            : {};
    });
    return parsedBy(connectSchema.shape.volumes, joined) ? joined : undefined;
}

/** `connect`, without the escape hatch. */
function connectSettings(spec: Raw, config: Raw, storage: Record<string, string>): Raw {
    const jvm = at(spec, "jvmOptions");
    const systemProperties = at(jvm, "javaSystemProperties");
    const template = at(spec, "template");
    const pod = at(template, "pod");
    const pullSecrets = at(pod, "imagePullSecrets");
    const candidates = {
        ...storage,
        replicas: spec.replicas ?? 3,
        resources: spec.resources,
        jvm: compact({
            xms: at(jvm, "-Xms"),
            xmx: at(jvm, "-Xmx"),
            options: isStringMap(at(jvm, "-XX")) ? at(jvm, "-XX") : undefined,
            systemProperties: Array.isArray(systemProperties)
                ? Object.fromEntries(systemProperties.map(({ name, value }: Raw) => [name, value]))
                : undefined,
        }),
        logging: spec.logging,
        rack: spec.rack,
        labels: at(pod, "metadata", "labels"),
        annotations: at(pod, "metadata", "annotations"),
        affinity: at(pod, "affinity"),
        tolerations: at(pod, "tolerations"),
        topologySpreadConstraints: at(pod, "topologySpreadConstraints"),
        priorityClassName: at(pod, "priorityClassName"),
        imagePullSecrets: Array.isArray(pullSecrets) ? pullSecrets.map((item: Raw) => item.name) : undefined,
        env: envSettings(at(template, "connectContainer", "env")),
        volumes: volumeSettings(at(pod, "volumes"), at(template, "connectContainer", "volumeMounts")),
        maxUnavailable: at(template, "podDisruptionBudget", "maxUnavailable"),
        config: Object.fromEntries(Object.entries(config).filter(([key]) => !isStorageKey(key))),
    };
    return accepted(connectSchema.shape, candidates);
}

const isStorageKey = (key: string): boolean => (Object.values(storageKeys) as string[]).includes(key);

/** Literal credentials outside of configurations: replaced by a placeholder, as there is no reference to put there. */
export function maskedCredentials(draft: Draft, value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((item, index) => maskedCredentials(draft, item, [...path, index]));
    if (isPlainObject(value)) {
        const named = typeof value.name === "string" && typeof value.value === "string";
        return Object.fromEntries(
            Object.entries(value).map(([key, item]) => {
                const label = named && key === "value" ? String(value.name) : key;
                // the name of a key in a Secret: `passwordSecret: { secretName: …, password: … }`
                const isKeyName = path.at(-1) === "passwordSecret";
                if (!isKeyName && typeof item === "string" && isLiteralCredential(label, item)) {
                    draft.note("missing", "holds a literal credential, which was left out: refer to a Secret here", [
                        ...path,
                        key,
                    ]);
                    return [key, placeholder];
                }
                return [key, maskedCredentials(draft, item, [...path, key])];
            }),
        );
    }
    return value;
}

/** Labels and annotations of tools that keep track of objects by them. */
const bookkeeping = /^(kubectl\.kubernetes\.io\/|strimzi\.io\/use-connector-resources$|pulumi\.com\/)/;

/** The label that every object of a stack has. */
const isOurs = (key: string, value: string): boolean => key === "app.kubernetes.io/part-of" && value === project;

/** Labels and annotations that are the user's. */
export function ownMetadata({ metadata }: SourceObject, drop: RegExp = bookkeeping): Raw {
    const own = (entries: Readonly<Record<string, string>> | undefined) =>
        Object.fromEntries(
            Object.entries(entries ?? {}).filter(([key, value]) => !drop.test(key) && !isOurs(key, value)),
        );
    return compact({ labels: own(metadata.labels), annotations: own(metadata.annotations) });
}

/** The sections for a KafkaConnect. What no setting covers is in `connect.spec`: the stack renders the same spec. */
export function connectSections(draft: Draft, object: SourceObject): Raw {
    const { version } = draft;
    const release = strimziRelease(version);
    const spec = knownFields(draft, object, ["connect"]);
    const config = isPlainObject(spec.config) ? spec.config : {};
    const storage = storageSettings(spec, config, release);
    const workerConfig = acceptedConfig(draft, config, release);
    const kept = acceptedStorage(config, release);
    const source = { ...spec, ...(spec.config === undefined ? {} : { config: { ...workerConfig, ...kept } }) };
    const kafkaVersion = release.kafkaVersions.find((candidate) => candidate === spec.version);
    if (spec.version !== undefined && !kafkaVersion)
        draft.note(
            "warning",
            `Kafka ${String(spec.version)} is not among the versions that Strimzi ${version} runs ` +
                `(${release.kafkaVersions.join(", ")}); it is kept in connect.spec.version`,
            ["connect", "spec", "version"],
        );
    if (storage.groupId !== undefined && config["group.id"] === undefined && release.storageFields === "config")
        draft.note("info", "the source names no group id; connect-cluster is Strimzi's default for it", [
            "connect",
            "groupId",
        ]);

    const kafka = kafkaSettings(spec);
    const secured = draft.withoutCredentials(workerConfig, `${object.metadata.name}-worker`);
    const connect: Raw = {
        name: object.metadata.name,
        namespace: object.metadata.namespace,
        createNamespace: false,
        ...connectSettings(spec, secured, storage),
        metadata: ownMetadata(object),
    };
    const image = typeof spec.image === "string" ? { existing: spec.image } : undefined;
    // the patch is made against what these settings generate
    const generated = generatedSpec({
        release,
        kafkaVersion: kafkaVersion ?? defaultKafkaVersion(release),
        connect: connectSchema.parse(compact(connect)),
        kafka: kafkaSchema.parse({ ...kafka, ...(kafka.bootstrapServers ? {} : { bootstrapServers: "missing:9092" }) }),
        metrics: metricsSchema.parse({ exporter: false }),
        image: spec.image,
    });
    const comparable = isPlainObject(source.config)
        ? {
              ...source,
              config: { ...draft.withoutCredentials(workerConfig, `${object.metadata.name}-worker`), ...kept },
          }
        : source;
    // Strimzi's defaults for group and topics are written out
    const patch = createMergePatch(generated, withStorage(comparable, storage, release));
    connect.spec = maskedCredentials(draft, patch, ["connect", "spec"]);
    if (Array.isArray(connect.env)) connect.env = maskedCredentials(draft, connect.env, ["connect", "env"]);
    draft.expected.push({
        kind: object.kind,
        name: object.metadata.name,
        spec: source,
        labels: object.metadata.labels ?? {},
        annotations: object.metadata.annotations ?? {},
        at: ["connect"],
        origin: object.origin,
    });
    return {
        strimzi: compact({ version, kafkaVersion, install: false, crds: false }),
        ...(image ? { image } : {}),
        metrics: { exporter: false },
        kafka,
        connect: compact(connect),
    };
}

const acceptedStorage = (config: Raw, release: StrimziRelease): Raw =>
    release.storageFields === "config"
        ? Object.fromEntries(Object.entries(config).filter(([key]) => isStorageKey(key)))
        : {};

function withStorage(spec: Raw, storage: Record<string, string>, release: StrimziRelease): Raw {
    if (release.storageFields === "spec") return spec;
    const config = isPlainObject(spec.config) ? spec.config : {};
    const named = Object.entries(storageKeys).map(([setting, key]) => [key, config[key] ?? storage[setting]]);
    return { ...spec, config: { ...config, ...Object.fromEntries(named) } };
}
