import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { irsaTrust, mskPolicy, mskSourcePolicy, secretsPolicy } from "../src/aws/policies";
import { componentOptions, componentType } from "./internal/componentOptions";

/** Secrets of AWS Secrets Manager that a role may read. */
export interface ReadableSecretsArgs {
    /** Prefix of their names. It must end in a separator such as `_` or `/`, or it matches other names too. */
    prefix: pulumi.Input<string>;
    /**
     * ARNs of the KMS keys that encrypt them. The role may decrypt with these, and only through Secrets Manager.
     * @default none, for the key of AWS
     */
    kmsKeyArns?: pulumi.Input<string>[];
}

/** Arguments of ConnectIamRole. */
export interface ConnectIamRoleArgs {
    /** AWS region of the secrets. */
    region: pulumi.Input<string>;
    /** AWS account of the cluster and of the secrets. */
    accountId: pulumi.Input<string>;
    /** OIDC issuer of the EKS cluster, with `https://`. */
    oidcIssuer: pulumi.Input<string>;
    /** ARN of the IAM OIDC provider of that issuer. */
    oidcProviderArn: pulumi.Input<string>;
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
     * ARNs of further MSK clusters that the role may read, for MirrorMaker.
     * @default none
     */
    mskSourceArns?: pulumi.Input<string>[];
}

/**
 * The IAM role of the Connect workers' service account on EKS (IRSA). Its trust policy names the one service account;
 * pass the AWS provider by `opts.provider`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ConnectIamRole extends pulumi.ComponentResource {
    /** ARN of the role, known once its policies are attached: a pod that starts before would be denied access. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: ConnectIamRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("ConnectIamRole"), name, args, componentOptions(name, opts, "SecretsAccess"));
        const { region, accountId, oidcIssuer, oidcProviderArn, namespace, serviceAccount, secrets } = args;
        const { mskClusterArn } = args;
        const options = { parent: this };
        const trust = pulumi
            .all([oidcProviderArn, oidcIssuer, namespace, serviceAccount])
            .apply((values) => JSON.stringify(irsaTrust(...values)));
        const role = new iam.Role(
            `${name}-role`,
            {
                assumeRolePolicy: trust,
                path: args.path,
                permissionsBoundary: args.permissionsBoundaryArn,
                description: pulumi.interpolate`Kafka Connect workers, service account ${namespace}/${serviceAccount}`,
            },
            options,
        );
        const policies: iam.RolePolicy[] = [];
        if (secrets) {
            const policy = pulumi
                .all([region, accountId, secrets.prefix, pulumi.all(secrets.kmsKeyArns ?? [])])
                .apply((values) => JSON.stringify(secretsPolicy(...values)));
            policies.push(new iam.RolePolicy(`${name}-secrets`, { role: role.name, policy }, options));
        }
        if (mskClusterArn) {
            const policy = pulumi.output(mskClusterArn).apply((arn) => JSON.stringify(mskPolicy(arn)));
            policies.push(new iam.RolePolicy(`${name}-msk`, { role: role.name, policy }, options));
        }
        if (args.mskSourceArns?.length) {
            const policy = pulumi.all(args.mskSourceArns).apply((arns) => JSON.stringify(mskSourcePolicy(arns)));
            policies.push(new iam.RolePolicy(`${name}-msk-sources`, { role: role.name, policy }, options));
        }
        this.roleArn = pulumi.all([role.arn, ...policies.map((policy) => policy.id)]).apply(([arn]) => arn);
        this.registerOutputs({ roleArn: this.roleArn });
    }
}
