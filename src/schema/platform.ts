/** The settings around the Connect cluster: EKS, Strimzi, the image, secrets, metrics. */
import { z } from "zod";
import { defaultStrimziVersion } from "../release/releases";
import {
    arn,
    dnsLabel,
    boolean,
    object,
    kubernetesObject,
    array,
    oneOf,
    awsRegion,
    string,
    integer,
} from "./primitives";

export const eks = object({
    clusterName: string("the name of an EKS cluster")
        .optional()
        .describe("Name of the EKS cluster. Needed by everything that AWS provides; left out for a cluster elsewhere"),
    region: awsRegion()
        .optional()
        .describe("AWS region of the cluster and of all AWS resources. Needed where clusterName is given"),
    accountId: string("an AWS account id of 12 digits", /^\d{12}$/)
        .optional()
        .describe(
            "AWS account id. Given, a preview needs no login to AWS; that a login is of this account is then not checked",
        ),
    oidcIssuer: string("an issuer address such as https://oidc.eks.REGION.amazonaws.com/id/ID", /^https:\/\/\S+[^/\s]$/)
        .optional()
        .describe("The cluster's OIDC issuer. Given, a preview asks AWS nothing about the cluster"),
    oidcProviderArn: arn("iam", "arn:aws:iam::ACCOUNT:oidc-provider/ISSUER")
        .optional()
        .describe("ARN of the IAM OIDC provider. Default: derived from accountId and oidcIssuer"),
    kubeconfig: string("the path of a kubeconfig file, or its content")
        .optional()
        .describe(
            "Kubeconfig, a path or its content. Default: made for clusterName, whose token `aws eks get-token` fetches; without clusterName the ambient one",
        ),
    context: string("the name of a context in the kubeconfig")
        .optional()
        .describe("Context within the kubeconfig. Default: its current one"),
});

export const strimzi = object({
    version: string("a Strimzi version from 0.45.0 on, such as 1.2.0", /^(0\.(4[5-9]|[5-9]\d)|[1-9]\d*\.\d+)\.\d+$/)
        .default(defaultStrimziVersion)
        .describe(
            "Version of the operator, its CRDs and images. It decides the API version of every Strimzi resource. " +
                "Verified: 0.45.0, 0.51.0 and 1.2.0; others, newer ones too, are used with a warning",
        ),
    kafkaVersion: string("a Kafka version such as 4.3.1", /^\d+\.\d+\.\d+$/)
        .optional()
        .describe(
            "Version of Kafka that the Connect workers run. Default: the newest one the Strimzi version supports",
        ),
    namespace: dnsLabel().default("strimzi").describe("Namespace of the operator"),
    createNamespace: boolean().default(true).describe("Whether the stack creates that namespace"),
    watchNamespaces: array(dnsLabel()).describe(
        "Namespaces the operator watches besides its own and connect.namespace",
    ),
    install: boolean()
        .default(true)
        .describe("Whether the stack installs the operator. false where another stack already does"),
    crds: boolean()
        .default(true)
        .describe(
            "Whether the stack owns Strimzi's CRDs. false where another stack does. Of a version that is not verified, " +
                "the Helm chart installs them, but never upgrades them",
        ),
    chart: string("an OCI address or a folder that holds the chart")
        .default("oci://quay.io/strimzi-helm/strimzi-kafka-operator")
        .describe("Where the Helm chart is: an OCI address (a mirror, say) or a local folder"),
    replicas: integer(1, 5).default(1).describe("Operator pods; one leads, the others stand by"),
    resources: kubernetesObject()
        .optional()
        .describe("Resource requests and limits of the operator's container. Default: the chart's"),
    kubernetesVersion: string("a Kubernetes version such as 1.33", /^1\.\d+$/)
        .optional()
        .describe(
            "Version of Kubernetes, told to the operator instead of asking. Strimzi 0.45 needs it on Kubernetes 1.33 and newer",
        ),
    values: kubernetesObject()
        .optional()
        .describe("Further values of the Helm chart, merged over those the platform sets"),
});

const mirror = () => string("an https address without a final slash", /^https:\/\/\S+[^/\s]$/).optional();

const build = object({
    registry: string("ecr, or a registry and repository such as localhost:5000/kafka-connect")
        .default("ecr")
        .describe(
            "Where the image is pushed: `ecr` creates an ECR repository; anything else is the address of an existing repository",
        ),
    repository: string("a repository name such as data/kafka-connect", /^[a-z0-9]+([._/-][a-z0-9]+)*$/)
        .default("kafka-connect")
        .describe("Name of the ECR repository"),
    context: string("a folder")
        .default("docker/connect")
        .describe("Folder with the Dockerfile and the plugin manifest plugins.json"),
    baseImage: string("an image reference")
        .optional()
        .describe("Image to start from. Default: Strimzi's Kafka image of strimzi.version and strimzi.kafkaVersion"),
    mavenImage: string("an image reference")
        .default("maven:3.9-eclipse-temurin-17")
        .describe("Image of the stage that fetches plugins; it needs Maven, curl and a JDK"),
    platform: oneOf(["linux/amd64", "linux/arm64"]).default("linux/amd64").describe("Platform the image is built for"),
    mirrors: object({
        maven: mirror().describe("Repository that Maven uses for everything. Default: Maven's own"),
        confluentHub: mirror().describe("Address that stands for Confluent Hub's archives. Default: Confluent Hub"),
        downloads: mirror().describe(
            "Address below which other downloads are, as HOST/PATH of their own address. Default: that address itself",
        ),
    })
        .default({})
        .describe("Where the build fetches from; what is fetched is checked by its SHA-512 all the same"),
    keepImages: integer(2, 1000)
        .default(30)
        .describe("Tagged images the ECR lifecycle rule keeps; older ones cannot be rolled back to"),
    kmsKeyArn: arn("kms", "arn:aws:kms:REGION:ACCOUNT:key/ID")
        .optional()
        .describe("KMS key that encrypts the ECR repository. Default: AES256 with Amazon's key"),
});

export const image = object({
    build: build.optional().describe("Build the image from the plugin manifest and push it"),
    existing: string(
        "an image by digest or tag, such as REPOSITORY@sha256:… or REPOSITORY:1.0",
        /^[^@\s]+(@sha256:[0-9a-f]{64}|:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?)$/,
    )
        .optional()
        .describe("Use this image, by digest or, with a warning, by tag: a tag can be moved. Excludes build"),
}).refine((value) => !(value.build && value.existing), { error: "either build or existing, not both" });

export const secrets = object({
    provider: oneOf(["aws-secrets-manager", "kubernetes", "file"])
        .default("aws-secrets-manager")
        .describe(
            "Where `${NAME:SECRET:KEY}` in connectors is read from: AWS Secrets Manager, Secrets of Kubernetes (as `${NAME:NAMESPACE/SECRET:KEY}`; the workers may read those that connectors refer to), or files on the worker (the sandbox)",
        ),
    plugin: oneOf(["csid", "msk"])
        .default("csid")
        .describe(
            "Plugin of the image that reads AWS Secrets Manager: Confluent's csid, under its community licence, or the MSK config providers of aws-samples (MIT-0), with which a reference names a secret with its prefix",
        ),
    name: string("a provider name of letters and digits", /^[A-Za-z][A-Za-z0-9]*$/)
        .default("secretManager")
        .describe("Name of the config provider in `${NAME:SECRET:KEY}`"),
    region: awsRegion().optional().describe("Region of the secrets. Default: eks.region"),
    prefix: string(
        "a prefix of secret names that ends in a separator, such as data_kafka_connect_",
        /^[\w/+=.@-]*[_/.-]$/,
    )
        .optional()
        .describe("Prefix of the secrets' names in Secrets Manager. The role may read these and no others"),
    kmsKeyArns: array(arn("kms", "arn:aws:kms:REGION:ACCOUNT:key/ID")).describe(
        "KMS keys the secrets are encrypted with. The role may decrypt with these only, and only by way of Secrets Manager",
    ),
});

export const metrics = object({
    exporter: boolean().default(true).describe("Whether the workers export Prometheus metrics on port 9404"),
    workspace: oneOf(["none", "new", "existing"])
        .default("none")
        .describe("Amazon Managed Prometheus workspace that scrapes them: create one, use one that exists, or none"),
    workspaceArn: arn("aps", "arn:aws:aps:REGION:ACCOUNT:workspace/ws-ID")
        .optional()
        .describe("ARN of the existing workspace"),
    retentionDays: integer(1, 1095).default(150).describe("Days the new workspace keeps samples"),
    subnetIds: array(string("a subnet id such as subnet-0a1b", /^subnet-[0-9a-f]+$/)).describe(
        "Subnets of the managed scraper, in at least two availability zones",
    ),
    securityGroupIds: array(string("a security group id such as sg-0a1b", /^sg-[0-9a-f]+$/)).describe(
        "Security groups of the managed scraper. Default: the cluster's own",
    ),
    scrapeIntervalSeconds: integer(10, 300).default(30).describe("Seconds between scrapes"),
    alerts: boolean()
        .default(false)
        .describe("Whether the alert rules are loaded into the workspace (docs/monitoring.md lists them)"),
    runbookUrl: string("an https address without a final slash", /^https:\/\/\S+[^/\s]$/)
        .optional()
        .describe(
            "Address of the folder docs/runbooks where readers of alerts can open it. Default: its path in this repository",
        ),
    slotWalBudgetGiB: integer(1, 65536)
        .optional()
        .describe(
            "GiB of WAL that the disk of the PostgreSQL databases can take. Adds alerts for replication slots, which need the metrics of postgres_exporter in the workspace. Only with alerts",
        ),
    dashboards: boolean()
        .default(false)
        .describe(
            "Whether Grafana dashboards are created in connect.namespace, as ConfigMaps with the label `grafana_dashboard`",
        ),
});

export const protect = boolean()
    .default(false)
    .describe("Protect what holds data (ECR repository, Prometheus workspace, CRDs) from deletion");
export const environment = string("a word")
    .optional()
    .describe("Name of the environment, put on AWS resources as a tag. Default: the stack's name");

export type EksSettings = z.output<typeof eks>;
export type StrimziSettings = z.output<typeof strimzi>;
export type ImageBuildSettings = z.output<typeof build>;
export type SecretsSettings = z.output<typeof secrets>;
export type MetricsSettings = z.output<typeof metrics>;
