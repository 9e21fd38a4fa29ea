/** The environment of Strimzi's operator when it runs as a process instead of from its chart. */
import * as path from "node:path";
import type { Processes, Running } from "../../src/local/processes";
import { strimziRelease, type StrimziRelease } from "../../src/release/releases";
import { testVariables } from "./requirements";

/**
 * Starts the operator of TEST_STRIMZI_OPERATOR, which watches one namespace.
 *
 * @param further variables besides those that the operator needs
 */
export function startOperator(processes: Processes, namespace: string, further: NodeJS.ProcessEnv = {}): Running {
    const { TEST_KUBECONFIG, TEST_STRIMZI_OPERATOR, TEST_STRIMZI_VERSION, TEST_STRIMZI_JAVA = "java" } = testVariables;
    return processes.start("Strimzi's operator", {
        command: TEST_STRIMZI_JAVA,
        args: ["-Xmx512m", "-cp", TEST_STRIMZI_OPERATOR!, "io.strimzi.operator.cluster.Main"],
        cwd: processes.folder,
        log: path.join(processes.folder, "logs", "operator.log"),
        env: { ...operatorEnv(TEST_KUBECONFIG!, namespace, strimziRelease(TEST_STRIMZI_VERSION!)), ...further },
    });
}

/** Environment of an operator that watches one namespace. */
function operatorEnv(kubeconfig: string, namespace: string, release: StrimziRelease): NodeJS.ProcessEnv {
    const images = release.kafkaVersions
        .map((kafka) => `${kafka}=quay.io/strimzi/kafka:${release.version}-kafka-${kafka}`)
        .join("\n");
    const parts = [
        "TOPIC_OPERATOR",
        "USER_OPERATOR",
        "KAFKA_INIT",
        "KAFKA_BRIDGE",
        "KANIKO_EXECUTOR",
        "BUILDAH",
        "MAVEN_BUILDER",
        "KAFKA_EXPORTER",
        "CRUISE_CONTROL",
    ];
    return {
        KUBECONFIG: kubeconfig,
        STRIMZI_NAMESPACE: namespace,
        STRIMZI_OPERATOR_NAMESPACE: namespace,
        STRIMZI_LEADER_ELECTION_ENABLED: "false",
        STRIMZI_FEATURE_GATES: "",
        // the operator's default is two minutes
        STRIMZI_FULL_RECONCILIATION_INTERVAL_MS: "20000",
        STRIMZI_OPERATION_TIMEOUT_MS: "120000",
        ...Object.fromEntries(
            ["KAFKA", "KAFKA_CONNECT", "KAFKA_MIRROR_MAKER", "KAFKA_MIRROR_MAKER_2"].map((kind) => [
                `STRIMZI_${kind}_IMAGES`,
                images,
            ]),
        ),
        ...Object.fromEntries(
            parts.map((part) => [`STRIMZI_DEFAULT_${part}_IMAGE`, `quay.io/strimzi/operator:${release.version}`]),
        ),
        ...(release.needsKubernetesVersionFrom
            ? {
                  STRIMZI_KUBERNETES_VERSION: [
                      "major=1",
                      "minor=32",
                      "gitVersion=v1.32.0",
                      "gitCommit=x",
                      "gitTreeState=clean",
                      "buildDate=2025-01-01T00:00:00Z",
                      "goVersion=go1.23",
                      "compiler=gc",
                      "platform=linux/amd64",
                  ].join("\n"),
              }
            : {}),
    };
}
