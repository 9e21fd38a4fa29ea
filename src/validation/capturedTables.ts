/** Tables that two connectors capture: the database is read twice, and each change arrives in two topics. */
import { literalPattern, withoutEscapes } from "../connectors/names";
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { listItems } from "../util/listItems";
import { capturedPatterns } from "./rules/tableMatching";

/** An item of an include list: a name, or a regular expression of names. */
interface IncludeItem {
    readonly text: string;
    /** The name, where the item is one: without escapes. */
    readonly name: string;
    /** Undefined for a name. */
    readonly pattern?: RegExp;
}

function includeItem(text: string): IncludeItem {
    const name = withoutEscapes(text);
    if (literalPattern(name) === text) return { text, name };
    try {
        return { text, name, pattern: new RegExp(`^(?:${text})$`) };
    } catch {
        // an expression of Java's syntax that JavaScript does not have
        return { text, name, pattern: /$^/ };
    }
}

/** Who reads the tables of a database: connectors by the name of a table, and those with patterns. */
class DatabaseReaders {
    private readonly byName = new Map<string, string>();
    private readonly patterns: { item: IncludeItem; reader: string }[] = [];

    /** The connector that reads a table of an item too. */
    find(item: IncludeItem): string | undefined {
        const { text, name, pattern } = item;
        const sameName = this.byName.get(name);
        if (sameName) return sameName;
        const matching = this.patterns.find(
            (other) => other.item.text === text || other.item.pattern!.test(name) || pattern?.test(other.item.name),
        );
        if (matching || !pattern) return matching?.reader;
        return [...this.byName].find(([other]) => pattern.test(other))?.[1];
    }

    add(item: IncludeItem, reader: string): void {
        if (item.pattern) this.patterns.push({ item, reader });
        else if (!this.byName.has(item.name)) this.byName.set(item.name, reader);
    }
}

const includeLists = ["table.include.list", "collection.include.list"];

/** The include list of the final configuration: without one of tables, all of those of its schemas or databases. */
function includeListOf(connector: ResolvedConnector): readonly string[] {
    const { config } = connector;
    const tables = includeLists.flatMap((key) => listItems(config[key]));
    // what an exclude list leaves can be tables that no other connector has
    const hasExclusions = Object.keys(config).some((key) => /^(table|collection)\.exclude\.list$/.test(key));
    return tables.length > 0 || hasExclusions ? tables : (capturedPatterns(connector) ?? []);
}

/** The databases that a connector reads, by every name that another connector can have for them. */
function databasesOf({ class: className, config, capturedTables }: ResolvedConnector): string[] {
    const host = config["mongodb.connection.string"] ?? config["database.hostname"];
    const names = [capturedTables?.database, host && `${host}/${config["database.dbname"] ?? ""}`];
    return names.filter((name) => name !== undefined && name !== "").map((name) => `${className} ${name}`);
}

/** An issue for each connector that reads a table of an earlier one. */
export function checkCapturedTables(connectors: readonly ResolvedConnector[]): Issue[] {
    const readers = new Map<string, DatabaseReaders>();
    const readersOf = (database: string): DatabaseReaders => {
        const found = readers.get(database) ?? new DatabaseReaders();
        readers.set(database, found);
        return found;
    };
    return connectors.flatMap((connector) => {
        const tables = includeListOf(connector);
        const items = tables.map(includeItem);
        const databases = databasesOf(connector).map(readersOf);
        const earlier = databases.flatMap((database) => items.map((item) => database.find(item))).find(Boolean);
        for (const database of databases) for (const item of items) database.add(item, connector.declaredAt);
        const message = `${earlier} captures a table of ${tables.join(", ")} too; remove it from one of them`;
        return earlier ? [issue("KCP_TABLE_CAPTURED_TWICE", ["connectors", connector.index], message)] : [];
    });
}
