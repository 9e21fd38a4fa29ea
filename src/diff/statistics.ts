/** The statistics file: sizes of tables and measured rates, from which durations are estimated. */
import { z } from "zod";

const table = z.strictObject({
    rows: z.number().nonnegative().describe("Rows, as the database estimates them."),
    bytes: z.number().nonnegative().optional().describe("Size on disk in bytes, without indexes."),
});

/** The content of a statistics file. `kcp statistics` writes the tables; rates are measured by the user. */
export const statisticsSchema = z.strictObject({
    tables: z
        .record(z.string(), table)
        .default({})
        .describe("By `DATABASE.SCHEMA.TABLE` for PostgreSQL, `DATABASE.TABLE` for MySQL."),
    snapshotRowsPerSecond: z
        .number()
        .positive()
        .optional()
        .describe("Rows that a snapshot reads in a second. Without it no duration of a snapshot is shown."),
    workerRestartSeconds: z
        .number()
        .positive()
        .optional()
        .describe("Seconds from the end of a worker to its tasks running again. Without it no duration is shown."),
});

export type Statistics = z.output<typeof statisticsSchema>;

/** No statistics: sentences have no figures. */
export const noStatistics: Statistics = { tables: {} };

const scaled = (value: number, units: readonly string[], step = 1000): string => {
    const power = Math.min(units.length - 1, value < step ? 0 : Math.floor(Math.log(value) / Math.log(step)));
    const amount = value / step ** power;
    return `${amount >= 10 || power === 0 ? Math.round(amount) : amount.toFixed(1)}${units[power]}`;
};

/** `41 M rows` */
export const formatRows = (rows: number): string => `${scaled(rows, ["", " K", " M", " G"])} rows`;

/** `9.0 GB` */
export const formatBytes = (bytes: number): string => scaled(bytes, [" B", " kB", " MB", " GB", " TB"]);

/** `about 25 min` */
export function formatDuration(seconds: number): string {
    if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
    if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min`;
    return `about ${(seconds / 3600).toFixed(1)} h`;
}

/** Size of tables and the time of a snapshot, in brackets: ` (41 M rows, 9.0 GB, about 25 min)`; empty if unknown. */
export function sizeOfTables(names: readonly string[], { tables, snapshotRowsPerSecond }: Statistics): string {
    const known = names.flatMap((name) => tables[name] ?? []);
    if (known.length === 0) return "";
    const rows = known.reduce((sum, item) => sum + item.rows, 0);
    const bytes = known.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
    const parts = [
        formatRows(rows),
        ...(bytes > 0 ? [formatBytes(bytes)] : []),
        ...(snapshotRowsPerSecond ? [formatDuration(rows / snapshotRowsPerSecond)] : []),
        ...(known.length < names.length ? [`${names.length - known.length} tables of unknown size`] : []),
    ];
    return ` (${parts.join(", ")})`;
}
