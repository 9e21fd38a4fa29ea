/** Prometheus rule files, rendered from the alerts. Pure. */
import * as YAML from "yaml";
import type { Alert } from "./alert";
import { connectAlerts } from "./connectAlerts";
import { debeziumAlerts } from "./debeziumAlerts";
import { freshnessAlerts, freshnessRecordings, type FreshnessObjective, type RecordingRule } from "./freshnessRules";
import { kafkaAlerts } from "./kafkaAlerts";
import { presenceAlerts, type ExpectedCluster } from "./presenceAlerts";
import { slotAlerts } from "./slotAlerts";

/** Where the runbooks are, when nothing else is set: the path in this repository. */
export const defaultRunbookUrl = "docs/runbooks";

/** What the rules are rendered for. */
export interface RuleOptions {
    /**
     * Address of the folder with the runbooks, without a final slash.
     * @default "docs/runbooks"
     */
    readonly runbookUrl?: string;
    /** Connect cluster whose absence is reported. */
    readonly cluster?: ExpectedCluster;
    /** GiB of WAL that slots may keep. Without it there are no alerts for slots. */
    readonly slotWalBudgetGiB?: number;
    /** Objective of freshness. Without it there are neither its series nor its alerts. */
    readonly slo?: FreshnessObjective;
}

/** A group of alerts of a rule file. */
export interface RuleGroup {
    name: string;
    rules: { alert: string; expr: string; for: string; labels: object; annotations: object }[];
}

/** A group of rules that compute series. */
export interface RecordingGroup {
    name: string;
    rules: RecordingRule[];
}

const group = (name: string, alerts: readonly Alert[], runbookUrl = defaultRunbookUrl): RuleGroup => ({
    name,
    rules: alerts.map(({ name: alert, expr, for: duration, severity, summary, description, runbook }) => ({
        alert,
        expr,
        for: duration,
        labels: { severity },
        annotations: { summary, description, runbook_url: `${runbookUrl}/${runbook}.md` },
    })),
});

/** The groups of alerts for Connect, its connectors and their databases. */
export function connectRuleGroups({ cluster, runbookUrl, slo, slotWalBudgetGiB }: RuleOptions): RuleGroup[] {
    return [
        group("kafka-connect", [...connectAlerts, ...(cluster ? presenceAlerts(cluster) : [])], runbookUrl),
        group("debezium", debeziumAlerts, runbookUrl),
        ...(slo ? [group("freshness", freshnessAlerts(slo), runbookUrl)] : []),
        ...(slotWalBudgetGiB ? [group("postgres-slots", slotAlerts(slotWalBudgetGiB), runbookUrl)] : []),
    ];
}

/** The groups of rules whose series alerts and dashboards read. */
export const recordingGroups = ({ slo }: RuleOptions): RecordingGroup[] =>
    slo ? [{ name: "freshness-series", rules: freshnessRecordings(slo) }] : [];

/** The groups of alerts for a Kafka cluster. */
export const kafkaRuleGroups = ({ runbookUrl }: RuleOptions): RuleGroup[] => [group("kafka", kafkaAlerts, runbookUrl)];

/** A rule file. */
export const ruleFile = (groups: readonly (RuleGroup | RecordingGroup)[]): string =>
    YAML.stringify({ groups }, { lineWidth: 0 });
