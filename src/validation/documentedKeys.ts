/**
 * Configuration keys that are valid although the plugin's own list does not have them: they are documented, and
 * libraries or drivers of the plugin read them.
 */

const documentedKeys: readonly { classes: RegExp; keys: readonly RegExp[] }[] = [
    {
        classes: /^io\.debezium\.connector\./,
        keys: [
            /^topic\.(heartbeat\.prefix|delimiter|transaction|cache\.size)$/,
            /^signal\.file$/,
            /^column\.mask\.hash\.v2\./,
        ],
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

/** Whether a key that the plugin does not list is valid for a class. */
export const isDocumentedKey = (key: string, className: string): boolean =>
    documentedKeys.some(({ classes, keys }) => classes.test(className) && keys.some((pattern) => pattern.test(key)));
