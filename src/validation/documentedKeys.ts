/**
 * Configuration keys that are valid although the plugin's own list does not have them: they are documented, and
 * libraries or drivers of the plugin read them.
 */

const documentedKeys: readonly { classes: RegExp; keys: readonly RegExp[] }[] = [
    {
        classes: /^io\.debezium\.connector\./,
        keys: [/^topic\.(heartbeat\.prefix|delimiter|transaction|cache\.size)$/, /^signal\.file$/],
    },
    {
        classes: /\.(MySqlConnector|MariaDbConnector)$/,
        keys: [/^binary\.handling\.mode$/, /^field\.name\.adjustment\.mode$/, /^read\.only$/, /^database\.[\w.]+$/],
    },
    {
        classes: /\.PostgresConnector$/,
        keys: [/^read\.only$/, /^offset\.mismatch\.strategy$/, /^slot\.seek\.to\.known\.offset\.on\.start$/],
    },
    {
        classes: /\.MongoDbConnector$/,
        keys: [/^capture\.(scope|target)$/, /^mongodb\.ssl\.(keystore|truststore)(\.\w+)?$/, /^cursor\.[\w.]+$/],
    },
    { classes: /\.JdbcSinkConnector$/, keys: [/^use\.reduction\.buffer$/, /^connection\.provider$/] },
];

/** Keys whose value lists names; keys that start with one of these names belong to what it names. */
const nameLists: readonly [key: string, prefix: string][] = [
    ["converters", ""],
    ["post.processors", ""],
    ["transforms", "transforms."],
    ["predicates", "predicates."],
];

/** Whether a key that the plugin does not list is valid for a connector. */
export const isDocumentedKey = (
    key: string,
    { class: className, config }: { class: string; config: Readonly<Record<string, unknown>> },
): boolean =>
    documentedKeys.some(({ classes, keys }) => classes.test(className) && keys.some((pattern) => pattern.test(key))) ||
    nameLists.some(([list, prefix]) =>
        String(config[list] ?? "")
            .split(",")
            .map((name) => name.trim())
            .some((name) => name !== "" && key.startsWith(`${prefix}${name}.`)),
    );
