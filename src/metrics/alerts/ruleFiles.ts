/** Prometheus rule files, rendered from the alerts. Pure. */
import * as YAML from "yaml";
import type { Alert } from "./alert";
import { connectAlerts } from "./connectAlerts";
import { debeziumAlerts } from "./debeziumAlerts";
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
}

/** A group of rules of a rule file. */
export interface RuleGroup {
    name: string;
    rules: { alert: string; expr: string; for: string; labels: object; annotations: object }[];
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

/** The groups of rules for Connect, its connectors and their databases. */
export function connectRuleGroups({ cluster, runbookUrl, slotWalBudgetGiB }: RuleOptions): RuleGroup[] {
    return [
        group("kafka-connect", [...connectAlerts, ...(cluster ? presenceAlerts(cluster) : [])], runbookUrl),
        group("debezium", debeziumAlerts, runbookUrl),
        ...(slotWalBudgetGiB ? [group("postgres-slots", slotAlerts(slotWalBudgetGiB), runbookUrl)] : []),
    ];
}

/** The groups of rules for a Kafka cluster. */
export const kafkaRuleGroups = ({ runbookUrl }: RuleOptions): RuleGroup[] => [group("kafka", kafkaAlerts, runbookUrl)];

/** A rule file. */
export const ruleFile = (groups: readonly RuleGroup[]): string => YAML.stringify({ groups }, { lineWidth: 0 });
