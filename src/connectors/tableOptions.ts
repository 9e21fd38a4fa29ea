/**
 * The options that select the tables of a Debezium source: one, several, by pattern, or all of a schema or database.
 * The databases differ in their terms for tables (collections) and for what contains them (schema, database).
 */
import { z } from "zod";
import { array, object, string } from "../schema/primitives";

/** A table: a name, or an object with a name of any characters or a pattern. */
export type TableItem = string | { name?: string; pattern?: string; schema?: string; database?: string };

/** The terms of a kind of database. */
export interface TableTerms {
    /** What contains tables. */
    container: "schema" | "database";
    /** The term for tables, and the options for one and several. */
    table: "table" | "collection";
}

const oneLine = (what: string) => string(`the name of a ${what}, on one line`, /^[^\r\n]+$/);

/** A table as an item of an array. */
const tableItem = ({ container, table }: TableTerms): z.ZodType<TableItem> =>
    z.union(
        [
            oneLine(table),
            object({
                [container]: oneLine(container).optional().describe(`Its ${container}. Default: source.${container}`),
                name: oneLine(table).optional().describe("Its name, in which any character is literal"),
                pattern: string("a regular expression without a comma", /^[^,\r\n]+$/)
                    .optional()
                    .describe(`Regular expression of the whole name, in Java's syntax. Excludes \`name\``),
            }).refine((item) => (item.name === undefined) !== (item.pattern === undefined), {
                error: "either name or pattern",
            }),
        ],
        { error: `the name of a ${table}, or an object with name or pattern` },
    ) as unknown as z.ZodType<TableItem>;

/** The option for several tables. */
export const tablesOption = (terms: TableTerms) =>
    array(tableItem(terms)).describe(
        `Names of the ${terms.table}s, or objects with \`pattern\`, a regular expression. Excludes \`${terms.table}\``,
    );

/** The option for all tables of schemas or databases. */
export const containersOption = ({ container, table }: TableTerms) =>
    z
        .union([z.array(oneLine(container)).min(1), z.literal("all")], {
            error: `an array of names of ${container}s, or all`,
        })
        .optional()
        .describe(`Names of ${container}s of which all ${table}s are captured, or \`all\`. Excludes \`${table}\``);

/** The option for tables to leave out. */
export const excludeOption = (terms: TableTerms) =>
    array(tableItem(terms)).describe(
        `The ${terms.table}s to leave out of what the patterns and \`${terms.container}s\` select`,
    );
