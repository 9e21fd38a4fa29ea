/**
 * Pods and containers in Strimzi's resources, against what Kubernetes' validation adds to the CRDs: the API server
 * accepts the resource, and the operator fails with each pod that it creates.
 */
import { containerSchema } from "../release/kubernetesSchema";
import { strimziRelease } from "../release/releases";
import type { Issue, SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isStrimziManifest } from "../strimzi/manifestPlace";
import { podVolume } from "../strimzi/connectTemplate";
import { isObject, valueAt } from "../util/data";
import { containerPartIssues, kubernetesFieldIssues, podSpecPartIssues } from "./kubernetesFields";

/** Fields of Strimzi's pod template besides those of a pod's spec, and those that it has in another form. */
const strimziFields = ["metadata", "tmpDirSizeLimit", "volumes"];

/** Errors of values alone: which fields there are, the CRD says. */
const ofValues = (issues: readonly Issue[]): Issue[] =>
    issues.filter(({ message }) => !message.startsWith("unknown field"));

const podIssues = (pod: Readonly<Record<string, unknown>>, at: SettingPath): Issue[] =>
    ofValues(
        podSpecPartIssues(
            Object.fromEntries(Object.entries(pod).filter(([field]) => !strimziFields.includes(field))),
            at,
        ),
    );

/** The templates of a Strimzi resource: `template.pod` and `template.…Container`, at any depth. */
function templateIssues(value: unknown, at: SettingPath): Issue[] {
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, field]) => {
        if (key !== "template") return templateIssues(field, [...at, key]);
        return Object.entries(isObject(field) ? field : {}).flatMap(([part, fields]) => {
            const path = [...at, key, part];
            if (!isObject(fields)) return [];
            if (part === "pod") return podIssues(fields, path);
            return part.endsWith("Container") ? ofValues(containerPartIssues(fields, path)) : [];
        });
    });
}

function connectIssues({ connect, strimzi }: ParsedSections): Issue[] {
    if (!connect || !strimzi) return [];
    const { affinity, tolerations, topologySpreadConstraints, env, spec, volumes } = connect;
    const release = strimziRelease(strimzi.version);
    // Strimzi before 0.49 has another form for sizes of an emptyDir, which the CRD checks
    const sources = volumes.map((volume) => ({ ...podVolume(volume, release), emptyDir: volume.emptyDir && {} }));
    const pod = { affinity, tolerations, topologySpreadConstraints, volumes: sources };
    return [
        ...ofValues(podSpecPartIssues(pod, ["connect"])),
        ...ofValues(containerPartIssues({ env }, ["connect"])),
        ...templateIssues(spec, ["connect", "spec"]),
    ];
}

function brokerIssues({ kafkaCluster }: ParsedSections): Issue[] {
    const pools = (kafkaCluster?.nodePools ?? []).flatMap(
        ({ affinity, tolerations, topologySpreadConstraints, spec }, index) => {
            const at = ["kafkaCluster", "nodePools", index];
            return [
                ...ofValues(podSpecPartIssues({ affinity, tolerations, topologySpreadConstraints }, at)),
                ...templateIssues(spec, [...at, "spec"]),
            ];
        },
    );
    return [...pools, ...templateIssues(kafkaCluster?.spec, ["kafkaCluster", "spec"])];
}

/** Fields of the chart's values that become the pod of the operator. */
const chartFields = [
    ...["affinity", "hostAliases", "nodeSelector", "priorityClassName", "tolerations", "topologySpreadConstraints"],
];

function chartIssues({ strimzi }: ParsedSections): Issue[] {
    const pod = Object.fromEntries(chartFields.map((field) => [field, valueAt(strimzi?.values, [field]) || undefined]));
    const env = valueAt(strimzi?.values, ["extraEnvs"]) ?? undefined;
    return [
        ...podSpecPartIssues(pod, ["strimzi", "values"]),
        ...kubernetesFieldIssues(containerSchema().properties!.env, env, ["strimzi", "values", "extraEnvs"]),
    ];
}

/** What the API server rejects in the pods that the operator creates, and in its own. */
export const checkStrimziPods = (sections: ParsedSections): Issue[] => [
    ...connectIssues(sections),
    ...brokerIssues(sections),
    ...chartIssues(sections),
    ...(sections.manifests ?? []).flatMap((object, index) =>
        isStrimziManifest(object) ? templateIssues(object.spec, ["manifests", index, "spec"]) : [],
    ),
];
