/** Metrics: the exporter of the workers, and what scrapes them. */
import { z } from "zod";
import {
    arn,
    array,
    boolean,
    dnsLabel,
    dnsName,
    integer,
    labelMap,
    object,
    oneOf,
    secretKey,
    string,
} from "./primitives";

/** An id of EC2: a prefix and 8 or, since 2016, 17 hexadecimal digits. */
const ec2Id = (what: string, prefix: string) =>
    string(
        `${what}: ${prefix}- followed by 8 or 17 digits and letters from a to f`,
        new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    );

const snsTopic = () => arn("sns", "arn:aws:sns:REGION:ACCOUNT:TOPIC", "[A-Za-z0-9_-]+");

const keyOfSecret = (fallback: string) => secretKey().default(fallback);

const postgresServer = object({
    name: dnsLabel()
        .max(40, { error: "a DNS label of at most 40 characters" })
        .describe("Name of the PostgreSQL server: value of the label `server` of its metrics"),
    secretName: dnsName().describe(
        "Secret in connect.namespace with the address and the login. The user needs the role pg_monitor",
    ),
    hostKey: keyOfSecret("HOST").describe("Key of the Secret with the host name"),
    usernameKey: keyOfSecret("USERNAME").describe("Key of the Secret with the user name"),
    passwordKey: keyOfSecret("PASSWORD").describe("Key of the Secret with the password"),
    port: integer(1, 65535).default(5432).describe("Port of the server"),
    database: string("the name of a database", /^[^\s/?&#]+$/)
        .default("postgres")
        .describe("Database to connect to. The slots of all databases of the server are read"),
    tls: boolean()
        .default(true)
        .describe("Whether the connection is encrypted. The server's certificate is verified only with caSecretName"),
    caSecretName: dnsName()
        .optional()
        .describe("Secret with ca.crt, with which the server's certificate and host name are verified"),
}).refine((value) => value.tls || !value.caSecretName, {
    error: "caSecretName only with tls",
});

export const slotExporter = object({
    image: string(
        "an image by digest, such as REPOSITORY:TAG@sha256:…",
        /^(?!\w+:\/\/)[^@\s]+@sha256:[0-9a-f]{64}$/,
    ).describe(
        "Image of postgres_exporter 0.20 or newer, by digest: " +
            "quay.io/prometheuscommunity/postgres-exporter:v0.20.1@sha256:…",
    ),
    servers: array(postgresServer).describe("PostgreSQL servers. Each has its own Deployment"),
}).refine(({ servers }) => servers.length > 0 && new Set(servers.map(({ name }) => name)).size === servers.length, {
    error: "servers with at least one item, each with another name",
});

export type SlotExporterSettings = z.output<typeof slotExporter>;

const objectiveRule = "a number from 0.95 to 0.9999";

const slo = object({
    freshnessSeconds: integer(30, 86400)
        .default(60)
        .describe("Seconds that a source may be behind its database, or a sink behind its topics"),
    objective: z
        .number({ error: objectiveRule })
        .min(0.95, { error: objectiveRule })
        .max(0.9999, { error: objectiveRule })
        .default(0.99)
        .describe("Share of the time in which each connector must not be further behind, from 0.95 to 0.9999"),
});

/** The objective by default. */
export const defaultSlo = slo.parse({});

export const metrics = object({
    exporter: boolean().default(true).describe("Whether the workers export Prometheus metrics on port 9404"),
    workspace: oneOf(["none", "new", "existing"])
        .default("none")
        .describe(
            "Workspace of Amazon Managed Service for Prometheus that scrapes the metrics: create one, use an " +
                "existing one, or none",
        ),
    workspaceArn: arn("aps", "arn:aws:aps:REGION:ACCOUNT:workspace/ws-ID", "workspace/ws-[A-Za-z0-9-]+")
        .optional()
        .describe("ARN of the existing workspace. Only with workspace `existing`"),
    retentionDays: integer(1, 1095).default(150).describe("Days that a new workspace keeps samples"),
    subnetIds: array(ec2Id("a subnet id", "subnet")).describe(
        "Subnets of the managed scraper, in at least two availability zones. Required with a workspace",
    ),
    securityGroupIds: array(ec2Id("a security group id", "sg")).describe(
        "Security groups of the managed scraper. Default: that of the cluster",
    ),
    scrapeIntervalSeconds: integer(30, 300)
        .default(30)
        .describe("Seconds between two scrapes, by AMP's managed scraper, whose minimum is 30, or of the PodMonitors"),
    alerts: boolean()
        .default(false)
        .describe(
            "Whether the alert rules are loaded into the workspace, or created for the Prometheus operator " +
                "(docs/monitoring.md lists them)",
        ),
    notifications: object({
        topicArn: snsTopic().describe("SNS topic that receives every alert"),
        criticalTopicArn: snsTopic().optional().describe("SNS topic for the severity `critical`. Default: topicArn"),
    })
        .optional()
        .describe(
            "Delivers the alerts of a new workspace to SNS; PagerDuty, Slack and e-mail are subscriptions of the " +
                "topic. The topic's policy must allow aps.amazonaws.com to publish. Only with alerts and " +
                "workspace `new`",
        ),
    prometheusOperator: object({
        labels: labelMap().describe(
            "Labels of the objects, which the `podMonitorSelector` and `ruleSelector` of Prometheus expect",
        ),
    })
        .optional()
        .describe(
            "Creates PodMonitors and, with alerts, a PrometheusRule for a Prometheus operator that is installed " +
                "in the cluster",
        ),
    runbookUrl: string("an https URL without a trailing slash", /^https:\/\/\S+[^/\s]$/)
        .optional()
        .describe("URL of the folder docs/runbooks for readers of alerts. Default: its path in this repository"),
    slotWalBudgetGiB: integer(1, 65536)
        .optional()
        .describe(
            "GiB of WAL that the disks of the PostgreSQL databases can hold. Adds alerts for replication " +
                "slots, which need slotExporter or another postgres_exporter that is scraped. Only with alerts",
        ),
    slo: slo
        .optional()
        .describe(
            "Objective for the freshness of Debezium's sources and of sinks. Adds the series " +
                "kafka_connect:behind_seconds and kafka_connect:fresh, and alerts on how fast the error budget of 30 " +
                "days is used up. Only with alerts",
        ),
    slotExporter: slotExporter
        .optional()
        .describe(
            "Deploys Prometheus' postgres_exporter in connect.namespace, which exports the replication slots of " +
                "PostgreSQL servers, also of RDS",
        ),
    dashboards: boolean()
        .default(false)
        .describe(
            "Whether Grafana dashboards are created in connect.namespace, as ConfigMaps with the label " +
                "`grafana_dashboard`",
        ),
});

export type MetricsSettings = z.output<typeof metrics>;
