/** Placeholders of other tools, which Connect hands to the plugin as they are: a login with one fails. */
import type { ResolvedConnector } from "../../connectors/template";
import type { Finding, PluginRule } from "./rule";

/** Keys of addresses and logins. In other keys, such as replacements, dollars and braces have a meaning. */
const keys = /(^|[._-])(hostname|host|port|ur[il]|dbname|user|username|password|connection[._]string|servers)$/i;

/** `${NAME}` without a provider, `$PROVIDER:…` without braces, Helm's and Jinja's braces, and `<your-name>`. */
const placeholder = /(\$\{[^:}]*\}|^\$\w+:\S+|\{\{.*?\}\}|^<[^<>]+>$|^%\w+%$)/;

const check = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config)
        .filter(([key, value]) => keys.test(key) && placeholder.test(String(value)))
        .map(([key]) => ({
            code: "KCP_UNRESOLVABLE_REFERENCE",
            key,
            message: "contains a placeholder that nothing replaces; Connect replaces ${PROVIDER:SECRET:KEY} only",
            isWarning: true,
        }));

export const placeholderRules: readonly PluginRule[] = [{ classes: /./, check }];
