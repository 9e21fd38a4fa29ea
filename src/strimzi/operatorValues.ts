/** Values of the operator's Helm chart. Pure. */
import type { StrimziSettings } from "../schema/strimzi";
import { compact } from "../util/data";
import { restricted } from "../util/pod";
import type { StrimziRelease } from "../release/releases";

/** Port on which the operator serves its metrics. */
const operatorMetricsPort = "8080";

/** `STRIMZI_KUBERNETES_VERSION`, a properties file that the operator reads instead of asking the API server. */
function kubernetesVersionEnv(version: string): { name: string; value: string } {
    const [major, minor] = version.split(".");
    const lines = [
        `major=${major}`,
        `minor=${minor}`,
        `gitVersion=v${version}.0`,
        "gitCommit=unknown",
        "gitTreeState=clean",
        "buildDate=1970-01-01T00:00:00Z",
        "goVersion=unknown",
        "compiler=gc",
        "platform=linux/amd64",
    ];
    return { name: "STRIMZI_KUBERNETES_VERSION", value: lines.join("\n") };
}

/** With it, the operator gives the pods of Kafka and Connect the context of the `restricted` Pod Security Standard. */
const restrictedPods = { name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" };

/** The values, with `strimzi.values` over them. */
export function operatorValues(
    strimzi: Pick<StrimziSettings, "kubernetesVersion" | "replicas" | "resources" | "values">,
    release: StrimziRelease,
    watchNamespaces: readonly string[],
    scrape: boolean,
): Record<string, unknown> {
    const setVersion = strimzi.kubernetesVersion !== undefined && release.needsKubernetesVersionFrom !== undefined;
    return compact({
        replicas: strimzi.replicas,
        watchNamespaces: [...watchNamespaces],
        resources: strimzi.resources,
        // of the operator's own pod; from 1.2.0 on it is the chart's default
        securityContext: restricted,
        annotations: scrape ? { "prometheus.io/scrape": "true", "prometheus.io/port": operatorMetricsPort } : undefined,
        podDisruptionBudget: strimzi.replicas > 1 ? { enabled: true } : undefined,
        ...strimzi.values,
        extraEnvs: [
            restrictedPods,
            ...(setVersion ? [kubernetesVersionEnv(strimzi.kubernetesVersion!)] : []),
            ...((strimzi.values?.extraEnvs as unknown[] | undefined) ?? []),
        ],
    });
}
