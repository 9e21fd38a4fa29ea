/** Settings that are given although another setting makes them ineffective. Pure. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections, SectionName } from "../schema/sections";
import { kafkaSecretMounts } from "../strimzi/kafkaClient";

/** Settings of one section with a common reason to be without effect. */
interface UnusedRule {
    readonly section: SectionName;
    /** Paths within the section, `a.b`. */
    readonly settings: readonly string[];
    /** Why they have no effect in these sections; undefined where they have one. */
    readonly reason: (sections: ParsedSections) => string | undefined;
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

const rules: readonly UnusedRule[] = [
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
        reason: ({ secrets, kafka }) =>
            secrets?.provider === "aws-secrets-manager" || kafka?.authentication.type === "aws-msk-iam"
                ? undefined
                : "the workers have no IAM role; it is for AWS Secrets Manager and MSK with IAM",
        reads: ["secrets", "kafka"],
    },
    {
        section: "eks",
        settings: ["oidcIssuer", "oidcProviderArn"],
        reason: ({ eks }) =>
            eks?.identity === "pod-identity" ? "eks.identity is pod-identity; it is for irsa" : undefined,
    },
    { section: "secrets", settings: ["prefix", "kmsKeyArns", "plugin", "region"], reason: awsOnly },
    {
        section: "image",
        settings: ["build.repository", "build.keepImages", "build.kmsKeyArn"],
        reason: ecrOnly,
    },
    {
        section: "metrics",
        settings: ["subnetIds", "securityGroupIds", "retentionDays", "scrapeIntervalSeconds"],
        reason: ({ metrics }) => (metrics?.workspace === "none" ? "metrics.workspace is none" : undefined),
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
        settings: ["chart", "replicas", "resources", "kubernetesVersion", "values", "watchNamespaces"],
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

/** Whether a setting is written, with a value other than an empty list or object, which says nothing. */
function isWritten(value: unknown): boolean {
    if (value === undefined || value === null) return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
}

const valueAt = (value: unknown, path: SettingPath): unknown =>
    path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined | null)?.[step], value);

/**
 * An issue for each setting that is written and has no effect.
 *
 * @param raw the settings as they are written: a default that has no effect is no mistake
 * @param invalid names of the sections with issues
 */
export const checkUnused = (
    raw: Readonly<Record<string, unknown>>,
    sections: ParsedSections,
    invalid: ReadonlySet<string>,
): Issue[] => [
    ...rules
        .filter(({ section, reads = [] }) => ![section, ...reads].some((name) => invalid.has(name)))
        .flatMap(({ section, settings, reason }) => {
            const why = reason(sections);
            if (why === undefined) return [];
            return settings
                .map((setting) => [section, ...setting.split(".")])
                .filter((path) => isWritten(valueAt(raw, path)))
                .map((path) => issue("KCP_UNUSED_SETTING", path, `unused: ${why}`));
        }),
    ...(invalid.has("kafkaCluster") ? [] : storageIssues(raw, sections)),
];

/** Settings of a node pool's storage that its type does not read. */
function storageIssues(raw: Readonly<Record<string, unknown>>, { kafkaCluster }: ParsedSections): Issue[] {
    return (kafkaCluster?.nodePools ?? []).flatMap(({ storage }, index) => {
        const unread = storage.type === "ephemeral" ? ["volumes", "deleteClaim"] : ["sizeLimit"];
        const pool = ["kafkaCluster", "nodePools", index, "storage"];
        return unread
            .map((setting) => [...pool, setting])
            .filter((path) => isWritten(valueAt(raw, path)))
            .map((path) => issue("KCP_UNUSED_SETTING", path, `unused: the storage is ${storage.type}`));
    });
}
