/** The metrics workspace and what scrapes into it. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { scrapeAnnotations } from "../strimzi/jmxMetrics";

/** Subnets and security groups that a scraper can have (API reference of AMP, EksConfiguration). */
const mostIds = 5;

/** Annotations of the workers with which Prometheus does not find the exporter. */
export function scrapeWarnings({ metrics, connect }: ParsedSections): Issue[] {
    if (!metrics?.exporter || metrics.workspace === "none" || !connect) return [];
    const expected: Readonly<Record<string, string>> = { ...scrapeAnnotations(true) };
    return Object.keys(expected)
        .filter((name) => connect.annotations[name] !== undefined && connect.annotations[name] !== expected[name])
        .map((name) =>
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["connect", "annotations", name],
                `replaces "${expected[name]}", by which the scraper of metrics.workspace finds the workers`,
            ),
        );
}

export function checkMetrics({ metrics }: ParsedSections): Issue[] {
    if (!metrics) return [];
    const issues: Issue[] = [];
    const { workspace } = metrics;
    const scraped = workspace !== "none";
    if (workspace === "existing" && !metrics.workspaceArn)
        issues.push(missingSetting(["metrics", "workspaceArn"], "the ARN of the existing workspace"));
    if (workspace !== "existing" && metrics.workspaceArn)
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["metrics", "workspaceArn"],
                `unused: metrics.workspace is ${workspace}; set metrics.workspace to existing or remove the ARN`,
            ),
        );
    if (scraped && metrics.subnetIds.length < 2)
        issues.push(
            invalidValue(
                ["metrics", "subnetIds"],
                metrics.subnetIds,
                "at least two subnets in different availability zones for the managed scraper",
            ),
        );
    for (const key of ["subnetIds", "securityGroupIds"] as const)
        if (metrics[key].length > mostIds)
            issues.push(invalidValue(["metrics", key], metrics[key], `at most ${mostIds} ids, the limit of a scraper`));
    if (scraped && !metrics.exporter)
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["metrics", "exporter"],
                `metrics.workspace is ${workspace}, which needs the exporter; set exporter to true`,
            ),
        );
    if (metrics.notifications && (workspace !== "new" || !metrics.alerts))
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["metrics", "notifications"],
                "unused: it delivers the alerts of a new workspace; set metrics.workspace to new and metrics.alerts. " +
                    "An existing workspace has one alert manager definition, which belongs to its owner",
            ),
        );
    if (metrics.prometheusOperator && !metrics.exporter)
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["metrics", "exporter"],
                "metrics.prometheusOperator scrapes the exporter; set exporter to true",
            ),
        );
    if (metrics.alerts && !scraped && !metrics.prometheusOperator)
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["metrics", "alerts"],
                "unused: there is nothing to load the alert rules into; set metrics.workspace or " +
                    "metrics.prometheusOperator",
            ),
        );
    for (const key of ["slotWalBudgetGiB", "slo"] as const)
        if (metrics[key] !== undefined && !metrics.alerts)
            issues.push(
                issue("KCP_UNUSED_SETTING", ["metrics", key], "unused: it adds to the alert rules; set metrics.alerts"),
            );
    if (metrics.dashboards && !metrics.exporter)
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["metrics", "exporter"],
                "metrics.dashboards is true, which needs the exporter; set exporter to true",
            ),
        );
    return issues;
}
