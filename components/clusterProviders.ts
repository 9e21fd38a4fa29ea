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
import { scrapingObstacles } from "../src/aws/scrapedCluster";
import { componentOptions, componentType } from "./internal/componentOptions";

/** Arguments of ClusterProviders. */
export interface ClusterProvidersArgs {
    /**
     * Name of the EKS cluster. Required for everything of AWS; not for a cluster elsewhere.
     * @default none
     */
    clusterName?: string;
    /**
     * AWS region of the cluster. Required with `clusterName`.
     * @default none; without a region there is no AWS provider
     */
    region?: string;
    /**
     * AWS account of the cluster. With it, credentials of another account are refused before anything is created.
     * @default the account of the caller, whichever it is
     */
    accountId?: string;
    /**
     * OIDC issuer of the cluster, with `https://`.
     * @default looked up in AWS
     */
    oidcIssuer?: string;
    /**
     * ARN of the IAM OIDC provider.
     * @default derived from `accountId` and `oidcIssuer`
     */
    oidcProviderArn?: string;
    /**
     * Path of a kubeconfig, or its content.
     * @default one for `clusterName` whose token comes from `aws eks get-token`; without `clusterName` the ambient
     * kubeconfig
     */
    kubeconfig?: pulumi.Input<string>;
    /**
     * Context within the kubeconfig. With it, no kubeconfig is made for `clusterName`.
     * @default the kubeconfig's current context
     */
    context?: string;
    /**
     * Tags of every AWS resource that the AWS provider creates.
     * @default none
     */
    tags?: { [name: string]: pulumi.Input<string> };
}

/**
 * The Kubernetes and AWS providers of an EKS cluster, and its facts. What the arguments contain is used as it is; AWS
 * is asked only for what they leave out.
 *
 * ```ts
 * const cluster = new ClusterProviders("cluster", { clusterName: "data", region: "eu-central-1" });
 * new ConnectCluster("connect", { bootstrapServers }, { provider: cluster.kubernetes });
 * ```
 */
export class ClusterProviders extends pulumi.ComponentResource {
    /** Provider for everything in Kubernetes except CRDs. Creating an object that already exists is an error. */
    public readonly kubernetes: KubernetesProvider;
    /** Provider for everything in AWS; undefined without a region. */
    public readonly aws?: AwsProvider;
    private readonly baseName: string;
    private readonly args: ClusterProvidersArgs;
    private readonly connection: KubernetesProviderArgs;
    private readonly afterAws: pulumi.CustomResourceOptions;
    private crdProvider?: KubernetesProvider;
    private lookedUpCluster?: pulumi.Output<eks.GetClusterResult>;

    constructor(name: string, args: ClusterProvidersArgs, opts?: pulumi.ComponentResourceOptions) {
        // a kubeconfig can contain a token
        const inputs = { ...args, kubeconfig: args.kubeconfig && pulumi.secret(args.kubeconfig) };
        super(componentType("ClusterProviders"), name, inputs, componentOptions(name, opts, "ClusterAccess"));
        this.baseName = name;
        this.args = args;
        const { region, accountId, context, clusterName, tags } = args;
        if (region) {
            this.aws = new AwsProvider(
                `${name}-aws`,
                {
                    region: region as Region,
                    defaultTags: { tags },
                    // the provider compares the caller's account when it starts, before anything is created. The
                    // arguments must not differ between preview and up, or each preview would show a change of it
                    allowedAccountIds: accountId ? [accountId] : undefined,
                },
                { parent: this },
            );
        }
        const needsKubeconfig = !args.kubeconfig && clusterName && region && !context;
        this.connection = {
            kubeconfig: needsKubeconfig ? this.eksKubeconfig(clusterName, region) : args.kubeconfig,
            context,
            // a cluster that was created again under the same name counts as another cluster
            clusterIdentifier: clusterName,
            enableServerSideApply: true,
        };
        // in another account nothing is created in Kubernetes either: a context of the same name can exist there
        this.afterAws = { parent: this, dependsOn: this.aws };
        this.kubernetes = new KubernetesProvider(`${name}-kubernetes`, this.connection, this.afterAws);
        this.registerOutputs({ kubernetes: this.kubernetes, aws: this.aws });
    }

    /**
     * Provider for CRDs and for objects that a stack adopts, created when it is first used. CRDs outlive the stack, and
     * a Helm chart may have installed them before, so creating an object that exists takes it over, including the
     * fields that another tool manages.
     */
    public get kubernetesCrds(): KubernetesProvider {
        this.crdProvider ??= new KubernetesProvider(
            `${this.baseName}-kubernetes-crds`,
            { ...this.connection, upsertExistingObjects: true, enablePatchForce: true },
            this.afterAws,
        );
        return this.crdProvider;
    }

    private get cluster(): pulumi.Output<eks.GetClusterResult> {
        this.lookedUpCluster ??= eks.getClusterOutput(
            { name: this.args.clusterName! },
            { parent: this, provider: this.aws },
        );
        return this.lookedUpCluster;
    }

    /** AWS account of the cluster. */
    public get accountId(): pulumi.Output<string> {
        return this.args.accountId
            ? pulumi.output(this.args.accountId)
            : getCallerIdentityOutput({}, { parent: this, provider: this.aws }).accountId;
    }

    /** ARN of the cluster. */
    public get clusterArn(): pulumi.Output<string> {
        const { accountId, clusterName, region } = this.args;
        return accountId ? pulumi.output(clusterArn(region!, accountId, clusterName!)) : this.cluster.arn;
    }

    /** ARN of the cluster, with a warning where it is known that the managed scraper cannot reach the cluster. */
    public get scrapedClusterArn(): pulumi.Output<string> {
        if (!this.lookedUpCluster && this.args.accountId) return this.clusterArn;
        return pulumi.all([this.clusterArn, this.cluster]).apply(([arn, cluster]) => {
            for (const obstacle of scrapingObstacles(cluster))
                void pulumi.log.warn(`The managed scraper cannot read the cluster: ${obstacle}`, this);
            return arn;
        });
    }

    /** OIDC issuer of the cluster, with `https://`. */
    public get oidcIssuer(): pulumi.Output<string> {
        return this.args.oidcIssuer
            ? pulumi.output(this.args.oidcIssuer)
            : this.cluster.apply(({ identities }) => identities[0].oidcs[0].issuer);
    }

    /** ARN of the IAM OIDC provider of that issuer. */
    public get oidcProviderArn(): pulumi.Output<string> {
        if (this.args.oidcProviderArn) return pulumi.output(this.args.oidcProviderArn);
        return pulumi
            .all([this.accountId, this.oidcIssuer])
            .apply(([account, issuer]) => oidcProviderArn(this.args.region!, account, issuer));
    }

    /**
     * A kubeconfig whose token `aws eks get-token` fetches when it is used, so that the stack's state contains none.
     */
    private eksKubeconfig(clusterName: string, region: string): pulumi.Output<string> {
        const token = ["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"];
        const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args: token };
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
                users: [{ name: arn, user: { exec } }],
            }),
        );
    }
}
