/**
 * Debezium's lists that name tables and columns: an item of a table that is not captured has no effect, and Debezium
 * does not report it. Columns that it names are published unmasked.
 */
import { expressionItems } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { firstFew } from "../../util/firstFew";
import { listItems } from "../../util/listItems";
import { messageKeys } from "./messageKeys";
import { isReference, type Finding, type PluginRule } from "./rule";
import { canMatchColumn, canMatchTable, capturedPatterns, tableNames } from "./tableMatching";

type Config = ResolvedConnector["config"];

interface NameList {
    readonly key: RegExp;
    /** What an item names, as Debezium's documentation writes it. */
    readonly form: string;
    readonly items: (value: unknown) => string[];
    readonly canMatch: (item: string, patterns: readonly string[]) => boolean;
}

const columns = { items: expressionItems, canMatch: canMatchColumn };

const relationalLists: readonly NameList[] = [
    {
        key: new RegExp(
            "^column\\.((include|exclude)\\.list|mask\\.(with\\.\\d+\\.chars|hash\\..+)|truncate\\.to\\.\\d+\\.chars|" +
                "propagate\\.source\\.type)$",
        ),
        form: "TABLE.COLUMN",
        ...columns,
    },
    {
        key: /\.reselect\.columns\.(include|exclude)\.list$/,
        form: "TABLE:COLUMN",
        ...columns,
        items: (value) => expressionItems(value).map((item) => item.replace(":", ".")),
    },
    {
        key: /^message\.key\.columns$/,
        form: "TABLE:COLUMN",
        // an item without a colon is reported by itself
        items: (value) =>
            messageKeys(value)
                .filter(({ columns }) => columns.length > 0)
                .map(({ table }) => table),
        canMatch: canMatchTable,
    },
    {
        key: /^replica\.identity\.autoset\.values$/,
        form: "TABLE:IDENTITY",
        items: (value) => expressionItems(value).map((item) => item.split(":")[0]),
        canMatch: canMatchTable,
    },
    { key: /^snapshot\.select\.statement\.overrides$/, form: "TABLE", items: listItems, canMatch: canMatchTable },
    { key: /^snapshot\.include\.collection\.list$/, form: "TABLE", items: expressionItems, canMatch: canMatchTable },
];

/** In MongoDB's lists of fields `*` stands for any characters of a name. */
const fieldExpression = (item: string): string => item.replace(/:.*$/, "").replace(/\*/g, ".*");

const documentLists: readonly NameList[] = [
    {
        key: /^field\.(exclude\.list|renames)$/,
        form: "DATABASE.COLLECTION.FIELD",
        items: (value) => listItems(value).map(fieldExpression),
        canMatch: canMatchColumn,
    },
    { key: /^snapshot\.include\.collection\.list$/, form: "TABLE", items: expressionItems, canMatch: canMatchTable },
    { key: /^snapshot\.collection\.filter\.overrides$/, form: "TABLE", items: listItems, canMatch: canMatchTable },
];

/** Some lists of PostgreSQL's tables begin with the database, some do not; Debezium accepts either in most. */
const withoutDatabase = (item: string, { "database.dbname": name }: Config): string =>
    name !== undefined && item.startsWith(`${name}.`) && item.split(".").length > 2
        ? item.slice(String(name).length + 1)
        : item;

/** The form of a table's name. */
const tableForm = (className: string): string =>
    className.endsWith(".PostgresConnector") ? "SCHEMA.TABLE" : "DATABASE.TABLE";

function check(connector: ResolvedConnector, lists: readonly NameList[]): Finding[] {
    const { class: className, config, template } = connector;
    const given = lists.flatMap((list) =>
        Object.keys(config)
            .filter((key) => list.key.test(key) && !isReference(config[key]))
            .map((key) => ({ ...list, key })),
    );
    const patterns = given.length === 0 ? undefined : capturedPatterns(connector);
    if (!patterns) return [];
    return given.flatMap(({ key, form, items, canMatch }): Finding[] => {
        const written = items(config[key]);
        const read = (item: string) => (canMatch === canMatchTable ? withoutDatabase(item, config) : item);
        const unmatched = written.filter((item) => !canMatch(read(item), patterns));
        if (unmatched.length === 0) return [];
        const table = canMatch === canMatchTable ? unmatched[0] : unmatched[0].replace(/\.[^.]*$/, "");
        const hint = didYouMean(table, tableNames(patterns));
        const message =
            `no captured table matches ${unmatched[0]}, which has no effect: expected ` +
            `${form.replace("TABLE", tableForm(className))} of ${firstFew(patterns, 3)}${hint}`;
        // a part of a list, or one that already runs, can be left from a table that is no longer captured
        const isWarning = unmatched.length < written.length || template === "raw";
        return [{ code: "KCP_UNUSED_SETTING", key, message, isWarning }];
    });
}

const statementList = "snapshot.select.statement.overrides";

/** A statement of a table that is not listed, and a listed table without a statement: both are ignored. */
function checkStatements({ config }: ResolvedConnector): Finding[] {
    const listed = listItems(config[statementList]);
    const withStatement = Object.keys(config)
        .filter((key) => key.startsWith(`${statementList}.`))
        .map((key) => key.slice(statementList.length + 1));
    const missing = listed
        .filter((table) => !withStatement.includes(table))
        .map((table): Finding => ({
            code: "KCP_UNDECLARED_NAME",
            key: statementList,
            message:
                `lists "${table}", but ${statementList}.${table} is not set: the snapshot reads the whole table` +
                didYouMean(table, withStatement),
        }));
    const unlisted = withStatement
        .filter((table) => !listed.includes(table))
        .map((table): Finding => ({
            code: "KCP_UNUSED_SETTING",
            key: `${statementList}.${table}`,
            message: `unused: ${statementList} does not list "${table}"`,
            isWarning: true,
        }));
    // a misspelt name is one cause
    return missing.length > 0 ? missing : unlisted;
}

export const capturedListRules: readonly PluginRule[] = [
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./,
        check: (connector) => check(connector, relationalLists),
    },
    { classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./, check: checkStatements },
    { classes: /^io\.debezium\.connector\.mongodb\./, check: (connector) => check(connector, documentLists) },
];
