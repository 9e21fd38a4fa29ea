/** The Kubernetes cluster: an EKS cluster, or any other one that a kubeconfig names. */
import type { z } from "zod";
import { accountId, arn, awsRegion, awsTags, object, oneOf, string } from "./primitives";

export const eks = object({
    clusterName: string("the name of an EKS cluster: at most 100 letters, digits, - and _", /^[A-Za-z0-9][\w-]{0,99}$/)
        .optional()
        .describe(
            "Name of the EKS cluster. Required by every setting that uses AWS. Leave it out for a cluster " +
                "outside of EKS",
        ),
    region: awsRegion()
        .optional()
        .describe("AWS region of the cluster and of all AWS resources. Required with clusterName"),
    accountId: accountId()
        .optional()
        .describe(
            "AWS account id, in quotes. If set, credentials of another account are refused, and it is not looked up",
        ),
    oidcIssuer: string("an issuer URL such as https://oidc.eks.REGION.amazonaws.com/id/ID", /^https:\/\/\S+[^/\s]$/)
        .optional()
        .describe("URL of the cluster's OIDC issuer. If set, a preview does not look it up"),
    oidcProviderArn: arn("iam", "arn:aws:iam::ACCOUNT:oidc-provider/ISSUER", "oidc-provider/\\S+")
        .optional()
        .describe("ARN of the IAM OIDC provider. Default: derived from accountId and oidcIssuer"),
    identity: oneOf(["irsa", "pod-identity"])
        .default("irsa")
        .describe(
            "How the workers get their IAM role: `irsa`, by the cluster's IAM OIDC provider and an annotation of the " +
                "service account, or `pod-identity`, by an association of EKS Pod Identity, which requires the EKS " +
                "Pod Identity Agent and no OIDC provider",
        ),
    permissions: oneOf(["any-connector", "declared-connectors"])
        .default("any-connector")
        .describe(
            "What the workers' IAM role may use: `any-connector`, every secret with secrets.prefix and every topic " +
                "of the MSK cluster, so that connectors of other stacks can run too; `declared-connectors`, only " +
                "the secrets, topics and groups of this stack's connectors",
        ),
    tags: awsTags().describe("Tags of all AWS resources, besides `environment` and `project`"),
    rolePath: string(
        "an IAM path of at most 512 characters such as /teams/data/, and not one of AWS's: /aws-service-role/ or " +
            "/aws-reserved/",
        /^(?=.{1,512}$)\/(?!aws-(service-role|reserved)\/)([\w+=,.@-]+\/)*$/,
    )
        .optional()
        .describe("Path of the workers' IAM role. Default: /"),
    permissionsBoundaryArn: arn("iam", "arn:aws:iam::ACCOUNT:policy/NAME", "policy/[\\w+=,.@/-]+", "[0-9]{12}|aws")
        .optional()
        .describe("ARN of the policy that limits the permissions of the workers' IAM role. Default: none"),
    kubeconfig: string("the path of a kubeconfig file, or its content")
        .optional()
        .describe(
            "Path of a kubeconfig file, or its content. Default: with clusterName, a kubeconfig that calls " +
                "`aws eks get-token`; without it, the current kubeconfig",
        ),
    context: string("the name of a context in the kubeconfig")
        .optional()
        .describe("Context of the kubeconfig. Default: its current context"),
});

export type EksSettings = z.output<typeof eks>;
