/**
 * Loads a stack: parses its sections, resolves its connectors and runs every check. All errors are reported at once, before any
 * resource is registered.
 */
import * as path from "path";
import type { ResolvedConnector } from "../connectors/template";
import { defaultKafkaVersion, strimziRelease } from "../release/releases";
import { SettingsError, invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaOfCluster } from "../strimzi/ownKafka";
import { deepFreeze } from "../util/data";
import { projectFolder } from "../util/project";
import { checkKubernetesReferences } from "../validation/connectorReferences";
import { checkExclusiveNames, checkTombstones, crossConnectorWarnings } from "../validation/crossConnectorChecks";
import { checkImage, imageWarnings } from "../validation/imageChecks";
import { checkKafkaSource } from "../validation/kafkaChecks";
import { checkSpecOverrides, specOverrideWarnings } from "../validation/specOverrides";
import { checkSections } from "../validation/sectionChecks";
import { connectContext } from "./connectContext";
import { parseSections, type RawStack } from "./parseSections";
import { resolveConnector } from "./resolveConnector";
import type { Settings } from "./settings";
import { lineFinder, stackFile } from "./stackFile";

/**
 * Loads the settings of one stack.
 *
 * @param raw the settings as they are written, without the project's prefix
 * @param stack name of the stack
 * @param file the stack file they are from, for line numbers
 * @throws SettingsError with every error
 */
export function loadStack(raw: RawStack, stack: string, file = stackFile(stack)): Settings {
    const { parsed, issues } = parseSections(raw);
    issues.push(...checkKafkaSource(raw, parsed));
    const { kafkaCluster, kafka, connect } = parsed;
    if (kafkaCluster && kafka && connect) parsed.kafka = kafkaOfCluster(kafkaCluster, connect, kafka);
    issues.push(...checkSections(parsed));

    const resolved = resolveConnectors(raw, parsed);
    issues.push(...resolved.issues, ...checkConnectors(resolved.connectors, parsed));
    issues.push(...checkSpecOverrides(parsed, resolved.connectors));
    if (issues.length > 0) throw new SettingsError(path.basename(file), issues, lineFinder(file));
    return deepFreeze(completeSettings(parsed as Required<ParsedSections>, resolved.connectors, stack));
}

function completeSettings(
    parsed: Required<ParsedSections>,
    connectors: readonly ResolvedConnector[],
    stack: string,
): Settings {
    const { environment, image, strimzi } = parsed;
    const release = strimziRelease(strimzi.version);
    return {
        ...parsed,
        environment: environment ?? stack,
        strimzi: { ...strimzi, kafkaVersion: strimzi.kafkaVersion ?? defaultKafkaVersion(release) },
        release,
        connectors,
        warnings: [
            ...crossConnectorWarnings(connectors),
            ...specOverrideWarnings(parsed, connectors),
            ...(image?.build ? imageWarnings(image.build.context, projectFolder) : []),
        ],
    };
}

/** The connectors that are valid by themselves, and the issues of the others. */
function resolveConnectors(raw: RawStack, parsed: ParsedSections) {
    const declared = raw.connectors ?? [];
    if (!Array.isArray(declared))
        return { connectors: [], issues: [invalidValue(["connectors"], declared, "an array of connectors")] };
    const context = connectContext(raw, parsed);
    const results = declared.map((item, index) => resolveConnector(item, index, context));
    const issues = results.flatMap((result) => result.issues);
    if (declared.length > 0 && parsed.connect?.install === false)
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["connectors"],
                "connectors need a Connect cluster, but connect.install is false",
            ),
        );
    return { connectors: results.flatMap(({ connector }) => connector ?? []), issues };
}

/** What no connector can tell by itself: conflicts with others, with the secrets and with the image. */
const checkConnectors = (connectors: readonly ResolvedConnector[], { image, secrets }: ParsedSections): Issue[] => [
    ...checkExclusiveNames(connectors),
    ...checkTombstones(connectors),
    ...checkKubernetesReferences(connectors, secrets),
    ...(image?.build ? checkImage(image.build.context, connectors, projectFolder, secrets) : []),
];
