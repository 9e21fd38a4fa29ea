/** Debezium's `message.key.columns`: TABLE:COLUMN,COLUMN;TABLE:COLUMN. */

/** The columns that make the keys of a table's records. */
export interface MessageKey {
    /** The item as it is written. */
    readonly text: string;
    /** A regular expression of tables. */
    readonly table: string;
    /** Empty where the item has no colon, which Connect rejects. */
    readonly columns: readonly string[];
}

/** The items of the value. Nothing follows a semicolon at its end. */
export const messageKeys = (value: unknown): MessageKey[] =>
    String(value)
        .replace(/;\s*$/, "")
        .split(";")
        .map((text) => {
            const [table, ...columns] = text.trim().split(":");
            return {
                text,
                table: table.trim(),
                columns:
                    columns.length === 0
                        ? []
                        : columns
                              .join(":")
                              .split(",")
                              .map((column) => column.trim()),
            };
        });
