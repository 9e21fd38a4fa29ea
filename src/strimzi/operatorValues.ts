/** Values of the operator's Helm chart. Pure. */
import type { StrimziSettings } from "../schema/strimzi";
import { compact } from "../util/data";
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
        extraEnvs: setVersion ? [kubernetesVersionEnv(strimzi.kubernetesVersion!)] : undefined,
        annotations: scrape ? { "prometheus.io/scrape": "true", "prometheus.io/port": operatorMetricsPort } : undefined,
        podDisruptionBudget: strimzi.replicas > 1 ? { enabled: true } : undefined,
        ...strimzi.values,
    });
}
