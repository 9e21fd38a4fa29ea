/** A rule about the configuration of some connector classes. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import type { IssueCode } from "../../schema/issueCodes";
import { didYouMean } from "../../util/nearest";

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

/** A value that the plugin rejects or, as a warning, that is probably wrong. */
export const invalid = (key: string, message: string, isWarning = false): Finding => ({
    code: "KCP_INVALID_CONFIG_VALUE",
    key,
    message,
    isWarning,
});

/** Whether a value contains a reference, whose content is not known. */
export const isReference = (value: unknown): boolean => String(value).includes("${");

/**
 * The keys with a value that is not one of those that are listed for them, which are in lower case.
 *
 * @param anyCase whether the plugin accepts other cases
 */
export const unlistedValues = (
    { config }: Pick<ResolvedConnector, "config">,
    listed: Readonly<Record<string, readonly string[]>>,
    anyCase = true,
): Finding[] =>
    Object.entries(listed)
        .filter(([key]) => config[key] !== undefined && !isReference(config[key]))
        .filter(([key, values]) => {
            const value = String(config[key]).trim();
            return !values.includes(anyCase ? value.toLowerCase() : value);
        })
        .map(([key, values]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message:
                `expected one of ${values.join(", ")}, received ${JSON.stringify(config[key])}` +
                didYouMean(String(config[key]), values),
        }));

/** The keys that are not set, each with the reason why it is required. */
export const requiredKeys = (
    { config }: Pick<ResolvedConnector, "config">,
    keys: readonly string[],
    reason: string,
): Finding[] =>
    keys
        .filter((key) => config[key] === undefined || config[key] === "")
        .map((key) => ({ code: "KCP_MISSING_CONFIG_KEY", key, message: `required; ${reason}` }));
