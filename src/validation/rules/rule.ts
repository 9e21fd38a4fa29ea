/** A rule about the configuration of some connector classes. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import type { IssueCode } from "../../schema/issueCodes";

/** Something wrong with a key of the configuration. */
export interface Finding {
    readonly code: IssueCode;
    readonly key: string;
    readonly message: string;
    /** Whether it is probably wrong rather than certainly. */
    readonly isWarning?: boolean;
}

export interface PluginRule {
    /** The classes that the rule is about. */
    readonly classes: RegExp;
    readonly check: (connector: ResolvedConnector, context: ConnectContext) => Finding[];
}

/** The keys that are not set, each with the reason why it is required. */
export const requiredKeys = (
    { config }: Pick<ResolvedConnector, "config">,
    keys: readonly string[],
    reason: string,
): Finding[] =>
    keys
        .filter((key) => config[key] === undefined || config[key] === "")
        .map((key) => ({ code: "KCP_MISSING_CONFIG_KEY", key, message: `required; ${reason}` }));
