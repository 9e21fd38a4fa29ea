import assert from "node:assert/strict";
import * as YAML from "yaml";
import { alertManagerDefinition } from "../../src/metrics/alertManager";
import { objectsOfKind } from "../../src/synth/synth";
import { assertIssues, eks, evaluated, minimal, type Raw } from "../support/stacks";

const topicArn = "arn:aws:sns:ap-northeast-2:123456789012:alerts";
const criticalTopicArn = "arn:aws:sns:eu-west-1:123456789012:pager";
const workspace: Raw = { workspace: "new", subnetIds: ["subnet-0a1b2c31", "subnet-0a1b2c32"], alerts: true };
const stack = (metrics: Raw): Raw => minimal({ eks, secrets: { provider: "file" }, metrics });

interface Config {
    route: { receiver: string; routes?: { receiver: string; matchers: string[] }[] };
    receivers: { name: string; sns_configs: { topic_arn: string; sigv4: { region: string }; subject: string }[] }[];
}

const configOf = (definition: string): Config =>
    YAML.parse((YAML.parse(definition) as { alertmanager_config: string }).alertmanager_config) as Config;

describe("the delivery of alerts to SNS", () => {
    it("is a definition of the new workspace, in the region of the topic", async () => {
        const { resources } = await evaluated(stack({ ...workspace, notifications: { topicArn } }));
        const [found, ...others] = resources.filter(({ type }) => type.endsWith(":AlertManagerDefinition"));
        assert.deepEqual(others, []);
        const { receivers, route } = configOf(String(found.inputs.definition));
        assert.deepEqual(
            receivers.map(({ name, sns_configs: [sns] }) => [name, sns.topic_arn, sns.sigv4.region]),
            [["default", topicArn, "ap-northeast-2"]],
        );
        assert.equal(route.routes, undefined);
    });

    it("sends critical alerts to their own topic", () => {
        const { receivers, route } = configOf(alertManagerDefinition({ topicArn, criticalTopicArn }));
        assert.deepEqual(route.routes, [{ receiver: "critical", matchers: ['severity="critical"'] }]);
        assert.equal(receivers[1].sns_configs[0].sigv4.region, "eu-west-1");
    });

    it("routes only to receivers that exist", () => {
        const { receivers, route } = configOf(alertManagerDefinition({ topicArn, criticalTopicArn }));
        const names = receivers.map(({ name }) => name);
        for (const { receiver } of [route, ...route.routes!]) assert.ok(names.includes(receiver));
    });

    it("is rejected without a new workspace, without alerts, and with something else than a topic", () => {
        assertIssues(stack({ notifications: { topicArn } }), [["KCP_UNUSED_SETTING", "metrics.notifications"]]);
        assertIssues(stack({ ...workspace, alerts: false, notifications: { topicArn } }), [
            ["KCP_UNUSED_SETTING", "metrics.notifications"],
        ]);
        assertIssues(stack({ ...workspace, notifications: { topicArn: "alerts" } }), [
            ["KCP_INVALID_VALUE", "metrics.notifications.topicArn"],
        ]);
    });
});

describe("monitoring by the Prometheus operator", () => {
    const labels = { release: "prometheus" };

    it("is a PodMonitor and the rules, with the labels that Prometheus selects", async () => {
        const evaluation = await evaluated(stack({ prometheusOperator: { labels }, alerts: true }));
        const [monitor] = objectsOfKind(evaluation, "PodMonitor");
        const [rule] = objectsOfKind(evaluation, "PrometheusRule");
        for (const { metadata } of [monitor, rule]) assert.equal(metadata.labels?.release, "prometheus");
        const { groups } = rule.spec as { groups: { name: string; rules: { alert: string }[] }[] };
        assert.deepEqual(
            groups.map(({ name }) => name),
            ["kafka-connect", "debezium"],
        );
        const [endpoint] = monitor.spec.podMetricsEndpoints as {
            port: string;
            relabelings: { targetLabel?: string }[];
        }[];
        assert.equal(endpoint.port, "tcp-prometheus");
        for (const label of ["namespace", "kubernetes_pod_name", "job"])
            assert.ok(
                endpoint.relabelings.some(({ targetLabel }) => targetLabel === label),
                label,
            );
    });

    it("has no rules without metrics.alerts, and nothing without the setting", async () => {
        const only = await evaluated(stack({ prometheusOperator: { labels } }));
        assert.equal(objectsOfKind(only, "PodMonitor").length, 1);
        assert.equal(objectsOfKind(only, "PrometheusRule").length, 0);
        assert.equal(objectsOfKind(await evaluated(stack({})), "PodMonitor").length, 0);
    });

    it("needs the exporter", () => {
        assertIssues(stack({ exporter: false, prometheusOperator: {} }), [
            ["KCP_CONFLICTING_SETTINGS", "metrics.exporter"],
        ]);
    });
});

describe("the objective of freshness", () => {
    interface Group {
        name: string;
        rules: { record?: string; alert?: string; expr: string }[];
    }
    const namesIn = (groups: Group[]): (string | undefined)[] =>
        groups
            .filter(({ name }) => name.startsWith("freshness"))
            .flatMap(({ rules }) => rules.map(({ record, alert }) => record ?? alert));
    const expected = [
        "kafka_connect:behind_seconds",
        "kafka_connect:fresh",
        "FreshnessBudgetBurnsFast",
        "FreshnessBudgetBurnsSlowly",
    ];

    it("is recorded and alerted on by AMP and by the Prometheus operator alike", async () => {
        const slo = { freshnessSeconds: 120, objective: 0.999 };
        const evaluation = await evaluated(stack({ ...workspace, prometheusOperator: {}, slo }));
        const [rules] = evaluation.resources.filter(({ type }) => type.endsWith(":RuleGroupNamespace"));
        const inWorkspace = (YAML.parse(String(rules.inputs.data)) as { groups: Group[] }).groups;
        const { groups } = objectsOfKind(evaluation, "PrometheusRule")[0].spec as { groups: Group[] };
        assert.deepEqual(namesIn(inWorkspace), expected);
        assert.deepEqual(groups, inWorkspace);
        const [fresh] = groups.flatMap((group) => group.rules.filter(({ record }) => record === "kafka_connect:fresh"));
        assert.match(fresh.expr, /behind_seconds > 120 /);
        const alerts = groups.flatMap((group) => group.rules.filter(({ alert }) => alert?.startsWith("Freshness")));
        assert.deepEqual(
            alerts.map(({ expr }) =>
                [...expr.matchAll(/\[(\w+)\]\) > (\S+)/g)].map(([, window, rate]) => [window, rate]),
            ),
            [
                [
                    ["1h", "0.0144"],
                    ["5m", "0.0144"],
                ],
                [
                    ["6h", "0.006"],
                    ["30m", "0.006"],
                ],
            ],
        );
    });

    it("adds nothing where it is not set", async () => {
        const evaluation = await evaluated(stack({ ...workspace, prometheusOperator: {} }));
        const { groups } = objectsOfKind(evaluation, "PrometheusRule")[0].spec as { groups: Group[] };
        assert.deepEqual(namesIn(groups), []);
    });
});
