/** Placeholders of other tools, which Connect hands to the plugin as they are: a login with one fails. */
import type { ResolvedConnector } from "../../connectors/template";
import type { Finding, PluginRule } from "./rule";

/** Keys of addresses and logins. In other keys, such as replacements, dollars and braces have a meaning. */
const keys = /(^|[._-])(hostname|host|port|ur[il]|dbname|user|username|password|connection[._]string|servers)$/i;

/** `${NAME}` without a provider, `$PROVIDER:…` without braces, Helm's and Jinja's braces, and `<your-name>`. */
const placeholder = /(\$\{[^:}]*\}|^\$\w+:\S+|\{\{.*?\}\}|^<[^<>]+>$|^%\w+%$|\$\(\w+\))/;

/** A reference in quotes, which become part of the value. */
const quoted = /^(["'])\$\{[^}]+\}\1$/;

function problem(value: unknown): string | undefined {
    const text = String(value);
    if (quoted.test(text)) return "has quotes around the reference, which become part of the value; remove them";
    return placeholder.test(text)
        ? "contains a placeholder that nothing replaces; Connect replaces ${PROVIDER:SECRET:KEY} only"
        : undefined;
}

const check = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config).flatMap(([key, value]): Finding[] => {
        const message = keys.test(key) ? problem(value) : undefined;
        return message === undefined ? [] : [{ code: "KCP_UNRESOLVABLE_REFERENCE", key, message, isWarning: true }];
    });

export const placeholderRules: readonly PluginRule[] = [{ classes: /./, check }];
