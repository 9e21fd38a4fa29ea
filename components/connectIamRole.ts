import * as iam from "@pulumi/aws/iam";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { irsaTrust, mskPolicy, secretsPolicy } from "../src/aws/policies";
import { componentType } from "./internal/componentOptions";

/** Arguments of SecretsAccess. */
export interface ConnectIamRoleArgs {
    /** Region of the secrets. */
    region: string;
    accountId: pulumi.Input<string>;
    /** The cluster's OIDC issuer and the ARN of its IAM provider. */
    oidcIssuer: pulumi.Input<string>;
    oidcProviderArn: pulumi.Input<string>;
    /** The one service account that may assume the role. */
    namespace: string;
    serviceAccount: string;
    /** Secrets the role may read; none when absent. */
    secrets?: { prefix: string; kmsKeyArns: readonly string[] };
    /** MSK cluster the role may use; none when absent. */
    mskClusterArn?: string;
    provider?: AwsProvider;
}

/** The IAM role of the Connect workers' service account. */
export class ConnectIamRole extends pulumi.ComponentResource {
    /** ARN of the role, known once its policies are attached: a pod that starts earlier would be refused. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: ConnectIamRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("SecretsAccess"), name, {}, opts);
        const options = { parent: this, provider: args.provider };
        const trust = pulumi
            .all([args.oidcProviderArn, args.oidcIssuer])
            .apply(([arn, issuer]) => JSON.stringify(irsaTrust(arn, issuer, args.namespace, args.serviceAccount)));
        const role = new iam.Role(
            `${name}-role`,
            {
                assumeRolePolicy: trust,
                description: `Kafka Connect workers, service account ${args.namespace}/${args.serviceAccount}`,
            },
            options,
        );
        const policies: iam.RolePolicy[] = [];
        if (args.secrets) {
            const { prefix, kmsKeyArns } = args.secrets;
            const policy = pulumi
                .output(args.accountId)
                .apply((account) => JSON.stringify(secretsPolicy(args.region, account, prefix, kmsKeyArns)));
            policies.push(new iam.RolePolicy(`${name}-secrets`, { role: role.name, policy }, options));
        }
        if (args.mskClusterArn) {
            policies.push(
                new iam.RolePolicy(
                    `${name}-msk`,
                    { role: role.name, policy: JSON.stringify(mskPolicy(args.mskClusterArn)) },
                    options,
                ),
            );
        }
        this.roleArn = pulumi.all([role.arn, ...policies.map((policy) => policy.id)]).apply(([arn]) => arn);
        this.registerOutputs({ roleArn: this.roleArn });
    }
}
