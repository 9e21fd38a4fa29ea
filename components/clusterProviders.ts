import type { Region } from "@pulumi/aws";
import * as eks from "@pulumi/aws/eks";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import {
    Provider as KubernetesProvider,
    type ProviderArgs as KubernetesProviderArgs,
} from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { clusterArn, oidcProviderArn } from "../src/aws/policies";
import type { EksSettings } from "../src/schema/platform";
import type { KubeAccess } from "./internal/strimziClient";
import { componentType } from "./internal/componentOptions";

/** Arguments of ClusterAccess. */
export interface ClusterProvidersArgs {
    /** The stack's `eks` group. */
    eks: EksSettings;
    /** Tags on every AWS resource of the stack. */
    tags: Record<string, string>;
}

/**
 * The providers through which everything else is made, and the cluster's facts. What the stack file gives is used as
 * given; only what it leaves out is asked of AWS, so that a preview can work without credentials.
 */
export class ClusterProviders extends pulumi.ComponentResource {
    /** Provider for everything in Kubernetes except CRDs. Creating an object that already exists is an error. */
    public readonly kubernetes: KubernetesProvider;
    /** What that provider reaches the cluster by. */
    public readonly kubeAccess: pulumi.Output<KubeAccess>;
    /** Provider for everything in AWS; absent where the stack names no region. */
    public readonly aws?: AwsProvider;
    private readonly eks: EksSettings;
    private readonly connection: KubernetesProviderArgs;
    private readonly baseName: string;
    private crdProvider?: KubernetesProvider;
    private askedCluster?: pulumi.Output<eks.GetClusterResult>;

    constructor(name: string, args: ClusterProvidersArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("ClusterAccess"), name, {}, opts);
        this.baseName = name;
        this.eks = args.eks;
        const { region, accountId, context, clusterName } = args.eks;
        if (region) {
            this.aws = new AwsProvider(
                `${name}-aws`,
                {
                    region: region as Region,
                    defaultTags: { tags: args.tags },
                    // with the account given, a plan needs no login. `allowedAccountIds` would ask AWS whose credentials these are,
                    // and must not differ between preview and up, or every plan would show the provider as changed
                    ...(accountId ? { skipCredentialsValidation: true, skipRequestingAccountId: true } : {}),
                },
                { parent: this },
            );
        }
        const kubeconfig =
            args.eks.kubeconfig ??
            (clusterName && region && !context ? this.eksKubeconfig(clusterName, region) : undefined);
        this.kubeAccess = pulumi.output({ kubeconfig, context });
        this.connection = {
            kubeconfig,
            context,
            // a cluster that was created again under the same name counts as another cluster
            clusterIdentifier: clusterName,
            enableServerSideApply: true,
        };
        this.kubernetes = new KubernetesProvider(`${name}-kubernetes`, this.connection, { parent: this });
        this.registerOutputs({});
    }

    /**
     * Provider for CRDs. They outlive the stack, and a Helm chart may have installed them before, so creating one that
     * exists takes it over, including the fields that another tool manages.
     */
    public get kubernetesCrds(): KubernetesProvider {
        this.crdProvider ??= new KubernetesProvider(
            `${this.baseName}-kubernetes-crds`,
            { ...this.connection, upsertExistingObjects: true, enablePatchForce: true },
            { parent: this },
        );
        return this.crdProvider;
    }

    private get cluster(): pulumi.Output<eks.GetClusterResult> {
        this.askedCluster ??= eks.getClusterOutput(
            { name: this.eks.clusterName! },
            { parent: this, provider: this.aws },
        );
        return this.askedCluster;
    }

    /** Account the cluster is in. */
    public get accountId(): pulumi.Output<string> {
        return this.eks.accountId
            ? pulumi.output(this.eks.accountId)
            : getCallerIdentityOutput({}, { parent: this, provider: this.aws }).accountId;
    }

    /** ARN of the cluster. */
    public get clusterArn(): pulumi.Output<string> {
        const { accountId, clusterName, region } = this.eks;
        return accountId ? pulumi.output(clusterArn(region!, accountId, clusterName!)) : this.cluster.arn;
    }

    /** The cluster's OIDC issuer, as an https address. */
    public get oidcIssuer(): pulumi.Output<string> {
        return this.eks.oidcIssuer
            ? pulumi.output(this.eks.oidcIssuer)
            : this.cluster.apply(({ identities }) => identities[0].oidcs[0].issuer);
    }

    /** ARN of the IAM OIDC provider of that issuer. */
    public get oidcProviderArn(): pulumi.Output<string> {
        if (this.eks.oidcProviderArn) return pulumi.output(this.eks.oidcProviderArn);
        return pulumi
            .all([this.accountId, this.oidcIssuer])
            .apply(([account, issuer]) => oidcProviderArn(this.eks.region!, account, issuer));
    }

    /** A kubeconfig whose token the AWS CLI fetches when it is used, so that none is kept in the stack's state. */
    private eksKubeconfig(clusterName: string, region: string): pulumi.Output<string> {
        return this.cluster.apply(({ endpoint, certificateAuthorities, arn }) =>
            JSON.stringify({
                apiVersion: "v1",
                kind: "Config",
                clusters: [
                    {
                        name: arn,
                        cluster: { server: endpoint, "certificate-authority-data": certificateAuthorities[0].data },
                    },
                ],
                contexts: [{ name: arn, context: { cluster: arn, user: arn } }],
                "current-context": arn,
                users: [
                    {
                        name: arn,
                        user: {
                            exec: {
                                apiVersion: "client.authentication.k8s.io/v1beta1",
                                command: "aws",
                                args: [
                                    "--region",
                                    region,
                                    "eks",
                                    "get-token",
                                    "--cluster-name",
                                    clusterName,
                                    "--output",
                                    "json",
                                ],
                            },
                        },
                    },
                ],
            }),
        );
    }
}
