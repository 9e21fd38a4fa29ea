/** The size of the workers' IAM policies, which grows with the connectors of the stack. */
import { mskPolicyOf } from "../aws/mskPolicies";
import { rolePolicyLimit, secretsPolicy } from "../aws/policies";
import type { ResolvedConnector } from "../connectors/template";
import { usesExactlyOnce } from "../schema/connect";
import { invalidValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { connectAcls, mergeAcls } from "../strimzi/acls";
import { awsSecretNames } from "../strimzi/awsSecrets";
import { connectorTopics } from "../strimzi/connectorTopics";

const lengthOf = (policy: object): number => JSON.stringify(policy).length;
const anyAccount = "123456789012";

export function checkRolePolicies(
    { eks, secrets, kafka, connect }: ParsedSections,
    connectors: readonly ResolvedConnector[],
): Issue[] {
    if (!connect || eks?.permissions !== "declared-connectors") return [];
    const region = secrets?.region ?? eks.region ?? "";
    const clusterArn = kafka?.authentication.clusterArn;
    const length =
        (secrets?.provider === "aws-secrets-manager"
            ? lengthOf(
                  secretsPolicy(
                      region,
                      anyAccount,
                      { names: awsSecretNames(secrets, connectors, connect.config) },
                      secrets.kmsKeyArns,
                  ),
              )
            : 0) +
        (clusterArn
            ? lengthOf(
                  mskPolicyOf(
                      clusterArn,
                      mergeAcls(connectAcls(connect, connectorTopics(connectors), usesExactlyOnce(connect))),
                  ),
              )
            : 0);
    if (length <= rolePolicyLimit) return [];
    return [
        invalidValue(["eks", "permissions"], eks.permissions, "any-connector", {
            reason:
                `the policies of the connectors have ${length} characters, and IAM allows ${rolePolicyLimit} for ` +
                "those of a role",
        }),
    ];
}
