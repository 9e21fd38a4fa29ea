/** Settings that another setting makes ineffective. Pure. */
import type { ParsedSections, SectionName } from "../schema/sections";
import { kafkaSecretMounts } from "../strimzi/kafkaClient";
import { awsUsers } from "./awsChecks";

/** Settings of one section with a common reason to be without effect. */
export interface UnusedRule {
    readonly section: SectionName;
    /** Paths within the section, `a.b`; empty for the section itself. */
    readonly settings: readonly string[];
    /** Why they have no effect in these sections; undefined where they have one. */
    readonly reason: (sections: ParsedSections, raw: Readonly<Record<string, unknown>>) => string | undefined;
    /** Whether it is a warning: the settings are left over where a whole part of the stack is switched off. */
    readonly warning?: true;
    /** Other sections that `reason` reads. */
    readonly reads?: readonly SectionName[];
}

const awsOnly = ({ secrets }: ParsedSections): string | undefined =>
    secrets && secrets.provider !== "aws-secrets-manager"
        ? `secrets.provider is ${secrets.provider}, not aws-secrets-manager`
        : undefined;

const ecrOnly = ({ image }: ParsedSections): string | undefined =>
    image?.build && image.build.registry !== "ecr" ? "image.build.registry is not ecr" : undefined;

/** Settings of `kafka.authentication` by the types that read them. */
const loginTypes = {
    username: ["scram-sha-512", "plain"],
    secretName: ["tls", "scram-sha-512", "plain"],
    passwordKey: ["scram-sha-512", "plain"],
    certificateKey: ["tls"],
    privateKeyKey: ["tls"],
    clusterArn: ["aws-msk-iam"],
} as const;

const loginRules = Object.entries(loginTypes).map(([setting, types]): UnusedRule => ({
    section: "kafka",
    settings: [`authentication.${setting}`],
    reason: ({ kafka }) => {
        const type = kafka?.authentication.type ?? "none";
        const isRead = (types as readonly string[]).includes(type);
        return isRead ? undefined : `kafka.authentication.type is ${type}; it is for ${types.join(", ")}`;
    },
}));

const withoutConnect = ({ connect }: ParsedSections): string | undefined =>
    connect && !connect.install && !connect.use ? "connect.install is false" : undefined;

const withoutRole = ({ secrets, kafka, connect }: ParsedSections): string | undefined => {
    if (connect && !connect.install) return "the stack creates no workers, so that they need no IAM role";
    return secrets?.provider === "aws-secrets-manager" || kafka?.authentication.type === "aws-msk-iam"
        ? undefined
        : "the workers have no IAM role; it is for AWS Secrets Manager and MSK with IAM";
};

/** Monitoring of pods that the stack does not have. */
const withoutExporter = ({ connect, kafkaCluster, metrics }: ParsedSections): string | undefined =>
    connect && !connect.install && !connect.use && !kafkaCluster && !metrics?.slotExporter
        ? "the stack has neither Connect nor Kafka whose metrics they show"
        : undefined;

/** Every rule. What a setting needs is in docs/configuration.md beside it. */
export const unusedRules: readonly UnusedRule[] = [
    ...loginRules,
    {
        section: "kafka",
        settings: ["mountForConnectors"],
        reason: ({ kafka }) =>
            kafka?.mountForConnectors && kafkaSecretMounts(kafka).length === 0
                ? "kafka has no Secrets to mount"
                : undefined,
    },
    {
        section: "eks",
        settings: ["rolePath", "permissionsBoundaryArn", "identity", "permissions"],
        reason: withoutRole,
        reads: ["secrets", "kafka", "connect"],
    },
    {
        section: "eks",
        settings: ["oidcIssuer", "oidcProviderArn"],
        reason: ({ eks }) =>
            eks?.identity === "pod-identity" ? "eks.identity is pod-identity; it is for irsa" : undefined,
    },
    {
        section: "eks",
        settings: ["tags"],
        // connectors that log in to MSK require clusterName
        reason: (sections) =>
            sections.eks?.clusterName === undefined && awsUsers(sections).length === 0
                ? "the stack creates nothing in AWS"
                : undefined,
        reads: ["image", "secrets", "metrics", "kafka"],
    },
    {
        section: "connect",
        settings: [
            ...["groupId", "configStorageTopic", "offsetStorageTopic", "statusStorageTopic", "replicas", "resources"],
            ...["jvm", "affinity", "tolerations", "topologySpreadConstraints", "priorityClassName", "env", "volumes"],
            ...["config", "exactlyOnce", "allowFrom", "maxUnavailable", "labels", "annotations", "metadata"],
            ...["imagePullSecrets", "logging", "rack", "spec"],
        ],
        reason: withoutConnect,
        warning: true,
    },
    {
        section: "kafka",
        settings: ["tls", "authentication", "brokers", "schemaRegistry", "replicationFactor", "mountForConnectors"],
        reason: withoutConnect,
        warning: true,
        reads: ["connect"],
    },
    {
        section: "kafka",
        settings: ["schemaRegistry.usernameKey", "schemaRegistry.passwordKey"],
        reason: ({ kafka }) =>
            kafka?.schemaRegistry && kafka.schemaRegistry.secret === undefined
                ? "kafka.schemaRegistry.secret is not set"
                : undefined,
    },
    {
        section: "kafkaCluster",
        settings: ["connectAcls"],
        reason: withoutConnect,
        warning: true,
        reads: ["connect"],
    },
    {
        section: "secrets",
        settings: [""],
        // connectors without a Connect cluster are an error, which this would follow from
        reason: (sections, { connectors }) =>
            Array.isArray(connectors) && connectors.length > 0 ? undefined : withoutConnect(sections),
        warning: true,
        reads: ["connect"],
    },
    {
        section: "image",
        settings: ["existing"],
        reason: (sections) => (sections.image?.build ? undefined : withoutConnect(sections)),
        warning: true,
        reads: ["connect"],
    },
    { section: "secrets", settings: ["prefix", "kmsKeyArns", "plugin", "region"], reason: awsOnly },
    {
        section: "image",
        settings: [
            "build.repository",
            "build.keepImages",
            "build.kmsKeyArn",
            "build.pullAccountIds",
            "build.forceDelete",
        ],
        reason: ecrOnly,
    },
    {
        section: "metrics",
        settings: ["subnetIds", "securityGroupIds", "retentionDays"],
        reason: ({ metrics }) => (metrics?.workspace === "none" ? "metrics.workspace is none" : undefined),
    },
    {
        section: "metrics",
        settings: ["scrapeIntervalSeconds"],
        reason: ({ metrics }) =>
            metrics?.workspace === "none" && !metrics.prometheusOperator
                ? "metrics.workspace is none, and metrics.prometheusOperator is not set"
                : undefined,
    },
    {
        section: "metrics",
        settings: ["prometheusOperator", "dashboards"],
        reason: withoutExporter,
        warning: true,
        reads: ["connect", "kafkaCluster"],
    },
    {
        section: "metrics",
        settings: ["retentionDays"],
        reason: ({ metrics }) =>
            metrics?.workspace === "existing" ? "the existing workspace has its own retention" : undefined,
    },
    {
        section: "metrics",
        settings: ["runbookUrl"],
        reason: ({ metrics }) => (metrics?.alerts ? undefined : "metrics.alerts is false"),
    },
    {
        section: "strimzi",
        settings: [...["chart", "replicas", "resources", "kubernetesVersion", "values", "watchNamespaces"]],
        reason: ({ strimzi }) => (strimzi?.install === false ? "strimzi.install is false" : undefined),
    },
    {
        section: "httpBridge",
        settings: ["create"],
        reason: ({ httpBridge }) => {
            if (httpBridge?.kafka) return "httpBridge.kafka names a user with its own rights";
            return httpBridge?.produce.length === 0 ? "httpBridge.produce names no topics to create" : undefined;
        },
    },
];
