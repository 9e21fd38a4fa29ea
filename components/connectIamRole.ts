import { PodIdentityAssociation } from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { mskPolicy, mskPolicyOf, mskSourcePolicy } from "../src/aws/mskPolicies";
import { irsaTrust, podIdentityTrust, secretsPolicy, type PolicyDocument, type SecretNames } from "../src/aws/policies";
import type { Acl } from "../src/schema/kafkaAccess";
import { componentOptions, componentType } from "./internal/componentOptions";
import type { KafkaAclArgs } from "./kafkaAccessArgs";

/** Secrets of AWS Secrets Manager that a role may read: those with a prefix, or those with the given names. */
export interface ReadableSecretsArgs {
    /**
     * Prefix of their names. It must end in a separator such as `_` or `/`, or it matches other names too. Required
     * without `names`.
     * @default none
     */
    prefix?: string;
    /**
     * Their names. Excludes `prefix`.
     * @default none
     */
    names?: string[];
    /**
     * ARNs of the KMS keys that encrypt them. The role may decrypt with these, and only through Secrets Manager.
     * @default none, for the key of AWS
     */
    kmsKeyArns?: pulumi.Input<string>[];
}

/** An EKS cluster with EKS Pod Identity. */
export interface PodIdentityArgs {
    /** Name of the cluster. */
    clusterName: string;
    /** ARN of the cluster. */
    clusterArn: pulumi.Input<string>;
}

/** Arguments of ConnectIamRole. */
export interface ConnectIamRoleArgs {
    /** AWS region of the secrets. */
    region: pulumi.Input<string>;
    /** AWS account of the cluster and of the secrets. */
    accountId: pulumi.Input<string>;
    /**
     * OIDC issuer of the EKS cluster, with `https://`. Required without `podIdentity`.
     * @default none
     */
    oidcIssuer?: pulumi.Input<string>;
    /**
     * ARN of the IAM OIDC provider of that issuer. Required without `podIdentity`.
     * @default none
     */
    oidcProviderArn?: pulumi.Input<string>;
    /**
     * Cluster whose EKS Pod Identity gives the role to the pods, instead of an IAM OIDC provider. The service account
     * then needs no annotation: do not pass `roleArn` to the Connect cluster, and let it depend on this component.
     * @default none
     */
    podIdentity?: PodIdentityArgs;
    /** Namespace of the service account that may assume the role. */
    namespace: pulumi.Input<string>;
    /** Service account that may assume the role. Strimzi names that of a Connect cluster NAME-connect. */
    serviceAccount: pulumi.Input<string>;
    /**
     * Path of the role, such as /teams/data/.
     * @default "/"
     */
    path?: pulumi.Input<string>;
    /**
     * ARN of the policy that limits the permissions of the role.
     * @default none
     */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /**
     * Secrets that the role may read.
     * @default none
     */
    secrets?: ReadableSecretsArgs;
    /**
     * ARN of the MSK cluster that the role may use.
     * @default none
     */
    mskClusterArn?: pulumi.Input<string>;
    /**
     * What the role may do on the MSK cluster, as ACLs of Kafka.
     * @default what any connector does: all topics, groups and transactional ids
     */
    mskAcls?: KafkaAclArgs[];
    /**
     * Whether MirrorMaker copies the configuration of topics to the MSK cluster. Excludes `mskAcls`.
     * @default false
     */
    synchronizesTopics?: boolean;
    /**
     * ARNs of further MSK clusters that the role may read, for MirrorMaker.
     * @default none
     */
    mskSourceArns?: pulumi.Input<string>[];
}

/**
 * The IAM role of the Connect workers' service account on EKS, by an IAM OIDC provider (IRSA) or by EKS Pod Identity.
 * Its trust policy names the one service account; pass the AWS provider by `opts.provider`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export class ConnectIamRole extends pulumi.ComponentResource {
    /** ARN of the role, known once its policies are attached: a pod that starts before would be denied access. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: ConnectIamRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("ConnectIamRole"), name, args, componentOptions(name, opts, "SecretsAccess"));
        const { namespace, serviceAccount, secrets, mskClusterArn } = args;
        const options = { parent: this };
        const role = new iam.Role(
            `${name}-role`,
            {
                assumeRolePolicy: trustOf(name, args),
                path: args.path,
                permissionsBoundary: args.permissionsBoundaryArn,
                description: pulumi.interpolate`Kafka Connect workers, service account ${namespace}/${serviceAccount}`,
            },
            options,
        );
        const policies: pulumi.CustomResource[] = [];
        if (secrets) {
            const policy = pulumi
                .all([args.region, args.accountId, secretNames(name, secrets), pulumi.all(secrets.kmsKeyArns ?? [])])
                .apply((values) => JSON.stringify(secretsPolicy(...values)));
            policies.push(new iam.RolePolicy(`${name}-secrets`, { role: role.name, policy }, options));
        }
        if (mskClusterArn) {
            const policy = pulumi.output(mskClusterArn).apply((arn) => JSON.stringify(mskPolicyFor(arn, args)));
            policies.push(new iam.RolePolicy(`${name}-msk`, { role: role.name, policy }, options));
        }
        if (args.podIdentity) {
            const { clusterName } = args.podIdentity;
            const association = { clusterName, namespace, serviceAccount, roleArn: role.arn };
            policies.push(new PodIdentityAssociation(`${name}-association`, association, options));
        }
        if (args.mskSourceArns?.length) {
            const policy = pulumi.all(args.mskSourceArns).apply((arns) => JSON.stringify(mskSourcePolicy(arns)));
            policies.push(new iam.RolePolicy(`${name}-msk-sources`, { role: role.name, policy }, options));
        }
        this.roleArn = pulumi.all([role.arn, ...policies.map((policy) => policy.id)]).apply(([arn]) => arn);
        this.registerOutputs({ roleArn: this.roleArn });
    }
}

/** The trust policy of the role. */
function trustOf(name: string, args: ConnectIamRoleArgs): pulumi.Output<string> {
    const { podIdentity, oidcIssuer, oidcProviderArn, namespace, serviceAccount } = args;
    if (podIdentity)
        return pulumi
            .all([podIdentity.clusterArn, namespace, serviceAccount])
            .apply((values) => JSON.stringify(podIdentityTrust(...values)));
    if (!oidcIssuer || !oidcProviderArn)
        throw new Error(`ConnectIamRole ${name} has invalid arguments: oidcIssuer and oidcProviderArn, or podIdentity`);
    return pulumi
        .all([oidcProviderArn, oidcIssuer, namespace, serviceAccount])
        .apply((values) => JSON.stringify(irsaTrust(...values)));
}

function secretNames(name: string, { prefix, names }: ReadableSecretsArgs): SecretNames {
    if ((prefix === undefined) === (names === undefined))
        throw new Error(`ConnectIamRole ${name} has invalid arguments: either secrets.prefix or secrets.names`);
    return names ? { names } : { prefix: prefix! };
}

function mskPolicyFor(clusterArn: string, { mskAcls, synchronizesTopics }: ConnectIamRoleArgs): PolicyDocument {
    if (!mskAcls) return mskPolicy(clusterArn, synchronizesTopics);
    if (mskAcls.some(({ type, host }) => type === "deny" || host !== undefined))
        throw new Error("ConnectIamRole has invalid arguments: mskAcls only allow, from any host");
    return mskPolicyOf(
        clusterArn,
        mskAcls.map((acl): Acl => ({ ...acl, type: "allow" })),
    );
}
