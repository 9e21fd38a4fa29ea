/** The size of the workers' IAM policies, which grows with the connectors of the stack. */
import { mskPolicyOf } from "../aws/mskPolicies";
import { rolePolicyLimit, secretsPolicy } from "../aws/policies";
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { mergeAcls } from "../strimzi/acls";
import { awsSecretNames } from "../strimzi/awsSecrets";
import { aclsOfWorkers } from "../strimzi/connectorTopics";

const anyAccount = "123456789012";

export function checkRolePolicies(
    { eks, secrets, kafka, connect }: ParsedSections,
    connectors: readonly ResolvedConnector[],
): Issue[] {
    if (!connect || eks?.permissions !== "declared-connectors") return [];
    const region = secrets?.region ?? eks.region ?? "";
    const clusterArn = kafka?.authentication.clusterArn;
    const policies = [
        ...(secrets?.provider === "aws-secrets-manager"
            ? [
                  secretsPolicy(
                      region,
                      anyAccount,
                      { names: awsSecretNames(secrets, connectors, connect.config) },
                      secrets.kmsKeyArns,
                  ),
              ]
            : []),
        ...(clusterArn ? [mskPolicyOf(clusterArn, mergeAcls(aclsOfWorkers(connect, connectors)))] : []),
    ];
    const length = policies.reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
    if (length <= rolePolicyLimit) return [];
    return [
        invalidValue(["eks", "permissions"], eks.permissions, "any-connector", {
            reason:
                `the policies of the connectors have ${length} characters, and IAM allows ${rolePolicyLimit} for ` +
                "those of a role",
        }),
    ];
}
