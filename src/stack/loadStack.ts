/**
 * The stack file, read and checked: all faults at once, before any resource exists; then typed and frozen.
 * Data walks one way from here: settings → components → resources → outputs.
 */
import * as path from "path";
import type { z } from "zod";
import { checkClaims, checkTombstones, warnings } from "../validation/crossConnectorChecks";
import { planConnector } from "./resolveConnector";
import type { ConnectorPlan, Platform } from "../connectors/template";
import { clientSecurity } from "../strimzi/kafkaClient";
import { checkKubernetesReferences } from "../validation/connectorReferences";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease, type StrimziRelease } from "../release/releases";
import { hintFor } from "../util/nearest";
import { deepFreeze } from "../util/data";
import { checkImage, imageWarnings } from "../validation/imageChecks";
import { checkSettings } from "../validation/sectionChecks";
import { defaultConnectCluster, usesExactlyOnce, type ConnectSettings } from "../schema/connect";
import { printFault, SettingsError, toFaults, type Fault } from "../schema/issues";
import { groups, optionalGroups, topLevel, type ReadGroups } from "../schema/sections";
import type { HttpBridgeSettings } from "../schema/httpBridge";
import type { KafkaSettings } from "../schema/kafka";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { kafkaOfCluster } from "../strimzi/ownKafka";
import { checkKafkaSource } from "../validation/kafkaChecks";
import type {
    EksSettings,
    ImageBuildSettings,
    MetricsSettings,
    SecretsSettings,
    StrimziSettings,
} from "../schema/platform";
import type { StandaloneSettings } from "../schema/standaloneConnect";
import { projectFolder } from "../util/project";
import { lineFinder, stackFile } from "./stackFile";

/** Everything a stack decides. */
export interface Settings {
    readonly environment: string;
    readonly protect: boolean;
    readonly eks: EksSettings;
    readonly strimzi: StrimziSettings & { readonly kafkaVersion: string };
    /** The facts of `strimzi.version`. */
    readonly release: StrimziRelease;
    readonly image?: { readonly build?: ImageBuildSettings; readonly existing?: string };
    readonly secrets?: SecretsSettings;
    readonly metrics: MetricsSettings;
    readonly kafka: KafkaSettings;
    readonly connect: ConnectSettings;
    readonly kafkaCluster?: KafkaClusterSettings;
    readonly kafkaAccess?: KafkaAccessSettings;
    readonly httpBridge?: HttpBridgeSettings;
    readonly standaloneConnect?: StandaloneSettings;
    readonly connectors: readonly ConnectorPlan[];
    /** What is no fault and deserves a second thought, as a user reads it, with its line. */
    readonly warnings: readonly string[];
}

/**
 * Reads the settings of one stack. Throws a SettingsError with every fault there is.
 *
 * @param file the stack file they came from, for the lines of faults
 */
export function parseSettings(
    raw: Readonly<Record<string, unknown>>,
    stack: string,
    file = stackFile(stack),
): Settings {
    const faults: Fault[] = [];
    const parsed: Record<string, unknown> = {};
    for (const key of Object.keys(raw)) {
        if (topLevel.includes(key)) continue;
        faults.push({ path: [key], message: `is not a setting${hintFor(key, topLevel)}` });
    }
    for (const [key, schema] of Object.entries(groups)) {
        const absent = isAbsent(raw[key], optionalGroups.includes(key));
        if (absent && optionalGroups.includes(key)) continue;
        const result = (schema as z.ZodType).safeParse(absent && key !== "protect" ? {} : (raw[key] ?? undefined));
        if (result.success) parsed[key] = result.data;
        else faults.push(...toFaults(result.error, raw[key], [key]));
    }
    const read = parsed as ReadGroups;
    faults.push(...checkKafkaSource(raw, read));
    if (read.kafkaCluster && read.kafka && read.connect)
        read.kafka = kafkaOfCluster(read.kafkaCluster, read.connect, read.kafka);
    faults.push(...checkSettings(read));

    const connectors = planConnectors(raw, read, faults);
    if (read.image?.build)
        faults.push(...checkImage(read.image.build.context, connectors, projectFolder, read.secrets));
    const lineOf = lineFinder(file);
    if (faults.length > 0) throw new SettingsError(path.basename(file), faults, lineOf);

    const release = strimziRelease(read.strimzi!.version);
    return deepFreeze({
        ...(read as Required<ReadGroups>),
        environment: read.environment ?? stack,
        strimzi: { ...read.strimzi!, kafkaVersion: read.strimzi!.kafkaVersion ?? defaultKafkaVersion(release) },
        release,
        connectors,
        warnings: [
            ...warnings(connectors),
            ...(read.image?.build ? imageWarnings(read.image.build.context, projectFolder) : []),
        ].map((warning) => printFault(warning, lineOf(warning.path))),
    });
}

/** Whether a group is left out. The engine puts in Pulumi.yaml's default, an empty group, where a group may be left out. */
const isAbsent = (value: unknown, optional: boolean): boolean =>
    value === undefined ||
    value === null ||
    value === "" ||
    (optional && typeof value === "object" && Object.keys(value).length === 0);

/** The connectors of the list. What they need of a group that has faults of its own is taken as written, so that one fault is told once. */
function planConnectors(raw: Readonly<Record<string, unknown>>, read: ReadGroups, faults: Fault[]): ConnectorPlan[] {
    const declared = raw.connectors;
    if (declared === undefined || declared === null || (Array.isArray(declared) && declared.length === 0)) return [];
    if (read.connect?.install === false)
        faults.push({
            path: ["connectors"],
            message: "are given, and connect.install is false: they would have no Connect cluster to run on",
        });
    if (!Array.isArray(declared)) {
        faults.push({ path: ["connectors"], got: declared, wants: "a list of connectors" });
        return [];
    }
    const nameIn = (key: string, otherwise: string) => {
        const name = (raw[key] as { name?: unknown } | undefined | null)?.name;
        return typeof name === "string" ? name : otherwise;
    };
    const platform: Platform = {
        release: strimziRelease(read.strimzi?.version ?? defaultStrimziVersion),
        connectCluster: read.connect?.name ?? nameIn("connect", defaultConnectCluster),
        secretProvider: isAbsent(raw.secrets, true)
            ? undefined
            : (read.secrets?.name ?? nameIn("secrets", "secretManager")),
        ...(read.secrets?.provider === "aws-secrets-manager"
            ? { [read.secrets.plugin === "csid" ? "secretPrefix" : "secretNamePrefix"]: read.secrets.prefix }
            : {}),
        secretNamespace: read.secrets?.provider === "kubernetes" ? read.connect?.namespace : undefined,
        bootstrapServers: read.kafka?.bootstrapServers ?? "",
        clientSecurity: read.kafka ? clientSecurity(read.kafka) : {},
        replicationFactor: read.kafka?.replicationFactor ?? -1,
        brokers: read.kafka?.brokers,
        schemaRegistry: read.kafka?.schemaRegistry,
        exactlyOnce: read.connect !== undefined && usesExactlyOnce(read.connect),
    };
    const planned = declared.map((item, index) => planConnector(item, index, platform));
    const plans = planned.flatMap(({ plan }) => plan ?? []);
    faults.push(
        ...planned.flatMap((result) => result.faults),
        ...checkClaims(plans),
        ...checkTombstones(plans),
        ...checkKubernetesReferences(plans, read.secrets),
    );
    return plans;
}
