import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { readSecrets } from "../src/strimzi/kubernetesSecrets";
import { childOptions, componentOptions, componentType } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";

/** Arguments of SecretReaderRole. */
export interface SecretReaderRoleArgs {
    /** Service account that reads. Strimzi names that of a Connect cluster NAME-connect. */
    serviceAccount: string;
    /** Namespace of the service account. */
    namespace: pulumi.Input<string>;
    /** Names of the Secrets that it may read, by their namespace. */
    secrets: { [namespace: string]: string[] };
}

/**
 * The right of the Connect workers to read Secrets of Kubernetes, each by its name: they can neither list Secrets nor
 * read others.
 *
 * ```ts
 * new SecretReaderRole("secrets", {
 *     serviceAccount: "connect-connect",
 *     namespace: "kafka-connect",
 *     secrets: { "kafka-connect": ["orders-db"] },
 * }, { provider });
 * ```
 */
export class SecretReaderRole extends pulumi.ComponentResource {
    /** Name of each Role and RoleBinding. */
    public readonly roleName: string;

    constructor(name: string, args: SecretReaderRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("SecretReaderRole"), name, args, componentOptions(name, opts, "KubernetesSecretsAccess"));
        const { serviceAccount } = args;
        this.roleName = `${serviceAccount}-secrets`;
        for (const [namespace, names] of Object.entries(args.secrets)) {
            const metadata = objectMetadata(this.roleName, namespace);
            const role = new rbac.Role(
                `${name}-${namespace}`,
                { metadata, rules: readSecrets(names) },
                childOptions(this, opts),
            );
            new rbac.RoleBinding(
                `${name}-${namespace}-binding`,
                {
                    metadata,
                    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: this.roleName },
                    subjects: [{ kind: "ServiceAccount", name: serviceAccount, namespace: args.namespace }],
                },
                childOptions(this, opts, { dependsOn: role }),
            );
        }
        this.registerOutputs({ roleName: this.roleName });
    }
}
