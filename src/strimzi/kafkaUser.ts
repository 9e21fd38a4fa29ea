/** Users of a Kafka cluster: those of the stack file, and those that the stack's own parts log in as. Pure. */
import type { KafkaUserSpec } from "../release/types/kafkaUserSpec";
import type { Acl, UserSettings } from "../schema/kafkaAccess";
import { compact } from "../util/data";
import { mergeAcls, strimziAcl } from "./acls";

export type UserAuthentication = NonNullable<UserSettings["authentication"]>;

/** A user of the stack's Kafka cluster. */
export interface KafkaUserDefinition {
    readonly name: string;
    readonly authentication: UserAuthentication;
    readonly acls: readonly Acl[];
    readonly quotas?: UserSettings["quotas"];
    /** Labels and annotations of its KafkaUser. */
    readonly metadata?: UserSettings["metadata"];
}

/**
 * The `spec` of a KafkaUser. In a cluster without authorization the user operator rejects users with ACLs, so these
 * are left out.
 */
export function kafkaUserSpec(
    { authentication, acls, quotas }: KafkaUserDefinition,
    authorization: boolean,
): KafkaUserSpec {
    return compact({
        authentication: { type: authentication },
        authorization: authorization ? { type: "simple", acls: mergeAcls(acls).map(strimziAcl) } : undefined,
        quotas: quotas && compact(quotas),
    });
}
