/** The table of alerts in docs/monitoring.md. */
import { connectRuleGroups, kafkaRuleGroups } from "../../src/metrics/alerts/ruleFiles";

const shown = {
    cluster: { namespace: "NAMESPACE", name: "CLUSTER", replicas: 3 },
    slotWalBudgetGiB: 20,
    slo: { freshnessSeconds: 60, objective: 0.99 },
};

/** One row for each alert. */
export const alertTable = (): string =>
    [...connectRuleGroups(shown), ...kafkaRuleGroups(shown)]
        .flatMap(({ name, rules }) =>
            rules.map(({ alert, for: duration, labels, annotations }) => {
                const { severity } = labels as { severity: string };
                const { summary, runbook_url: url } = annotations as { summary: string; runbook_url: string };
                const text = summary
                    .replace(/\{\{ \$labels\.(?:strimzi_io_)?(\w+) \}\}/g, "*$1*")
                    .replace(/\{\{ \$value[^}]*\}\}/g, "*n*");
                const page = url.replace("docs/", "");
                return `| [${alert}](${page}) | ${name} | ${severity} | ${duration} | ${text} |`;
            }),
        )
        .join("\n");
