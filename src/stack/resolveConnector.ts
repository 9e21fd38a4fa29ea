/** The way from an item of `connectors` in a stack file to a resolved connector. */
import { toFaults, type Fault } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { checkOverride, checkReferences } from "../validation/connectorReferences";
import { checkConsistency } from "../validation/connectorConsistency";
import { checkKeys } from "../validation/configKeys";
import { originOf } from "./settingPath";
import { checkRuntime } from "../validation/pluginRules";
import { templates } from "../connectors/templates";
import type { ConnectorConfig, ConnectorPlan, Platform } from "../connectors/template";

/** What all declarations have in common once their schema has read them. */
interface CommonDeclaration {
    version?: string;
    pluginVersion?: string;
    connectCluster?: string;
    tasksMax?: number;
    state: ConnectorPlan["state"];
    autoRestart: { enabled: boolean; maxRestarts?: number };
    config: ConnectorConfig;
}

/** The connector that an item of `connectors` declares, or what is wrong with it. */
export function planConnector(
    declared: unknown,
    index: number,
    platform: Platform,
): { plan?: ConnectorPlan; faults: Fault[] } {
    const at = ["connectors", index];
    const wanted = (declared as { connectorTemplate?: unknown } | null)?.connectorTemplate;
    const names = templates.map((template) => template.name);
    const template =
        typeof wanted === "string"
            ? templates.find(({ name }) => name === wanted.replace(/^connector\./, ""))
            : undefined;
    if (!template) {
        const hint = typeof wanted === "string" ? didYouMean(wanted.replace(/^connector\./, ""), names) : "";
        return {
            faults: [{ path: [...at, "connectorTemplate"], got: wanted, wants: `one of ${names.join(", ")}${hint}` }],
        };
    }
    const ofOverride = checkOverride((declared as { config?: unknown }).config, index, platform);
    const parsed = template.schema.safeParse(declared);
    if (!parsed.success) return { faults: [...toFaults(parsed.error, declared, at), ...ofOverride] };

    const declaration = parsed.data as CommonDeclaration;
    const built = template.build(parsed.data, platform);
    const override = Object.keys(declaration.config);
    const plan: ConnectorPlan = {
        name: declaration.version ? `${built.baseName}-${declaration.version}` : built.baseName,
        baseName: built.baseName,
        template: template.name,
        class: built.class ?? template.class ?? "",
        pluginVersion: declaration.pluginVersion,
        tasksMax: declaration.tasksMax ?? template.defaultTasksMax,
        state: declaration.state,
        autoRestart: declaration.autoRestart,
        config: { ...built.config, ...declaration.config },
        override,
        topics: built.topics,
        reads: built.reads ?? [],
        claims: [{ kind: "connector name", value: built.baseName, option: "name" }, ...built.claims],
        captures: built.captures,
        index,
        origin: (key) => [
            ...at,
            ...(override.includes(key)
                ? ["config", key]
                : originOf(key, declared, parsed.data, (changed) => template.build(changed, platform).config)),
        ],
    };
    const faults: Fault[] = (built.faults ?? []).map((fault) => ({ ...fault, path: [...at, ...fault.path] }));
    if (declaration.connectCluster && declaration.connectCluster !== platform.connectCluster) {
        faults.push({
            path: [...at, "connectCluster"],
            got: declaration.connectCluster,
            wants: `the stack's own Connect cluster, ${platform.connectCluster} (connect.name)`,
        });
    }
    if (plan.pluginVersion && !platform.release.pluginVersions) {
        faults.push({
            path: [...at, "pluginVersion"],
            got: plan.pluginVersion,
            wants: `nothing: Strimzi ${platform.release.version} runs the version that the image has`,
        });
    }
    if (plan.tasksMax > template.mostTasks) {
        faults.push({
            path: [...at, "tasksMax"],
            got: plan.tasksMax,
            wants:
                template.mostTasks === 1 && template.class?.startsWith("io.debezium.")
                    ? "at most 1: with more, Debezium runs no task at all"
                    : `at most ${template.mostTasks}: it has no work for more`,
        });
    }
    return {
        plan,
        faults: [
            ...faults,
            ...ofOverride,
            ...checkKeys(plan),
            ...checkConsistency(plan),
            ...checkRuntime(plan, platform),
            ...checkReferences(plan, platform),
        ],
    };
}
