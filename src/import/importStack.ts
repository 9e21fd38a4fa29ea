/** Makes a stack of an import's source, and proves what it renders. Nothing is written or changed here. */
import { strimziRelease } from "../release/releases";
import { SettingsError, type Issue } from "../schema/issues";
import { loadStack } from "../stack/loadStack";
import { kubernetesObjects, synth } from "../synth/synth";
import { isPlainObject } from "../util/mergePatch";
import { accessSection, isAccessObject } from "./accessSection";
import { compareObject, type Comparison } from "./compare";
import { connectSections } from "./connectSection";
import { connectorOfConfig, connectorOfObject } from "./connectorItem";
import { Draft, placeholder, type Raw, type SecretTarget } from "./draft";
import { manifestItem } from "./manifestItem";
import { releaseHints } from "./ownership";
import { declareMissingProviders, secretTarget } from "./providers";
import { ImportError, type ImportNote, type ImportSource, type SourceObject } from "./source";
import { strimziVersionFor } from "./strimziVersion";
import { stackText } from "./stackText";
import { furtherDeclarations, importContext, isUnknownKey, withTemplates } from "./templateChoice";

/** How to import. */
export interface ImportOptions {
    /** Name of the stack. */
    readonly stack: string;
    /** The KafkaConnect to import, where the source has several. */
    readonly connect?: string;
    /** Strimzi version of the operator. Default: one that runs the source. */
    readonly strimziVersion?: string;
    /** Namespace of objects that name none. Default: kafka-connect. */
    readonly namespace?: string;
    /** Kafka of the workers, where the source does not have it. */
    readonly bootstrapServers?: string;
    /** Where literal credentials go. Default: Secrets of Kubernetes. */
    readonly secrets?: SecretTarget["kind"];
    /** Prefix of the secrets' names in Secrets Manager. */
    readonly secretsPrefix?: string;
}

/** An imported stack. */
export interface ImportedStack {
    readonly raw: Raw;
    /** The stack file. */
    readonly text: string;
    readonly notes: readonly ImportNote[];
    readonly comparisons: readonly Comparison[];
    /** Secrets to create, each with its keys. */
    readonly secrets: ReadonlyMap<string, ReadonlySet<string>>;
    readonly target: SecretTarget;
    /** Whether the stack file can be used as it is. */
    readonly complete: boolean;
}

const defaultNamespace = "kafka-connect";
const clusterLabel = "strimzi.io/cluster";
const isStrimzi = ({ apiVersion }: SourceObject): boolean => apiVersion.startsWith("kafka.strimzi.io/");

/** The KafkaConnect to import, if the source has one. */
function chosenConnect(objects: readonly SourceObject[], name: string | undefined): SourceObject | undefined {
    const all = objects.filter((object) => isStrimzi(object) && object.kind === "KafkaConnect");
    const names = all.map(({ metadata }) => metadata.name);
    const found = name === undefined ? all : all.filter(({ metadata }) => metadata.name === name);
    if (name !== undefined && found.length === 0)
        throw new ImportError(`There is no KafkaConnect ${name}; the source has ${names.join(", ") || "none"}.`);
    if (found.length > 1)
        throw new ImportError(
            `A stack has one KafkaConnect, and the source has ${names.join(", ")}: choose with --connect.`,
        );
    return found[0];
}

/** Kinds that become `manifests`. */
const manifestKinds = ["Kafka", "KafkaNodePool", "KafkaMirrorMaker2", "KafkaBridge", "KafkaRebalance"];

/** Whether two topics or users belong to the same Kafka. */
const belongsWith = (one: SourceObject, other: SourceObject): boolean =>
    one.metadata.labels?.[clusterLabel] !== undefined &&
    one.metadata.labels[clusterLabel] === other.metadata.labels?.[clusterLabel] &&
    one.metadata.namespace === other.metadata.namespace;

/** What the import leaves where it is. */
function noteOthers(draft: Draft, objects: readonly SourceObject[], taken: ReadonlySet<SourceObject>): void {
    for (const object of objects.filter((item) => !taken.has(item))) {
        const name = `${object.kind} ${object.metadata.name}`;
        if (isStrimzi(object))
            draft.note(
                "missing",
                `${name} is not imported: import does not read its kind, ` + "or it belongs to another Connect cluster",
            );
        else draft.note("info", `${name} stays as it is, and outside of the stack`);
    }
}

/** The sections for a source without a KafkaConnect: a new Connect cluster that runs its connectors. */
function newConnect(draft: Draft, source: ImportSource, options: ImportOptions, name: string | undefined): Raw {
    const runsIt = strimziRelease(draft.version).kafkaVersions.includes(source.kafkaVersion ?? "");
    const bootstrapServers = options.bootstrapServers ?? `${placeholder}:9092`;
    if (!options.bootstrapServers)
        draft.note(
            "missing",
            "the source does not have the Kafka of the workers: write its bootstrap servers, " +
                "or pass --bootstrap-servers",
            ["kafka", "bootstrapServers"],
        );
    return {
        strimzi: { version: draft.version, ...(runsIt ? { kafkaVersion: source.kafkaVersion } : {}) },
        kafka: { bootstrapServers },
        connect: { ...(name ? { name } : {}), namespace: options.namespace ?? defaultNamespace },
    };
}

/** The namespace of everything that is imported; a stack has one for its Connect cluster. */
const withNamespace = (object: SourceObject, namespace: string): SourceObject =>
    object.metadata.namespace ? object : { ...object, metadata: { ...object.metadata, namespace } };

/** The errors that loading the stack reports. */
function issuesOf(raw: Raw, stack: string): readonly Issue[] {
    try {
        loadStack(raw, stack);
        return [];
    } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
    }
}

/** Keys that the plugin does not list stay, each with a warning. */
function keepUnknownKeys(draft: Draft, connectors: readonly Raw[], issues: readonly Issue[]): void {
    for (const { path, message } of issues.filter(isUnknownKey)) {
        const item = connectors[Number(path[1])];
        const key = String(path[3]);
        item.unknownKeys = [...((item.unknownKeys as string[] | undefined) ?? []), key];
        draft.note("warning", `${key} is kept: ${message}`, path);
    }
}

/** What the stack renders, against the source. Connectors that the stack does not accept are left out. */
async function proof(draft: Draft, raw: Raw, stack: string, issues: readonly Issue[]): Promise<Comparison[]> {
    const refused = new Set(issues.filter(({ path }) => path[0] === "connectors").map(({ path }) => path[1]));
    if (issues.some(({ path }) => path[0] !== "connectors" || path.length < 2)) return [];
    const connectors = ((raw.connectors as Raw[] | undefined) ?? []).filter((_, index) => !refused.has(index));
    // the CRDs are not part of the comparison, and most of the time of an evaluation
    const strimzi = { ...(raw.strimzi as Raw), crds: false };
    // the connectors that are left out cannot be adopted, and adoption does not change what is rendered
    const objects = kubernetesObjects(await synth(stack, { ...raw, strimzi, connectors, adopt: [] }));
    return draft.expected
        .filter(({ at }) => at[0] !== "connectors" || !refused.has(at[1]))
        .map((expected) =>
            compareObject(
                expected,
                objects.find(({ kind, metadata }) => kind === expected.kind && metadata.name === expected.name),
            ),
        );
}

/** The source as a stack. */
export async function importStack(source: ImportSource, options: ImportOptions): Promise<ImportedStack> {
    const connect = chosenConnect(source.objects, options.connect);
    const namespace =
        options.namespace ?? connect?.metadata.namespace ?? namespaceOf(source.objects) ?? defaultNamespace;
    const kafkaVersion = connect ? (connect.spec?.version as string | undefined) : source.kafkaVersion;
    const apiVersion = connect?.apiVersion ?? source.objects.find(isStrimzi)?.apiVersion;
    const version = strimziVersionFor(apiVersion, kafkaVersion, options.strimziVersion);
    const prefix = options.secretsPrefix ?? "kafka_connect_";
    const { target, section } = secretTarget(connect, version, options.secrets ?? "kubernetes", namespace, prefix);
    const draft = new Draft(target, version);
    const ofKind = (kind: string) => source.objects.filter((object) => isStrimzi(object) && object.kind === kind);
    const clusterName =
        connect?.metadata.name ?? options.connect ?? ofKind("KafkaConnector")[0]?.metadata.labels?.[clusterLabel];
    const connectorObjects = ofKind("KafkaConnector").filter(
        ({ metadata }) => metadata.labels?.[clusterLabel] === clusterName,
    );
    const access = [...ofKind("KafkaTopic"), ...ofKind("KafkaUser")];
    // a stack declares topics and users of one Kafka; those of others are further objects
    const isOfStack = (object: SourceObject) => isAccessObject(object) && belongsWith(object, access[0]);
    const [topics, users] = [ofKind("KafkaTopic").filter(isOfStack), ofKind("KafkaUser").filter(isOfStack)];
    const further = [
        ...manifestKinds.flatMap(ofKind),
        ...access.filter((object) => !topics.includes(object) && !users.includes(object)),
    ];
    const taken = [...(connect ? [connect] : []), ...connectorObjects, ...topics, ...users, ...further];
    noteOthers(draft, source.objects, new Set(taken));
    for (const hint of releaseHints(taken)) draft.note("warning", hint, ["adopt"]);

    const raw: Raw = connect
        ? connectSections(draft, withNamespace(connect, namespace))
        : newConnectFor(draft, source, options, clusterName, namespace);
    const connectors = [
        ...connectorObjects.map((object, index) => connectorOfObject(draft, object, index)),
        ...source.connectors.map((item, index) => connectorOfConfig(draft, item, connectorObjects.length + index)),
    ];
    const connectRaw = raw.connect as Raw;
    const known = [
        ...strimziRelease(version).configProviders,
        ...(section && draft.secrets.size > 0 ? [target.provider] : []),
    ];
    if (connectRaw.install !== false) declareMissingProviders(draft, connectRaw, connectors, known);
    if (section && draft.secrets.size > 0) raw.secrets = section;
    if (topics.length + users.length > 0) {
        const inNamespace = (object: SourceObject) => withNamespace(object, namespace);
        raw.kafkaAccess = accessSection(draft, topics.map(inNamespace), users.map(inNamespace));
    }
    if (further.length > 0)
        raw.manifests = further.map((object, index) => manifestItem(draft, withNamespace(object, namespace), index));
    const context = importContext(raw);
    const items = [
        ...withTemplates(draft, context, connectors),
        ...furtherDeclarations(draft, context, connectors, source.declarations ?? []),
    ];
    if (items.length > 0) raw.connectors = items;
    if (taken.length > 0) raw.adopt = taken.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    checkAccountedFor(source, raw);

    keepUnknownKeys(draft, items, issuesOf(raw, options.stack));
    const issues = issuesOf(raw, options.stack);
    for (const { path, message, code } of issues) draft.note("missing", `${message} [${code}]`, path);
    const comparisons = await proof(draft, raw, options.stack, issues);
    const origins = [...new Set([...source.objects, ...source.connectors].map(({ origin }) => origin))];
    return {
        raw,
        text: stackText(raw, draft.notes, origins),
        notes: draft.notes,
        comparisons,
        secrets: draft.secrets,
        target,
        complete: !draft.notes.some(({ severity }) => severity === "missing"),
    };
}

const namespaceOf = (objects: readonly SourceObject[]): string | undefined =>
    objects.filter(isStrimzi).find(({ metadata }) => metadata.namespace)?.metadata.namespace;

/** A source with connectors has a Connect cluster to run them on; one with topics and users alone needs none. */
function newConnectFor(
    draft: Draft,
    source: ImportSource,
    options: ImportOptions,
    name: string | undefined,
    namespace: string,
): Raw {
    const hasConnectors = source.connectors.length + (source.declarations ?? []).length > 0 || name !== undefined;
    if (hasConnectors) return newConnect(draft, source, { ...options, namespace }, name);
    return {
        strimzi: { version: draft.version, install: false, crds: false },
        connect: { install: false, namespace, createNamespace: false },
    };
}

function checkAccountedFor(source: ImportSource, raw: Raw): void {
    const hasAny =
        isPlainObject(raw.kafkaAccess) ||
        Array.isArray(raw.manifests) ||
        Array.isArray(raw.connectors) ||
        (raw.connect as Raw).name !== undefined;
    if (hasAny) return;
    // a product that is made from Strimzi has the same kinds in another API group
    const kinds = [...new Set(source.objects.map(({ apiVersion, kind }) => `${kind} of ${apiVersion}`))].join(", ");
    throw new ImportError(
        `There is nothing to import: the source has ${kinds || "no objects"}, ` +
            "and import reads the resources of Strimzi, of the API group kafka.strimzi.io.",
    );
}
