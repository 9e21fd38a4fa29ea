/** References of a login that are the same or seem to be swapped: the server rejects the login, or cannot be found. */
import type { ResolvedConnector } from "../../connectors/template";
import { isReference, type Finding, type PluginRule } from "./rule";

/** Keys whose values differ. */
const pairs = [
    ["database.user", "database.password"],
    ["connection.username", "connection.password"],
    ["mongodb.user", "mongodb.password"],
    ["oauth2.client.id", "oauth2.client.secret"],
    ["database.hostname", "database.port"],
] as const;

const lastPart = (reference: string): string => /([^:}]*)\}$/.exec(reference)?.[1] ?? "";

function problem(one: string, other: string): string | undefined {
    if (one === other) return "is the same reference";
    const [first, second] = [lastPart(one), lastPart(other)];
    return /pass|pwd|secret/i.test(first) && /user|login|client_?id/i.test(second)
        ? `refers to ${first}, and ${second} is the password; they seem to be swapped`
        : undefined;
}

const check = ({ config }: ResolvedConnector): Finding[] =>
    pairs
        .filter(([one, other]) => isReference(config[one]) && isReference(config[other]))
        .flatMap(([one, other]): Finding[] => {
            const reason = problem(String(config[one]), String(config[other]));
            if (reason === undefined) return [];
            const message = reason.startsWith("is the same") ? `${reason} as ${other}` : reason;
            return [{ code: "KCP_CONFLICTING_SETTINGS", key: one, message, isWarning: true }];
        });

export const loginRules: readonly PluginRule[] = [{ classes: /./, check }];
