/**
 * Loads a stack: parses its sections, resolves its connectors and runs every check. All errors are reported at once,
 * before any resource is registered.
 */
import * as path from "path";
import type { ResolvedConnector } from "../connectors/template";
import { kafkaVersionOf, strimziRelease } from "../release/releases";
import { invalidValue, issue, SettingsError, withoutConsequences, type Issue } from "../schema/issues";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";
import { firstProvider } from "../schema/secrets";
import { kafkaOfCluster } from "../strimzi/ownKafka";
import { deepFreeze } from "../util/data";
import { projectFolder } from "../util/project";
import { checkMskSources } from "../validation/awsChecks";
import { checkAdopt } from "../validation/adoptChecks";
import { checkDeclaredTopics, declaredTopicWarnings } from "../validation/declaredTopics";
import { checkLogging, loggingWarnings } from "../validation/loggingChecks";
import { checkManifests, manifestWarnings } from "../validation/manifestChecks";
import { checkKafkaSource } from "../validation/connectLogin";
import { checkKubernetesReferences } from "../validation/connectorReferences";
import { checkBetweenConnectors, warningsBetweenConnectors } from "../validation/crossConnectorChecks";
import { crdFieldWarnings } from "../validation/crdFields";
import { kafkaConfigFindings } from "../validation/kafkaConfig";
import { missingPluginWarnings } from "../validation/missingPlugins";
import { storageTopics, storageWarnings } from "../validation/storageTopics";
import { versionWarnings } from "../validation/versionChecks";
import { checkFileSinks, unmountedFileWarnings } from "../validation/workerVolumes";
import { heartbeatWarnings } from "../validation/heartbeats";
import { checkImage, knownDataLoss, missingVersions, type KnownDataLoss } from "../validation/imageChecks";
import { reservedMetadataFindings } from "../validation/reservedMetadata";
import { checkRolePolicies } from "../validation/roleChecks";
import { checkWorkerNames } from "../validation/workerNames";
import { checkCredentials, findCredentials, redact } from "../validation/literalCredentials";
import { checkConnectorLogin, checkOverridePolicy, topicCreationWarnings } from "../validation/overridePolicy";
import { checkSections, sectionWarnings } from "../validation/sectionChecks";
import { sharedWithStandalone, standaloneFindings } from "../validation/standaloneConnectors";
import { idleTaskWarnings } from "../validation/taskPartitions";
import { checkTeamRights, checkTeams } from "../validation/teamRights";
import { checkUnused, unusedWarnings } from "../validation/unusedSettings";
import { checkSpecOverrides, specOverrideWarnings } from "../validation/specOverrides";
import { connectContext } from "./connectContext";
import { configSizeWarnings } from "./configSize";
import { ConnectorOverrides } from "./connectorOverrides";
import { locationName, readConnectorList, relocate } from "./connectorList";
import { parseSections, relocateProvider, type RawStack, type SectionsResult } from "./parseSections";
import { resolveConnector } from "./resolveConnector";
import type { Settings } from "./settings";
import { checkUsedCluster, useOtherCluster, usedOutputs, withUsedOutputs } from "./usedCluster";
import type { RawOutputs } from "./usedOutputs";
import { lineFinder } from "./lineFinder";
import { stackFile, stackFileWarnings } from "./stackFile";

/**
 * Loads the settings of one stack.
 *
 * @param given the settings as they are written, without the project's prefix
 * @param stack name of the stack
 * @param file the stack file they are from, for line numbers
 * @param written the same with values of secret config as `{ secure: … }`, which are no literal credentials
 * @param received outputs of `connect.use.stack`, where an engine read them
 * @throws SettingsError with every error
 */
export function loadStack(
    given: RawStack,
    stack: string,
    file = stackFile(stack),
    written = given,
    received?: RawOutputs,
): Settings {
    const used = usedOutputs(given, received);
    const raw = withUsedOutputs(given, used.outputs);
    const sections = parseSections(raw);
    const { parsed, invalid } = sections;
    // which Kafka the other stack uses is unknown while its outputs cannot be read
    const sourceIssues = used.issues.length > 0 ? [] : checkKafkaSource(raw, parsed, invalid);
    const usedIssues = [...checkUsedCluster(given), ...used.issues];
    useOtherCluster(parsed);
    const { kafkaCluster, kafka, connect } = parsed;
    if (kafkaCluster && kafka && connect) parsed.kafka = kafkaOfCluster(kafkaCluster, connect, kafka);
    const resolved = resolveConnectors(raw, sections);
    // those of connectors are found when each is resolved
    const credentials = findCredentials({ ...written, connectors: undefined });
    const kafkaConfig = kafkaConfigFindings(parsed, resolved.connectors);
    const image = imageFindings(parsed, resolved.connectors);
    const metadata = reservedMetadataFindings(parsed, resolved.connectors);
    const standalone = standaloneFindings(parsed);
    const issues = withoutConsequences([
        ...sections.issues,
        ...sourceIssues,
        ...usedIssues,
        ...checkSections(parsed, invalid),
        ...standalone.errors,
        ...sharedWithStandalone(parsed, resolved.connectors),
        ...kafkaConfig.errors,
        ...checkOverridePolicy(parsed, resolved.connectors),
        ...checkConnectorLogin(parsed, resolved.connectors),
        ...checkUnused(withFirstProvider(raw), parsed, invalid),
        ...resolved.issues,
        ...checkConnectors(resolved.connectors, sections),
        ...image.issues,
        ...checkSpecOverrides(parsed, resolved.connectors),
        ...checkLogging(parsed, resolved.connectors),
        ...(invalid.has("connectors") || resolved.issues.length > 0 ? [] : checkAdopt(parsed, resolved.connectors)),
        ...checkManifests(parsed, resolved.connectors),
        ...checkFileSinks(parsed, resolved.connectors),
        ...checkDeclaredTopics(resolved.connectors, parsed.kafkaAccess),
        ...metadata.errors,
        ...checkWorkerNames(parsed, resolved.connectors),
        ...checkRolePolicies(parsed, resolved.connectors),
        ...checkTeams(parsed),
        ...checkTeamRights(used.outputs?.teams, parsed.connect?.use?.team, resolved.connectors, parsed.kafkaAccess),
        ...checkCredentials(credentials),
    ]);
    const locate = (found: Issue) => relocateProvider(relocate(found, resolved.locations), raw.secrets);
    if (issues.length > 0)
        throw new SettingsError(path.basename(file), redact(issues, credentials).map(locate), lineFinder(file));
    const complete = parsed as Required<ParsedSections>;
    const { connectors } = resolved;
    const warnings = [
        ...stackFileWarnings(written),
        ...configSizeWarnings(raw),
        ...unusedWarnings(withFirstProvider(raw), complete),
        ...resolved.warnings,
        ...versionWarnings(complete),
        ...kafkaConfig.warnings,
        ...sectionWarnings(complete),
        ...standalone.warnings,
        ...topicCreationWarnings(complete, connectors),
        ...declaredTopicWarnings(connectors, complete.kafkaAccess),
        ...storageWarnings(complete, connectors),
        ...unmountedFileWarnings(complete, connectors),
        ...missingPluginWarnings(complete, connectors),
        ...idleTaskWarnings(connectors, complete.kafkaAccess),
        ...crdFieldWarnings(complete),
        ...heartbeatWarnings(connectors),
        ...warningsBetweenConnectors(
            connectors,
            topicNames(complete.kafkaAccess),
            storageTopics(complete),
            complete.connect,
        ),
        ...specOverrideWarnings(complete, connectors),
        ...loggingWarnings(complete, connectors),
        ...metadata.warnings,
        ...manifestWarnings(complete),
        ...image.warnings,
    ];
    return deepFreeze({
        ...completeSettings(complete, connectors, stack),
        warnings: warnings.map(locate),
        connectorLocations: resolved.locations,
    });
}

function completeSettings(
    parsed: Required<ParsedSections>,
    connectors: readonly ResolvedConnector[],
    stack: string,
): Omit<Settings, "connectorLocations" | "warnings"> {
    const { environment, strimzi } = parsed;
    const release = strimziRelease(strimzi.version);
    return {
        ...parsed,
        environment: environment ?? stack,
        strimzi: { ...strimzi, kafkaVersion: kafkaVersionOf(strimzi) },
        release,
        connectors,
    };
}

const withFirstProvider = (raw: RawStack): RawStack => ({ ...raw, secrets: firstProvider(raw.secrets ?? {}) });

const topicNames = (access: KafkaAccessSettings | undefined): string[] =>
    (access?.topics ?? []).map(({ name }) => name);

/** The connectors that are valid by themselves, and the issues of all. */
function resolveConnectors(raw: RawStack, { parsed, invalid }: SectionsResult) {
    const declared = raw.connectors ?? [];
    if (!Array.isArray(declared))
        return {
            connectors: [],
            locations: [],
            warnings: [],
            issues: [invalidValue(["connectors"], declared, "an array of connectors, or of files with connectors")],
        };
    const context = connectContext(raw, parsed, invalid);
    const list = readConnectorList(declared);
    const overrides = new ConnectorOverrides(raw.connectorOverrides);
    const items = list.items.map(({ item, location }, index) => {
        const place = { index, declaredAt: locationName(location) };
        const applied = overrides.apply(item, () => resolveConnector(item, place, context).connector?.baseName);
        return { ...applied, place, location: { ...location, override: applied.override } };
    });
    const results = items.map(({ item, place }) => resolveConnector(item, place, context));
    const withoutCluster =
        declared.length > 0 && parsed.connect?.install === false && !parsed.connect.use
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["connectors"],
                      "connectors need a Connect cluster, but connect.install is false",
                  ),
              ]
            : [];
    return {
        connectors: results.flatMap(({ connector }) => connector ?? []),
        locations: items.map(({ location }) => location),
        warnings: results.flatMap(({ warnings = [] }) => warnings),
        issues: [...list.issues, ...overrides.issues(), ...results.flatMap(({ issues }) => issues), ...withoutCluster],
    };
}

/** What prevents an image from being built or used; its plugins can be looked at only when there is a manifest. */
function imageFindings(
    { image, secrets, connect, strimzi }: SectionsResult["parsed"],
    connectors: readonly ResolvedConnector[],
): KnownDataLoss {
    if (!image?.build || image.existing) return { issues: [], warnings: [] };
    const { context, acceptedIssues } = image.build;
    const issues = checkImage(context, connectors, projectFolder, secrets, connect?.config);
    if (issues.some(({ code }) => code === "KCP_INVALID_IMAGE_CONTEXT")) return { issues, warnings: [] };
    // an earlier Strimzi cannot select a version at all
    const versions = strimzi && strimziRelease(strimzi.version).pluginVersions;
    const missing = versions ? missingVersions(context, connectors, projectFolder) : [];
    const dataLoss = knownDataLoss(context, projectFolder, acceptedIssues);
    return { issues: [...issues, ...missing, ...dataLoss.issues], warnings: dataLoss.warnings };
}

/** Conflicts of connectors with each other, with the secrets and with MSK. */
const checkConnectors = (
    connectors: readonly ResolvedConnector[],
    { parsed, parsed: { secrets }, invalid }: SectionsResult,
): Issue[] => [
    ...(invalid.has("eks") ? [] : checkMskSources(connectors, parsed)),
    ...checkBetweenConnectors(connectors, invalid.has("connect") ? undefined : parsed.connect),
    ...(invalid.has("secrets") ? [] : checkKubernetesReferences(connectors, secrets)),
];
