/** The migration gate: applies the application's SQL migrations while the connectors run, one after the other. */
import * as fs from "fs";
import * as path from "path";
import type { ResolvedConnector } from "../../src/connectors/template";
import { RecordLog } from "../../src/local/contract/recordLog";
import { shapeChanges, shapeOf, type Shape, type ShapeChange } from "../../src/local/contract/recordShape";
import { literalTables } from "../sandbox/tables";
import type { Contracted, RunningSandbox } from "./running";

/** What a migration does. */
export interface MigrationResult {
    readonly migration: string;
    /** Topic → what its records lose, gain and change. */
    readonly changes: readonly { topic: string; change: ShapeChange }[];
    /** Connectors that failed by it, with the reason, and statements that the database refused. */
    readonly failures: readonly string[];
}

const settleMs = 3000;

/** A statement that writes a row of a table again, so that a record shows its fields. */
const touch = ({ engine }: Contracted, table: string, column: string): string =>
    engine === "mysql"
        ? `REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`
        : `UPDATE ${table} SET "${column}" = "${column}" WHERE ctid = (SELECT ctid FROM ${table} LIMIT 1)`;

/** The first column of a table; undefined where there is no such table. */
async function firstColumn(source: Contracted, table: string): Promise<string | undefined> {
    if (source.engine === "mysql") return "-";
    const [schema, name] = table.split(".");
    const sql =
        "SELECT column_name AS column FROM information_schema.columns " +
        `WHERE table_schema = '${schema}' AND table_name = '${name}' ORDER BY ordinal_position LIMIT 1`;
    const [row] = await source.server.run(source.database, sql);
    return row.startsWith("{") ? (JSON.parse(row) as { column: string }).column : undefined;
}

const tablesOf = ({ config }: ResolvedConnector): string[] => literalTables(config["table.include.list"]);

/** The .sql files of a folder, in the order of their names. */
export const migrationFiles = (folder: string): string[] =>
    fs
        .readdirSync(folder)
        .filter((name) => name.endsWith(".sql"))
        .sort(new Intl.Collator("en", { numeric: true }).compare);

/** Applies the migrations to the database of each source. */
export async function runMigrations(
    sandbox: RunningSandbox,
    folder: string,
    report: (result: MigrationResult) => void,
): Promise<MigrationResult[]> {
    const topics = sandbox.sources.flatMap(({ connector }) => connector.outputTopics);
    const log = new RecordLog(sandbox.bootstrap, topics);
    await log.start();
    const results: MigrationResult[] = [];
    try {
        for (const { connector } of sandbox.sources) await sandbox.firstEvents(connector.name);
        let shapes = await currentShapes(sandbox, log);
        for (const migration of migrationFiles(folder)) {
            const failedBefore = new Set(sandbox.failed);
            const failures = await apply(sandbox, path.join(folder, migration));
            const after = await currentShapes(sandbox, log);
            const failed = [...sandbox.failed].filter((name) => !failedBefore.has(name));
            const result: MigrationResult = {
                migration,
                changes: [...after].flatMap(([topic, shape]) =>
                    shapeChanges(shapes.get(topic) ?? new Map(), shape).map((change) => ({ topic, change })),
                ),
                failures: [...failures, ...failed.map((name) => sandbox.reasons.get(name) ?? `${name} failed`)],
            };
            results.push(result);
            report(result);
            shapes = new Map([...shapes, ...after]);
        }
    } finally {
        await log.stop();
    }
    return results;
}

/** Runs a migration once in each database that a source reads. */
async function apply({ sources }: RunningSandbox, file: string): Promise<string[]> {
    const databases = new Map(sources.map((source) => [`${source.server.name}/${source.database}`, source]));
    const failures: string[] = [];
    for (const { server, database } of databases.values()) {
        try {
            await server.run(database, fs.readFileSync(file, "utf8"));
        } catch (error) {
            failures.push(`${database} refused it: ${(error as Error).message}`);
        }
    }
    return failures;
}

/** The shape of the newest record of each topic, after a row of each table was written again. */
async function currentShapes({ sources }: RunningSandbox, log: RecordLog): Promise<Map<string, Shape>> {
    await log.quiet(1000);
    const from = log.records.length;
    for (const source of sources)
        for (const table of tablesOf(source.connector)) {
            const column = await firstColumn(source, table);
            if (column !== undefined)
                await source.server.run(source.database, touch(source, table, column)).catch(() => undefined);
        }
    await log.quiet(settleMs);
    const shapes = new Map<string, Shape>();
    for (const { topic, value } of log.records.slice(from)) {
        const isDelete = (value as { op?: string } | null)?.op === "d";
        if (value !== null && !isDelete) shapes.set(topic, shapeOf(value));
    }
    return shapes;
}
