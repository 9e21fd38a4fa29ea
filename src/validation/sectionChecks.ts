/** Checks between settings: what each may be alone, and they cannot be together. Groups with faults of their own are skipped. */
import { forbiddenConfig, podVolume } from "../strimzi/kafkaConnect";
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { strimziRelease } from "../release/releases";
import { checkBridge } from "./bridgeChecks";
import type { ConnectSettings } from "../schema/connect";
import type { Fault } from "../schema/issues";
import type { ReadGroups } from "../schema/sections";
import { checkKafka } from "./kafkaChecks";
import { checkStandalone } from "./standaloneChecks";

/** All faults between the groups that could be read. */
export function checkSettings(read: ReadGroups): Fault[] {
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

function checkVersions({ strimzi, kafka }: ReadGroups): Fault[] {
    if (!strimzi) return [];
    const release = strimziRelease(strimzi.version);
    const faults: Fault[] = [];
    if (strimzi.kafkaVersion && !release.kafkaVersions.includes(strimzi.kafkaVersion)) {
        faults.push({
            path: ["strimzi", "kafkaVersion"],
            got: strimzi.kafkaVersion,
            wants: `one that Strimzi ${release.version} runs: ${release.kafkaVersions.join(", ")}`,
        });
    }
    if (kafka?.authentication.type === "aws-msk-iam" && !release.customAuthentication) {
        faults.push({
            path: ["kafka", "authentication", "type"],
            got: "aws-msk-iam",
            wants: `another type, or a newer strimzi.version: Strimzi ${release.version} has no custom authentication`,
        });
    }
    return faults;
}

/** What AWS provides needs to know which cluster and region it is for. */
function checkAws({ eks, image, secrets, metrics, kafka }: ReadGroups): Fault[] {
    if (!eks) return [];
    const users = [
        ...(image?.build?.registry === "ecr" ? ["image.build.registry"] : []),
        ...(secrets?.provider === "aws-secrets-manager" ? ["secrets"] : []),
        ...(metrics && metrics.workspace !== "none" ? ["metrics.workspace"] : []),
        ...(kafka?.authentication.type === "aws-msk-iam" ? ["kafka.authentication"] : []),
    ];
    const faults: Fault[] = [];
    if (users.length > 0) {
        for (const key of ["clusterName", "region"] as const) {
            if (!eks[key])
                faults.push({
                    path: ["eks", key],
                    got: undefined,
                    wants: `${key === "region" ? "an AWS region" : "the name of the EKS cluster"}, which ${users.join(" and ")} needs`,
                });
        }
    }
    if (secrets?.provider === "aws-secrets-manager" && !secrets.prefix) {
        faults.push({
            path: ["secrets", "prefix"],
            got: undefined,
            wants: "a prefix of the secrets' names: the role may read those and no others",
        });
    }
    return faults;
}

function checkAuthentication({ kafka }: ReadGroups): Fault[] {
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
        .map((key): Fault => ({
            path: ["kafka", "authentication", key],
            message: `is missing; type ${auth.type} needs it`,
        }));
}

function checkMetrics({ metrics }: ReadGroups): Fault[] {
    if (!metrics) return [];
    const faults: Fault[] = [];
    const scraped = metrics.workspace !== "none";
    if (metrics.workspace === "existing" && !metrics.workspaceArn)
        faults.push({ path: ["metrics", "workspaceArn"], got: undefined, wants: "the ARN of the existing workspace" });
    if (metrics.workspace !== "existing" && metrics.workspaceArn)
        faults.push({
            path: ["metrics", "workspaceArn"],
            message: `is given, but metrics.workspace is ${metrics.workspace}; existing is what uses it`,
        });
    if (scraped && metrics.subnetIds.length < 2)
        faults.push({
            path: ["metrics", "subnetIds"],
            got: metrics.subnetIds,
            wants: "at least two subnets in different availability zones for the managed scraper",
        });
    if (scraped && !metrics.exporter)
        faults.push({
            path: ["metrics", "exporter"],
            got: false,
            wants: "true: the workspace has nothing to scrape without it",
        });
    if (metrics.alerts && !scraped)
        faults.push({
            path: ["metrics", "alerts"],
            got: true,
            wants: "a workspace to load the rules into: set metrics.workspace",
        });
    return faults;
}

function checkConnect({ connect, strimzi }: ReadGroups): Fault[] {
    if (!connect) return [];
    const faults: Fault[] = [];
    for (const key of Object.keys(connect.config)) {
        const { prefixes, storage, allowed } = forbiddenConfig;
        const prefix = (allowed as readonly string[]).includes(key)
            ? undefined
            : [...prefixes, ...storage].find((candidate) => key.startsWith(candidate));
        if (prefix)
            faults.push({
                path: ["connect", "config", key],
                message: `is set by Strimzi, which ignores it here (prefix ${prefix})`,
            });
    }
    for (const [index, policy] of connect.allowFrom.entries()) {
        if (!policy.namespace && Object.keys(policy.podLabels).length === 0)
            faults.push({
                path: ["connect", "allowFrom", index],
                got: policy,
                wants: "a namespace, podLabels or both: neither would admit every pod of the Kubernetes cluster",
            });
    }
    for (const key of ["env", "volumes"] as const) {
        connect[key].forEach(({ name }, index) => {
            if (connect[key].findIndex((item) => item.name === name) < index)
                faults.push({ path: ["connect", key, index, "name"], message: `is ${name} twice` });
        });
    }
    return [...faults, ...(strimzi ? checkPassThrough(connect, strimzi.version) : [])];
}

/** What is handed on to Kubernetes unread is held against the CRD here: the API server would drop a misspelt field in silence. */
function checkPassThrough(connect: ConnectSettings, version: string): Fault[] {
    const spec = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec"]);
    const release = strimziRelease(version);
    const against = (crdPath: string[], value: unknown, at: (string | number)[]): Fault[] =>
        violations(schemaAt(spec, crdPath), value).map(({ path, message }) => ({ path: [...at, ...path], message }));
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
