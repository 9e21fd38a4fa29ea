import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { readSecrets } from "../src/strimzi/kubernetesSecrets";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of KubernetesSecretsAccess. */
export interface SecretReaderRoleArgs {
    /** The service account that reads, and its namespace. */
    serviceAccount: string;
    namespace: string;
    /** The Secrets it may read, by namespace. */
    secrets: ReadonlyMap<string, readonly string[]>;
}

/** The workers' right to read the Secrets that connectors refer to, each by its name: no list, no other Secret. */
export class SecretReaderRole extends pulumi.ComponentResource {
    constructor(name: string, args: SecretReaderRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("KubernetesSecretsAccess"), name, {}, opts);
        for (const [namespace, names] of args.secrets) {
            const metadata = {
                name: `${args.serviceAccount}-secrets`,
                namespace,
                labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" },
            };
            const role = new rbac.Role(
                `${name}-${namespace}`,
                { metadata, rules: readSecrets(names) },
                childOptions(this, opts),
            );
            new rbac.RoleBinding(
                `${name}-${namespace}-binding`,
                {
                    metadata,
                    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
                    subjects: [{ kind: "ServiceAccount", name: args.serviceAccount, namespace: args.namespace }],
                },
                childOptions(this, opts, { dependsOn: role }),
            );
        }
        this.registerOutputs({});
    }
}
