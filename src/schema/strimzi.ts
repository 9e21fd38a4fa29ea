/** The Strimzi operator. */
import type { z } from "zod";
import { defaultStrimziVersion } from "../release/releases";
import { array, boolean, dnsLabel, integer, kubernetesObject, object, string } from "./primitives";

export const strimzi = object({
    version: string("a Strimzi version from 0.45.0 on, such as 1.2.0", /^(0\.(4[5-9]|[5-9]\d)|[1-9]\d*\.\d+)\.\d+$/)
        .default(defaultStrimziVersion)
        .describe(
            "Version of the operator, its CRDs and images. It decides the API version of every Strimzi resource. " +
                "Verified: 0.45.0, 0.51.0 and 1.2.0; others, newer ones too, are used with a warning",
        ),
    kafkaVersion: string("a Kafka version such as 4.3.1", /^\d+\.\d+\.\d+$/)
        .optional()
        .describe("Kafka version of the Connect workers. Default: the newest one that the Strimzi version supports"),
    namespace: dnsLabel().default("strimzi").describe("Namespace of the operator"),
    createNamespace: boolean().default(true).describe("Whether the stack creates the operator's namespace"),
    watchNamespaces: array(dnsLabel()).describe(
        "Namespaces that the operator watches, in addition to its own and those of the stack",
    ),
    install: boolean()
        .default(true)
        .describe("Whether the stack installs the operator. Set it to false where another stack does"),
    crds: boolean()
        .default(true)
        .describe(
            "Whether the stack installs Strimzi's CRDs. Set it to false where another stack does. Of a " +
                "version that is " +
                "not verified, the Helm chart installs them, but never upgrades them",
        ),
    chart: string("an OCI address or the path of a folder with the chart")
        .default("oci://quay.io/strimzi-helm/strimzi-kafka-operator")
        .describe("OCI address of the Helm chart, for example of a mirror, or the path of a local folder"),
    replicas: integer(1, 5).default(1).describe("Number of operator pods. One is the leader, the others stand by"),
    resources: kubernetesObject()
        .optional()
        .describe("Resource requests and limits of the operator's container. Default: the chart's"),
    kubernetesVersion: string("a Kubernetes version such as 1.33", /^1\.\d+$/)
        .optional()
        .describe(
            "Kubernetes version that the operator assumes, in quotes. Default: the operator detects it. " +
                "Required by Strimzi 0.45 on Kubernetes 1.33 and newer",
        ),
    values: kubernetesObject()
        .optional()
        .describe("Further values of the Helm chart, merged over those that the platform sets"),
});

export type StrimziSettings = z.output<typeof strimzi>;
