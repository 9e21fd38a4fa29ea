/** The Helm release of the operator as an Application of Argo CD. Pure. */
import { compact } from "../../util/data";
import type { SynthResource } from "../synth";

interface ReleaseInputs {
    name: string;
    chart: string;
    version?: string;
    namespace: string;
    skipCrds?: boolean;
    values?: Record<string, unknown>;
}

/** Why a release cannot be an Application; undefined when it can. */
export function chartProblem({ inputs }: SynthResource): string | undefined {
    const { chart } = inputs as unknown as ReleaseInputs;
    return chart.startsWith("oci://")
        ? undefined
        : `strimzi.chart is ${chart}: Argo CD reads a chart from an OCI address, not from a local folder`;
}

/**
 * The Application, in Argo CD's cluster and namespace. Its finalizer deletes the operator with it, after everything of
 * later waves.
 */
export function operatorApplication({ inputs }: SynthResource, argocdNamespace: string) {
    const { name, chart, version, namespace, skipCrds, values } = inputs as unknown as ReleaseInputs;
    const [, repoURL, chartName] = /^oci:\/\/(.+)\/([^/]+)$/.exec(chart)!;
    return {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: {
            name: `${name}-operator`,
            namespace: argocdNamespace,
            labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" },
            finalizers: ["resources-finalizer.argocd.argoproj.io"],
        },
        spec: {
            project: "default",
            source: {
                repoURL,
                chart: chartName,
                targetRevision: version,
                helm: compact({ releaseName: name, skipCrds: skipCrds ?? false, valuesObject: values }),
            },
            destination: { server: "https://kubernetes.default.svc", namespace },
            syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["ServerSideApply=true"] },
        },
    };
}
