/** Tables that two connectors capture: the database is read twice, and each change arrives in two topics. */
import { withoutEscapes } from "../connectors/names";
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { listItems } from "../util/listItems";

/** An item of an include list: a name, or a regular expression of names. */
interface IncludeItem {
    readonly text: string;
    /** The name, where the item is one: without escapes. */
    readonly name: string;
    readonly matches: (name: string) => boolean;
}

function includeItem(text: string): IncludeItem {
    const name = withoutEscapes(text);
    try {
        const pattern = new RegExp(`^(?:${text})$`);
        return { text, name, matches: (other) => pattern.test(other) };
    } catch {
        // an expression of Java's syntax that JavaScript does not have
        return { text, name, matches: () => false };
    }
}

/** Whether two items certainly have a table in common. */
const overlap = (one: IncludeItem, other: IncludeItem): boolean =>
    one.text === other.text || one.matches(other.name) || other.matches(one.name);

const includeLists = ["table.include.list", "collection.include.list"];

/** The include list of the final configuration, split at its commas. */
const includeListOf = ({ config }: ResolvedConnector): string[] =>
    includeLists.flatMap((key) => listItems(config[key]));

/** The databases that a connector reads, by every name that another connector can have for them. */
function databasesOf({ class: className, config, capturedTables }: ResolvedConnector): string[] {
    const host = config["mongodb.connection.string"] ?? config["database.hostname"];
    const names = [capturedTables?.database, host && `${host}/${config["database.dbname"] ?? ""}`];
    return names.filter((name) => name !== undefined && name !== "").map((name) => `${className} ${name}`);
}

interface Reader {
    readonly declaredAt: string;
    readonly databases: readonly string[];
    readonly items: readonly IncludeItem[];
}

/** An issue for each connector that reads a table of an earlier one. */
export function checkCapturedTables(connectors: readonly ResolvedConnector[]): Issue[] {
    const readers: Reader[] = [];
    return connectors.flatMap((connector) => {
        const tables = includeListOf(connector);
        const reader = {
            declaredAt: connector.declaredAt,
            databases: databasesOf(connector),
            items: tables.map(includeItem),
        };
        const earlier = readers.find(
            (other) =>
                other.databases.some((name) => reader.databases.includes(name)) &&
                other.items.some((item) => reader.items.some((own) => overlap(own, item))),
        );
        readers.push(reader);
        return earlier
            ? [
                  issue(
                      "KCP_TABLE_CAPTURED_TWICE",
                      ["connectors", connector.index],
                      `${earlier.declaredAt} captures a table of ${tables.join(", ")} too; ` +
                          "remove it from one of them",
                  ),
              ]
            : [];
    });
}
