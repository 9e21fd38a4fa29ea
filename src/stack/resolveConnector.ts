/** From an item of `connectors` in a stack file to a resolved connector. */
import { secretVersionKey } from "../connectors/commonOptions";
import { templates } from "../connectors/templates";
import type { ConnectContext, ConnectorConfig, ResolvedConnector, Template } from "../connectors/template";
import { invalidValue, issue, overlaps, toIssues, type Issue, type SettingPath } from "../schema/issues";
import { suggestionFor } from "../util/nearest";
import { checkConfigKeys } from "../validation/configKeys";
import { checkConsistency } from "../validation/connectorConsistency";
import { checkConnectorFields } from "../validation/connectorFields";
import { checkReferences } from "../validation/connectorReferences";
import { checkContracts } from "../validation/contractChecks";
import { contractWarnings } from "../validation/contractStatements";
import { checkCredentials, findCredentials, redact } from "../validation/literalCredentials";
import { checkPluginRules } from "../validation/pluginRules";
import { isReference } from "../validation/rules/rule";
import { withLegalName } from "./legalName";
import { findSettingPath } from "./settingPath";
import { liftOptions } from "./verbatimConnector";

/** The options that every template has, as its schema parses them. */
interface CommonDeclaration {
    version?: string;
    pluginVersion?: string;
    connectCluster?: string;
    tasksMax?: number;
    state: ResolvedConnector["state"];
    autoRestart: { enabled: boolean; maxRestarts?: number };
    config: ConnectorConfig;
    metadata: NonNullable<ResolvedConnector["metadata"]>;
    spec?: Record<string, unknown>;
    unknownKeys: string[];
    secretVersion?: string;
    expect: ResolvedConnector["expect"];
    source?: { instance?: string };
    target?: { instance?: string };
}

/** The instance that a declaration names. */
function instanceOf({ source, target }: CommonDeclaration): ResolvedConnector["instance"] {
    if (source?.instance) return { name: source.instance, option: "source" };
    return target?.instance ? { name: target.instance, option: "target" } : undefined;
}

/** The template that an item names, or the issue that it names none. */
function templateOf(declared: unknown, index: number): Template | Issue {
    const given = (declared as { connectorTemplate?: unknown } | null)?.connectorTemplate;
    const name = typeof given === "string" ? given.replace(/^connector\./, "") : undefined;
    const names = templates.map((template) => template.name);
    return (
        templates.find((template) => template.name === name) ??
        invalidValue(["connectors", index, "connectorTemplate"], given, `one of ${names.join(", ")}`, {
            reason: name === undefined ? undefined : suggestionFor(name, names),
        })
    );
}

/** Which of the stack's connectors an item is. */
interface ItemPlace {
    /** Its index among all connectors. */
    readonly index: number;
    /** Where it is declared, for messages about it. */
    readonly declaredAt: string;
}

/** A resolved item. */
export interface ResolvedItem {
    readonly connector?: ResolvedConnector;
    readonly issues: Issue[];
    readonly warnings?: Issue[];
}

/**
 * The connector that an item of `connectors` declares, and its issues. An item that its template cannot parse has
 * issues only.
 *
 * @param item the item as it is written
 * @param place its place among the stack's connectors
 */
export function resolveConnector(item: unknown, place: ItemPlace, context: ConnectContext): ResolvedItem {
    const { index } = place;
    const template = templateOf(item, index);
    if ("code" in template) return { issues: [template] };
    const named =
        template.name === "raw"
            ? withLegalName(liftOptions(item, context.usesManifest), index)
            : { declared: item, warnings: [] };
    const { declared } = named;
    const at = ["connectors", index];
    const credentials = findCredentials(declared, at);
    const ownIssues = [
        ...checkConnectorFields((declared as { config?: unknown }).config, index),
        ...checkCredentials(credentials, context.secretProvider),
    ];
    const parsed = template.schema.safeParse(declared);
    if (parsed.success) {
        const { connector, issues, warnings } = buildConnector(template, declared, parsed.data, place, context);
        return {
            connector,
            issues: redact([...ownIssues, ...issues], credentials),
            warnings: redact([...named.warnings, ...warnings], credentials),
        };
    }
    const schemaIssues = toIssues(parsed.error, template.schema, declared, at);
    const further = furtherIssues(template, declared, place, context, schemaIssues);
    return { issues: redact([...schemaIssues, ...ownIssues, ...further], credentials) };
}

/**
 * The issues of the valid settings of an item that its template cannot parse, so that all of an item's issues are
 * reported at once. What concerns a setting with an issue already is left out.
 */
function furtherIssues(
    template: Template,
    declared: unknown,
    place: ItemPlace,
    context: ConnectContext,
    known: readonly Issue[],
): Issue[] {
    const valid = without(
        declared,
        known.map(({ path }) => path.slice(2)),
    );
    const parsed = template.schema.safeParse(valid);
    if (!parsed.success) return [];
    return buildConnector(template, valid, parsed.data, place, context).issues.filter(
        ({ path }) => path.length > 2 && !known.some((other) => overlaps(path, other.path)),
    );
}

/** A copy of a value without what is at some paths. */
function without(value: unknown, paths: readonly SettingPath[]): unknown {
    const copy: unknown = structuredClone(value);
    for (const path of paths) {
        const parent = path
            .slice(0, -1)
            .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined | null)?.[step], copy);
        const last = path.at(-1);
        if (parent && typeof parent === "object" && last !== undefined)
            delete (parent as Record<string | number, unknown>)[last];
    }
    return copy;
}

/** A parsed declaration as a connector, with what is wrong between its settings. */
function buildConnector(
    template: Template,
    declared: unknown,
    data: unknown,
    { index, declaredAt }: ItemPlace,
    context: ConnectContext,
): Required<ResolvedItem> {
    const at = ["connectors", index];
    const declaration = data as CommonDeclaration;
    const built = template.build(data, context);
    const overriddenKeys = Object.keys(declaration.config);
    const secretVersion: ConnectorConfig =
        declaration.secretVersion === undefined ? {} : { [secretVersionKey]: declaration.secretVersion };
    const configOf = (changed: unknown) => template.build(changed, context).config;
    const connector: ResolvedConnector = {
        name: declaration.version ? `${built.baseName}-${declaration.version}` : built.baseName,
        baseName: built.baseName,
        template: template.name,
        class: built.class ?? template.class ?? "",
        pluginVersion: declaration.pluginVersion,
        tasksMax: declaration.tasksMax ?? template.defaultTasksMax,
        state: declaration.state,
        autoRestart: declaration.autoRestart,
        config: { ...built.config, ...secretVersion, ...declaration.config },
        overriddenKeys,
        unknownKeys: [...declaration.unknownKeys, ...Object.keys(secretVersion)],
        metadata: declaration.metadata,
        spec: declaration.spec,
        outputTopics: built.outputTopics,
        inputTopics: built.inputTopics ?? [],
        writesWholeRows: built.writesWholeRows,
        capturedTables: built.capturedTables,
        mskClusterArn: built.mskClusterArn,
        instance: instanceOf(declaration),
        expect: declaration.expect,
        index,
        declaredAt,
        settingPath: (key) =>
            overriddenKeys.includes(key)
                ? [...at, "config", key]
                : [...at, ...findSettingPath(key, declared, data, configOf)],
    };
    const located = (found: Issue): Issue => ({ ...found, path: [...at, ...found.path] });
    const keys = checkConfigKeys(connector, context);
    const rules = checkPluginRules(connector, context);
    const issues = [
        ...(built.issues ?? []).map(located),
        ...checkCommonOptions(connector, declaration, template, context),
        ...keys.issues,
        ...checkConsistency(connector),
        ...rules.issues,
        ...checkReferences(connector, context),
        ...checkContracts(connector),
    ];
    return {
        connector,
        issues,
        warnings: [
            ...(built.warnings ?? []).map(located),
            ...keys.warnings,
            ...rules.warnings,
            ...contractWarnings(connector),
        ],
    };
}

/** Options that every template has, against what the template and the Connect cluster can do. */
function checkCommonOptions(
    { index, config, pluginVersion, tasksMax }: ResolvedConnector,
    { autoRestart, connectCluster, unknownKeys }: CommonDeclaration,
    { class: className, maxTasks }: Template,
    context: ConnectContext,
): Issue[] {
    const at = ["connectors", index];
    const issues: Issue[] = [];
    if (connectCluster && connectCluster !== context.connectCluster)
        issues.push(
            invalidValue([...at, "connectCluster"], connectCluster, `${context.connectCluster} (connect.name)`, {
                reason: "a stack has one Connect cluster",
            }),
        );
    if (config[secretVersionKey] !== undefined && !Object.values(config).some(isReference))
        issues.push(issue("KCP_UNUSED_SETTING", [...at, "secretVersion"], "unused: the connector refers to no secret"));
    if (autoRestart.maxRestarts !== undefined && !autoRestart.enabled)
        issues.push(
            issue("KCP_UNUSED_SETTING", [...at, "autoRestart", "maxRestarts"], "unused: autoRestart.enabled is false"),
        );
    issues.push(
        ...unknownKeys.flatMap((key, position) =>
            key in config
                ? []
                : [issue("KCP_UNUSED_SETTING", [...at, "unknownKeys", position], `unused: config has no "${key}"`)],
        ),
    );
    if (pluginVersion && !context.release.pluginVersions)
        issues.push(
            issue(
                "KCP_UNSUPPORTED_BY_VERSION",
                [...at, "pluginVersion"],
                `Strimzi ${context.release.version} cannot select a plugin version: ` +
                    "remove it, or upgrade to 1.0 or newer",
            ),
        );
    if (tasksMax > maxTasks)
        issues.push(
            invalidValue(
                [...at, "tasksMax"],
                tasksMax,
                `at most ${maxTasks}, the number of tasks that the plugin can use`,
                {
                    reason: className?.startsWith("io.debezium.")
                        ? "with more, a Debezium source runs no task"
                        : undefined,
                },
            ),
        );
    return issues;
}
