/** Labels of pods that the API server refuses, and annotations that nothing reads there, or no longer. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import { isLabelName, isLabelValue } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { podPlaces } from "./metadataPlaces";

/** Annotations without an effect on a pod, with what has one. */
const unread: Readonly<Record<string, string>> = {
    "eks.amazonaws.com/role-arn": "EKS reads it on service accounts; the platform sets it there",
    "iam.amazonaws.com/role": "kube2iam and kiam read it, which are no longer maintained; use the workers' IAM role",
    "karpenter.sh/do-not-evict": "Karpenter reads karpenter.sh/do-not-disrupt",
    "seccomp.security.alpha.kubernetes.io/pod": "Kubernetes 1.27 removed it; set securityContext.seccompProfile",
    "scheduler.alpha.kubernetes.io/critical-pod": "Kubernetes 1.16 removed it; set a priority class",
    "scheduler.alpha.kubernetes.io/affinity": "Kubernetes removed it; set affinity",
    "scheduler.alpha.kubernetes.io/tolerations": "Kubernetes removed it; set tolerations",
};

/** Annotations whose values are booleans as strings, and whose readers ignore everything else. */
const booleans = [
    "cluster-autoscaler.kubernetes.io/safe-to-evict",
    "karpenter.sh/do-not-disrupt",
    "prometheus.io/scrape",
    "sidecar.istio.io/inject",
];

/** Labels of templates that the API server refuses with the objects; those of `labels` settings are checked before. */
export const checkTemplateLabels = (sections: ParsedSections): Issue[] =>
    podPlaces(sections)
        .filter(({ at }) => at.includes("template"))
        .flatMap(({ at, labels }) =>
            Object.entries(labels).flatMap(([name, value]) => {
                const path = [...at, "labels", name];
                const code = "KCP_INVALID_KUBERNETES_FIELD";
                if (!isLabelName(name))
                    return [invalidValue(path, name, "the name of a label, such as app.kubernetes.io/name", { code })];
                return typeof value !== "string" || isLabelValue(value)
                    ? []
                    : [
                          invalidValue(path, value, "the value of a label: at most 63 letters, digits, -, _ and .", {
                              code,
                          }),
                      ];
            }),
        );

/** What is probably wrong with the annotations of pods. */
export const podAnnotationWarnings = (sections: ParsedSections): Issue[] =>
    podPlaces(sections).flatMap(({ at, annotations }) =>
        Object.entries(annotations).flatMap(([name, value]): Issue[] => {
            const path = [...at, "annotations", name];
            // Strimzi puts the template of a service account in the same form
            if (Object.hasOwn(unread, name) && at.at(-2) !== "serviceAccount")
                return [issue("KCP_UNUSED_SETTING", path, `unused on a pod: ${unread[name]}`)];
            return booleans.includes(name) && !["true", "false"].includes(String(value))
                ? [invalidValue(path, value, '"true" or "false"')]
                : [];
        }),
    );
