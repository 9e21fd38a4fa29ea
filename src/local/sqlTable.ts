/** The result of a query as aligned lines. Pure. */

function cell(value: unknown): string {
    if (value === null || value === undefined) return "NULL";
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The rows under their column names, and how many they are. */
export function sqlTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string[] {
    const cells = [columns, ...rows.map((row) => row.map(cell))];
    const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
    const line = (row: readonly string[]) =>
        row
            .map((text, index) => text.padEnd(widths[index]))
            .join(" | ")
            .trimEnd();
    const rule = widths.map((width) => "-".repeat(width)).join("-+-");
    return [
        line(cells[0]),
        rule,
        ...cells.slice(1).map(line),
        `(${rows.length} ${rows.length === 1 ? "row" : "rows"})`,
    ];
}
