/**
 * Exclude lists of Debezium's sources that leave out everything, or tables that an include list selects: a source
 * captures what all of its lists allow (RelationalTableFilters). And names with too many parts.
 */
import { withoutEscapes } from "../../connectors/names";
import { expressionItems, isLiteral, matchesTable } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { firstFew } from "../../util/firstFew";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";
import { includeListOf } from "./tableMatching";

type Config = ResolvedConnector["config"];

/** Expressions of every name, and of every name with a dot. */
const everyName = /^\^?(\.\*|\.\+)\$?$/;
const everyTable = /^\^?\.[*+](\\?\.\.[*+])?\$?$/;

function excludesAll({ config }: ResolvedConnector): Finding[] {
    const lists: [key: string, all: RegExp][] = [
        ["table.exclude.list", everyTable],
        ["collection.exclude.list", everyTable],
        ["schema.exclude.list", everyName],
        ["database.exclude.list", everyName],
    ];
    return lists
        .filter(([key, all]) => expressionItems(config[key]).some((item) => all.test(item)))
        .map(([key]) => invalid(key, "excludes every table, and the connector captures nothing"));
}

/** The exclude list of what contains the tables, by class, and which part of a table's name it is about. */
const containers = (className: string): "schema" | "database" =>
    className.endsWith(".PostgresConnector") ? "schema" : "database";

/** Tables that are included by name, in a schema or database that is excluded. */
function checkExcluded({ class: className, config }: ResolvedConnector): Finding[] {
    const tables = includeListOf(className);
    if (tables === undefined) return [];
    const key = `${containers(className)}.exclude.list`;
    const excluded = expressionItems(config[key]);
    const items = expressionItems(config[tables]);
    if (excluded.length === 0 || items.length === 0 || [...excluded, ...items].some(isReference)) return [];
    const named = items.filter(isLiteral).map(withoutEscapes);
    const lost = named.filter((name) => name.includes(".") && matchesTable(excluded, name.split(".")[0]));
    if (lost.length === 0) return [];
    const message = `excludes ${firstFew(lost)} of ${tables}, and they are not captured`;
    return [{ code: "KCP_CONFLICTING_SETTINGS", key, message, isWarning: lost.length < items.length }];
}

const listKeys = ["table.include.list", "table.exclude.list"];

const isDatabaseOf = (name: string, { "database.dbname": database }: Config): boolean =>
    database !== undefined && !isReference(database) && name === String(database);

/** Names of three parts, as other tools write them: Debezium compares SCHEMA.TABLE or DATABASE.TABLE. */
function checkParts({ class: className, config, overriddenKeys }: ResolvedConnector): Finding[] {
    const form = className.endsWith(".PostgresConnector") ? "SCHEMA.TABLE" : "DATABASE.TABLE";
    return listKeys.flatMap((key): Finding[] => {
        const item = expressionItems(config[key]).find(
            (text) => isLiteral(text) && !isReference(text) && withoutEscapes(text).split(".").length > 2,
        );
        if (item === undefined) return [];
        const name = withoutEscapes(item);
        const [first, ...rest] = name.split(".");
        const isQualified = form === "SCHEMA.TABLE" && rest.length === 2 && isDatabaseOf(first, config);
        // names of the templates can have dots
        const isWritten = overriddenKeys.includes(key);
        if (!isWritten && !isQualified) return [];
        const isCertain = isWritten && isQualified;
        const fix = isQualified ? `; write ${rest.join(".")}` : "";
        return [invalid(key, `expected ${form}, received ${name}, which matches no table${fix}`, !isCertain)];
    });
}

/** An item as a JSON array is written: a class of characters, which matches a name of one character. */
const checkBrackets = ({ config }: ResolvedConnector): Finding[] =>
    Object.keys(config)
        .filter((key) => /^(database|schema|table|collection|column)\.(in|ex)clude\.list$/.test(key))
        .filter((key) => /^\s*\[\s*["'][^]*\]\s*$/.test(String(config[key])))
        .map((key) => invalid(key, "expected names separated by commas, received a JSON array, which matches no name"));

/** The plugin passes unknown keys of `database.` to the driver. */
const checkDatabaseName = ({ config }: ResolvedConnector): Finding[] =>
    config["database.dbname"] === undefined
        ? []
        : [
              {
                  code: "KCP_UNUSED_SETTING",
                  key: "database.dbname",
                  message: "unused: a MySQL source reads the databases of database.include.list",
                  isWarning: true,
              },
          ];

const sources = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./;
const relational = /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./;

export const emptyCaptureRules: readonly PluginRule[] = [
    { classes: sources, check: excludesAll },
    { classes: sources, check: checkExcluded },
    { classes: relational, check: checkParts },
    { classes: sources, check: checkBrackets },
    { classes: /\.(MySqlConnector|MariaDbConnector)$/, check: checkDatabaseName },
];
