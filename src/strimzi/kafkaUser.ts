/** Users of a Kafka cluster: those of the stack file, and those that the stack's own parts log in as. Pure. */
import type { Acl, UserSettings } from "../schema/kafkaAccess";
import { compact } from "../util/data";
import { mergeAcls, strimziAcl } from "./acls";

export type UserAuthentication = NonNullable<UserSettings["authentication"]>;

/** A user as it will be made. */
export interface KafkaUserDefinition {
    readonly name: string;
    readonly authentication: UserAuthentication;
    readonly acls: readonly Acl[];
    readonly quotas?: UserSettings["quotas"];
}

/** The `spec` of a KafkaUser. Without authorization in the cluster the user operator refuses users with rules, so they have none. */
export function kafkaUserSpec(
    { authentication, acls, quotas }: KafkaUserDefinition,
    authorization: boolean,
): Record<string, unknown> {
    return compact({
        authentication: { type: authentication },
        authorization: authorization ? { type: "simple", acls: mergeAcls(acls).map(strimziAcl) } : undefined,
        quotas: quotas && compact(quotas),
    });
}
