/** Debezium's keys of columns against each other: masks of columns that are not published, and their hash functions. */
import { expressionItems, isLiteral, matchesTable } from "../../connectors/tablePatterns";
import { withoutEscapes } from "../../connectors/names";
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { messageKeys } from "./messageKeys";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

/** Names of Java's hash functions (MessageDigest), which it compares without case. */
const hashFunctions = ["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/256", "SHA3-256"];

const isHashFunction = /^(MD2|MD5|SHA|SHA-?1|SHA-?(224|256|384|512)(\/(224|256))?|SHA3-(224|256|384|512))$/i;

const hashKey = /^column\.mask\.hash\.(?:v2\.)?(.*?)\.with\.salt\./;

function checkHash(key: string): Finding[] {
    const name = hashKey.exec(key)?.[1];
    if (name === undefined || isHashFunction.test(name)) return [];
    const message =
        `Java has no hash function ${JSON.stringify(name)}, and the task fails; ` +
        `expected one such as SHA-256${didYouMean(name, hashFunctions)}`;
    return [invalid(key, message)];
}

const transformed = /^column\.(mask\.(with\.\d+\.chars|hash\..+)|truncate\.to\.\d+\.chars)$/;

/** The names of the columns of keys, with their tables. */
const keyColumns = (value: unknown): string[] =>
    messageKeys(value).flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));

function check({ config }: ResolvedConnector): Finding[] {
    const keys = Object.keys(config).filter((key) => transformed.test(key) || key === "message.key.columns");
    if (keys.length === 0) return [];
    const included = expressionItems(config["column.include.list"]);
    const excluded = expressionItems(config["column.exclude.list"]);
    const isPublished = (column: string) =>
        !matchesTable(excluded, column) && (included.length === 0 || matchesTable(included, column));
    return keys.flatMap((key): Finding[] => {
        const hash = checkHash(key);
        if (hash.length > 0 || isReference(config[key])) return hash;
        const isKey = key === "message.key.columns";
        const columns = isKey ? keyColumns(config[key]) : expressionItems(config[key]);
        const column = columns
            .filter(isLiteral)
            .map(withoutEscapes)
            .find((name) => !isPublished(name));
        if (column === undefined) return [];
        const list = matchesTable(excluded, column) ? "column.exclude.list has it" : "column.include.list lacks it";
        return isKey
            ? [{ code: "KCP_CONFLICTING_SETTINGS", key, message: `needs ${column}, but ${list}`, isWarning: true }]
            : [{ code: "KCP_UNUSED_SETTING", key, message: `unused for ${column}: ${list}`, isWarning: true }];
    });
}

export const columnListRules: readonly PluginRule[] = [
    { classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|sqlserver|oracle)\./, check },
];
