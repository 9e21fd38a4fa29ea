/**
 * Configurations that a plugin's own validation accepts and that fail, or do something else, when the connector runs.
 * Each rule was observed on a real worker. Templates never make these mistakes; `raw` and `config` can.
 */
import type { ConnectContext, ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { removedValuesOf } from "./removedConfig";
import { addressRules } from "./rules/addresses";
import { bigQueryRules } from "./rules/bigQuery";
import { capturedListRules } from "./rules/capturedLists";
import { clientOverrideRules } from "./rules/clientOverrides";
import { clientValueRules } from "./rules/clientValues";
import { columnListRules } from "./rules/columnLists";
import { commonRules } from "./rules/common";
import { componentClassRules } from "./rules/componentClasses";
import { connectorClassRules } from "./rules/connectorClass";
import { converterKeyRules } from "./rules/converterKeys";
import { dateFormatRules } from "./rules/dateFormats";
import { debeziumRules } from "./rules/debezium";
import { debeziumDependencyRules } from "./rules/debeziumDependencies";
import { debeziumDoubtRules } from "./rules/debeziumDoubts";
import { debeziumFormRules } from "./rules/debeziumForms";
import { debeziumValueRules } from "./rules/debeziumValues";
import { envelopeRules } from "./rules/envelopes";
import { jdbcKeyRules } from "./rules/jdbcKeys";
import { emptyCaptureRules } from "./rules/emptyCapture";
import { expressionRules } from "./rules/expressions";
import { loginRules } from "./rules/logins";
import { loopbackRules } from "./rules/loopback";
import { httpValueRules } from "./rules/httpValues";
import { httpFormRules } from "./rules/httpForms";
import { includeListRules } from "./rules/includeLists";
import { mirrorRules } from "./rules/mirror";
import { mirrorFilterRules } from "./rules/mirrorFilters";
import { nameRules } from "./rules/names";
import { otherPlatformRules } from "./rules/otherPlatforms";
import { placeholderRules } from "./rules/placeholders";
import { recordShapeRules } from "./rules/recordShapes";
import { replicationRules } from "./rules/replication";
import { replacementRules } from "./rules/replacements";
import { requiredByClassRules } from "./rules/requiredByClass";
import { definitionFindings } from "./rules/definitions";
import type { Finding, PluginRule } from "./rules/rule";
import { sinkAddressRules } from "./rules/sinkAddresses";
import { sinkRules } from "./rules/sinks";
import { sinkValueRules } from "./rules/sinkValues";
import { snapshotModeRules } from "./rules/snapshotModes";
import { topicWalkRules } from "./rules/topicWalk";
import { transformFieldRules } from "./rules/transformFields";
import { transformOrderRules } from "./rules/transformOrder";
import { transformFormRules } from "./rules/transformForms";
import { transformRoleRules } from "./rules/transformRoles";
import { transformRules } from "./rules/transforms";
import { transformValueRules } from "./rules/transformValues";
import { unitRules } from "./rules/units";

const removedValueRule: PluginRule = {
    classes: /./,
    check: ({ class: className, config }) =>
        removedValuesOf(className, config).map(({ key, value, replacement }) => ({
            code: "KCP_REMOVED_CONFIG_VALUE",
            key,
            message: `the plugin no longer has the value "${value}"; use ${replacement}`,
        })),
};

const rules: readonly PluginRule[] = [
    removedValueRule,
    ...debeziumRules,
    ...debeziumValueRules,
    ...debeziumFormRules,
    ...debeziumDependencyRules,
    ...debeziumDoubtRules,
    ...snapshotModeRules,
    ...capturedListRules,
    ...columnListRules,
    ...includeListRules,
    ...emptyCaptureRules,
    ...mirrorRules,
    ...mirrorFilterRules,
    ...sinkRules,
    ...sinkValueRules,
    ...sinkAddressRules,
    ...httpValueRules,
    ...otherPlatformRules,
    ...bigQueryRules,
    ...requiredByClassRules,
    ...httpFormRules,
    ...jdbcKeyRules,
    ...connectorClassRules,
    ...componentClassRules,
    ...nameRules,
    ...addressRules,
    ...loginRules,
    ...loopbackRules,
    ...placeholderRules,
    ...replicationRules,
    ...commonRules,
    ...clientOverrideRules,
    ...clientValueRules,
    ...unitRules,
    ...expressionRules,
    ...transformRules,
    ...transformRoleRules,
    ...transformFormRules,
    ...transformValueRules,
    ...transformFieldRules,
    ...transformOrderRules,
    ...replacementRules,
    ...envelopeRules,
    ...recordShapeRules,
    ...dateFormatRules,
    ...topicWalkRules,
    ...converterKeyRules,
];

const rulesOfClass = new Map<string, readonly PluginRule[]>();

/** The rules of a class, found once: a stack has many connectors of few classes. */
function rulesOf(className: string): readonly PluginRule[] {
    const found = rulesOfClass.get(className) ?? rules.filter(({ classes }) => classes.test(className));
    rulesOfClass.set(className, found);
    return found;
}

/** What would show only when the connector runs: what fails, and what probably does something else. */
export function checkPluginRules(
    connector: ResolvedConnector,
    context: ConnectContext,
): { issues: Issue[]; warnings: Issue[] } {
    const byRules = rulesOf(connector.class).flatMap(({ check }) => check(connector, context));
    const recorded = definitionFindings(connector, context);
    if (byRules.length === 0 && recorded.length === 0) return { issues: [], warnings: [] };
    const keysOf = (found: readonly Finding[], warnings: boolean) =>
        new Set(found.filter(({ isWarning = false }) => warnings || !isWarning).map(({ key }) => key));
    const [reported, rejected] = [keysOf(byRules, true), keysOf(byRules, false)];
    // a rule that finds the same explains it better
    const byDefinitions = recorded.filter(({ key, isWarning }) => !(isWarning ? reported : rejected).has(key));
    // what a plugin rejects needs no further doubts
    const defined = keysOf(byDefinitions, false);
    const findings = [...byRules.filter(({ key, isWarning }) => !isWarning || !defined.has(key)), ...byDefinitions];
    return {
        issues: findings.filter(({ isWarning }) => !isWarning).map((finding) => issueOf(finding, connector)),
        warnings: findings.filter(({ isWarning }) => isWarning).map((finding) => issueOf(finding, connector)),
    };
}

function issueOf({ code, key, message }: Finding, connector: ResolvedConnector): Issue {
    if (key === "tasks.max") return issue(code, ["connectors", connector.index, "tasksMax"], message);
    if (key === "connector.class") return issue(code, ["connectors", connector.index, "class"], message);
    const path = connector.settingPath(key);
    // the path of another setting does not name the key
    return issue(code, path, path.at(-1) === key ? message : `${key}: ${message}`);
}
