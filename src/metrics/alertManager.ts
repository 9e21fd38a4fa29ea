/** The alert manager definition of a workspace of Amazon Managed Service for Prometheus. Pure. */
import * as YAML from "yaml";

/** Where alerts go. */
export interface AlertTopics {
    /** ARN of the SNS topic for all alerts. */
    readonly topicArn: string;
    /**
     * ARN of the SNS topic for alerts of severity `critical`.
     * @default topicArn
     */
    readonly criticalTopicArn?: string;
}

const regionOf = (topicArn: string): string => topicArn.split(":")[3];

/** SNS truncates a subject of more than 100 characters; the default one lists all labels and is longer. */
const subject = "{{ .Status }}: {{ .CommonLabels.alertname }} ({{ .Alerts | len }})";

const message =
    "{{ range .Alerts }}{{ .Labels.severity }}: {{ .Annotations.summary }}\n{{ .Annotations.description }}\n" +
    "runbook: {{ .Annotations.runbook_url }}\nsince: {{ .StartsAt }}\n\n{{ end }}";

const receiver = (name: string, topicArn: string) => ({
    name,
    sns_configs: [
        { topic_arn: topicArn, sigv4: { region: regionOf(topicArn) }, send_resolved: true, subject, message },
    ],
});

/**
 * The definition: one message for each alert and cluster, repeated every four hours while it lasts. A missing worker
 * explains what its connectors report, so that those are not sent.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html
 */
export function alertManagerDefinition({ topicArn, criticalTopicArn }: AlertTopics): string {
    const config = {
        route: {
            receiver: "default",
            group_by: ["alertname", "namespace", "strimzi_io_cluster"],
            group_wait: "30s",
            group_interval: "5m",
            repeat_interval: "4h",
            ...(criticalTopicArn ? { routes: [{ receiver: "critical", matchers: ['severity="critical"'] }] } : {}),
        },
        inhibit_rules: [
            {
                source_matchers: ['alertname="KafkaConnectAbsent"'],
                target_matchers: ['alertname=~"KafkaConnect.+|Debezium.+"', 'alertname!="KafkaConnectAbsent"'],
                equal: ["namespace", "strimzi_io_cluster"],
            },
        ],
        receivers: [
            receiver("default", topicArn),
            ...(criticalTopicArn ? [receiver("critical", criticalTopicArn)] : []),
        ],
    };
    return YAML.stringify({ alertmanager_config: YAML.stringify(config, { lineWidth: 0 }) }, { lineWidth: 0 });
}
