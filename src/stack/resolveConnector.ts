/** From an item of `connectors` in a stack file to a resolved connector. */
import { templates } from "../connectors/templates";
import type { ConnectContext, ConnectorConfig, ResolvedConnector, Template } from "../connectors/template";
import { invalidValue, issue, toIssues, type Issue } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { checkConfigKeys } from "../validation/configKeys";
import { checkConsistency } from "../validation/connectorConsistency";
import { checkOverride, checkReferences } from "../validation/connectorReferences";
import { checkPluginRules } from "../validation/pluginRules";
import { findSettingPath } from "./settingPath";

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
}

/** The template that an item names, or the issue that it names none. */
function templateOf(declared: unknown, index: number): Template | Issue {
    const given = (declared as { connectorTemplate?: unknown } | null)?.connectorTemplate;
    const name = typeof given === "string" ? given.replace(/^connector\./, "") : undefined;
    const names = templates.map((template) => template.name);
    const hint = name === undefined ? "" : didYouMean(name, names);
    return (
        templates.find((template) => template.name === name) ??
        invalidValue(["connectors", index, "connectorTemplate"], given, `one of ${names.join(", ")}${hint}`)
    );
}

/**
 * The connector that an item of `connectors` declares, and its issues. An item that its template cannot parse has issues only.
 *
 * @param declared the item as it is written
 * @param index its place in the array
 */
export function resolveConnector(
    declared: unknown,
    index: number,
    context: ConnectContext,
): { connector?: ResolvedConnector; issues: Issue[] } {
    const template = templateOf(declared, index);
    if ("code" in template) return { issues: [template] };
    const at = ["connectors", index];
    const overrideIssues = checkOverride((declared as { config?: unknown }).config, index, context);
    const parsed = template.schema.safeParse(declared);
    if (!parsed.success)
        return { issues: [...toIssues(parsed.error, template.schema, declared, at), ...overrideIssues] };

    const declaration = parsed.data as CommonDeclaration;
    const built = template.build(parsed.data, context);
    const overriddenKeys = Object.keys(declaration.config);
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
        config: { ...built.config, ...declaration.config },
        overriddenKeys,
        unknownKeys: declaration.unknownKeys,
        metadata: declaration.metadata,
        spec: declaration.spec,
        outputTopics: built.outputTopics,
        inputTopics: built.inputTopics ?? [],
        exclusiveNames: [{ kind: "connector name", value: built.baseName, option: "name" }, ...built.exclusiveNames],
        capturedTables: built.capturedTables,
        index,
        settingPath: (key) =>
            overriddenKeys.includes(key)
                ? [...at, "config", key]
                : [...at, ...findSettingPath(key, declared, parsed.data, configOf)],
    };
    const issues = [
        ...(built.issues ?? []).map((found) => ({ ...found, path: [...at, ...found.path] })),
        ...checkCommonOptions(connector, declaration, template, context),
        ...overrideIssues,
        ...checkConfigKeys(connector),
        ...checkConsistency(connector),
        ...checkPluginRules(connector, context),
        ...checkReferences(connector, context),
    ];
    return { connector, issues };
}

/** Options that every template has, against what the template and the Connect cluster can do. */
function checkCommonOptions(
    { index, pluginVersion, tasksMax }: ResolvedConnector,
    { connectCluster }: CommonDeclaration,
    { class: className, maxTasks }: Template,
    context: ConnectContext,
): Issue[] {
    const at = ["connectors", index];
    const issues: Issue[] = [];
    if (connectCluster && connectCluster !== context.connectCluster)
        issues.push(
            invalidValue(
                [...at, "connectCluster"],
                connectCluster,
                `${context.connectCluster}, the Connect cluster of this stack (connect.name)`,
            ),
        );
    if (pluginVersion && !context.release.pluginVersions)
        issues.push(
            issue(
                "KCP_UNSUPPORTED_BY_VERSION",
                [...at, "pluginVersion"],
                `Strimzi ${context.release.version} cannot select a plugin version: remove it, or upgrade to 1.0 or newer`,
            ),
        );
    if (tasksMax > maxTasks)
        issues.push(
            invalidValue(
                [...at, "tasksMax"],
                tasksMax,
                maxTasks === 1 && className?.startsWith("io.debezium.")
                    ? "1: with more, a Debezium source runs no task"
                    : `at most ${maxTasks}, the number of tasks the plugin can use`,
            ),
        );
    return issues;
}
