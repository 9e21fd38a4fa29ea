/** Checks between settings: what each may be alone, and they cannot be together. Groups with issues of their own are skipped. */
import { forbiddenConfig, podVolume } from "../strimzi/kafkaConnect";
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { strimziRelease } from "../release/releases";
import { checkBridge } from "./bridgeChecks";
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { checkKafka } from "./kafkaChecks";
import { checkStandalone } from "./standaloneChecks";

/** All issues between the groups that could be read. */
export function checkSections(read: ParsedSections): Issue[] {
    return [
        ...checkVersions(read),
        ...checkAws(read),
        ...checkAuthentication(read),
        ...checkMetrics(read),
        ...checkConnect(read),
        ...checkKafka(read),
        ...checkBridge(read),
        ...checkStandalone(read),
    ];
}

function checkVersions({ strimzi, kafka }: ParsedSections): Issue[] {
    if (!strimzi) return [];
    const release = strimziRelease(strimzi.version);
    const issues: Issue[] = [];
    if (strimzi.kafkaVersion && !release.kafkaVersions.includes(strimzi.kafkaVersion)) {
        issues.push(
            invalidValue(
                ["strimzi", "kafkaVersion"],
                strimzi.kafkaVersion,
                `one that Strimzi ${release.version} runs: ${release.kafkaVersions.join(", ")}`,
            ),
        );
    }
    if (kafka?.authentication.type === "aws-msk-iam" && !release.customAuthentication) {
        issues.push(
            invalidValue(
                ["kafka", "authentication", "type"],
                "aws-msk-iam",
                `another type, or a newer strimzi.version: Strimzi ${release.version} has no custom authentication`,
            ),
        );
    }
    return issues;
}

/** What AWS provides needs to know which cluster and region it is for. */
function checkAws({ eks, image, secrets, metrics, kafka }: ParsedSections): Issue[] {
    if (!eks) return [];
    const users = [
        ...(image?.build?.registry === "ecr" ? ["image.build.registry"] : []),
        ...(secrets?.provider === "aws-secrets-manager" ? ["secrets"] : []),
        ...(metrics && metrics.workspace !== "none" ? ["metrics.workspace"] : []),
        ...(kafka?.authentication.type === "aws-msk-iam" ? ["kafka.authentication"] : []),
    ];
    const issues: Issue[] = [];
    if (users.length > 0) {
        for (const key of ["clusterName", "region"] as const) {
            if (!eks[key])
                issues.push(
                    missingSetting(
                        ["eks", key],
                        `${key === "region" ? "an AWS region" : "the name of the EKS cluster"}, which ${users.join(" and ")} needs`,
                    ),
                );
        }
    }
    if (secrets?.provider === "aws-secrets-manager" && !secrets.prefix) {
        issues.push(
            missingSetting(
                ["secrets", "prefix"],
                "a prefix of the secrets' names: the role may read those and no others",
            ),
        );
    }
    return issues;
}

function checkAuthentication({ kafka }: ParsedSections): Issue[] {
    if (!kafka) return [];
    const auth = kafka.authentication;
    const needed: Record<typeof auth.type, ("username" | "secretName" | "clusterArn")[]> = {
        none: [],
        tls: ["secretName"],
        "scram-sha-512": ["username", "secretName"],
        plain: ["username", "secretName"],
        "aws-msk-iam": ["clusterArn"],
    };
    return needed[auth.type]
        .filter((key) => !auth[key])
        .map((key): Issue =>
            issue("KCP_TODO", ["kafka", "authentication", key], `is missing; type ${auth.type} needs it`),
        );
}

function checkMetrics({ metrics }: ParsedSections): Issue[] {
    if (!metrics) return [];
    const issues: Issue[] = [];
    const scraped = metrics.workspace !== "none";
    if (metrics.workspace === "existing" && !metrics.workspaceArn)
        issues.push(missingSetting(["metrics", "workspaceArn"], "the ARN of the existing workspace"));
    if (metrics.workspace !== "existing" && metrics.workspaceArn)
        issues.push(
            issue(
                "KCP_TODO",
                ["metrics", "workspaceArn"],
                `is given, but metrics.workspace is ${metrics.workspace}; existing is what uses it`,
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
    if (scraped && !metrics.exporter)
        issues.push(
            invalidValue(["metrics", "exporter"], false, "true: the workspace has nothing to scrape without it"),
        );
    if (metrics.alerts && !scraped)
        issues.push(
            invalidValue(["metrics", "alerts"], true, "a workspace to load the rules into: set metrics.workspace"),
        );
    if (metrics.slotWalBudgetGiB !== undefined && !metrics.alerts)
        issues.push(
            invalidValue(["metrics", "alerts"], false, "true: metrics.slotWalBudgetGiB only adds to these alerts"),
        );
    if (metrics.dashboards && !metrics.exporter)
        issues.push(invalidValue(["metrics", "exporter"], false, "true: dashboards have no data without it"));
    return issues;
}

function checkConnect({ connect, strimzi }: ParsedSections): Issue[] {
    if (!connect) return [];
    const issues: Issue[] = [];
    for (const key of Object.keys(connect.config)) {
        const { prefixes, storage, allowed } = forbiddenConfig;
        const prefix = (allowed as readonly string[]).includes(key)
            ? undefined
            : [...prefixes, ...storage].find((candidate) => key.startsWith(candidate));
        if (prefix)
            issues.push(
                issue(
                    "KCP_TODO",
                    ["connect", "config", key],
                    `is set by Strimzi, which ignores it here (prefix ${prefix})`,
                ),
            );
    }
    for (const [index, policy] of connect.allowFrom.entries()) {
        if (!policy.namespace && Object.keys(policy.podLabels).length === 0)
            issues.push(
                invalidValue(
                    ["connect", "allowFrom", index],
                    policy,
                    "a namespace, podLabels or both: neither would admit every pod of the Kubernetes cluster",
                ),
            );
    }
    for (const key of ["env", "volumes"] as const) {
        connect[key].forEach(({ name }, index) => {
            if (connect[key].findIndex((item) => item.name === name) < index)
                issues.push(issue("KCP_TODO", ["connect", key, index, "name"], `is ${name} twice`));
        });
    }
    return [...issues, ...(strimzi ? checkPassThrough(connect, strimzi.version) : [])];
}

/** What is handed on to Kubernetes unread is held against the CRD here: the API server would drop a misspelt field in silence. */
function checkPassThrough(connect: ConnectSettings, version: string): Issue[] {
    const spec = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec"]);
    const release = strimziRelease(version);
    const against = (crdPath: string[], value: unknown, at: (string | number)[]): Issue[] =>
        violations(schemaAt(spec, crdPath), value).map(({ path, message }) =>
            issue("KCP_TODO", [...at, ...path], message),
        );
    const pod = ["template", "pod"];
    return [
        ...against(["resources"], connect.resources, ["connect", "resources"]),
        ...(["affinity", "tolerations", "topologySpreadConstraints"] as const).flatMap((key) =>
            against([...pod, key], connect[key], ["connect", key]),
        ),
        ...connect.env.flatMap((item, index) =>
            against(["template", "connectContainer", "env", "[]", "valueFrom"], item.valueFrom, [
                "connect",
                "env",
                index,
                "valueFrom",
            ]),
        ),
        ...connect.volumes.flatMap((volume, index) =>
            against([...pod, "volumes", "[]"], podVolume(volume, release), ["connect", "volumes", index]),
        ),
    ];
}
