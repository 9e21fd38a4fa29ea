/** ACLs against what Kafka knows of each resource. */
import { isIP } from "node:net";
import { invalidValue, type Issue, type SettingPath } from "../schema/issues";
import type { Acl } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";

/** Operations that a resource supports (AclEntry.supportedOperations in Kafka), without `All`. */
const operations: Readonly<Record<Acl["resource"], readonly string[]>> = {
    topic: ["Read", "Write", "Create", "Delete", "Alter", "Describe", "DescribeConfigs", "AlterConfigs"],
    group: ["Read", "Describe", "Delete", "DescribeConfigs", "AlterConfigs"],
    cluster: ["Create", "Alter", "Describe", "ClusterAction", "DescribeConfigs", "AlterConfigs", "IdempotentWrite"],
    transactionalId: ["Describe", "Write"],
};

const lists = ({ kafkaAccess, kafkaCluster }: ParsedSections): [readonly Acl[], SettingPath][] => [
    [kafkaCluster?.connectAcls ?? [], ["kafkaCluster", "connectAcls"]],
    ...(kafkaAccess?.users ?? []).map(({ acls }, index): [readonly Acl[], SettingPath] => [
        acls,
        ["kafkaAccess", "users", index, "acls"],
    ]),
];

export const checkAcls = (sections: ParsedSections): Issue[] =>
    lists(sections).flatMap(([acls, at]) => acls.flatMap((acl, index) => aclIssues(acl, [...at, index])));

function aclIssues({ resource, operations: given, host }: Acl, at: SettingPath): Issue[] {
    const known = operations[resource];
    const unknown = given.flatMap((operation, index): Issue[] =>
        operation === "All" || known.includes(operation)
            ? []
            : [
                  invalidValue(
                      [...at, "operations", index],
                      operation,
                      `an operation of the resource ${resource}: ${known.join(", ")}, All`,
                  ),
              ],
    );
    const hostIssue =
        host === undefined || host === "*" || isIP(host) > 0
            ? []
            : [
                  invalidValue([...at, "host"], host, "an IP address, or * for every address", {
                      reason: "Kafka compares the address of a client, never its name or network",
                  }),
              ];
    return [...unknown, ...hostIssue];
}
