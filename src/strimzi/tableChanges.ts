/** What it means for a running source that tables are added to its configuration or removed from it. Pure. */
import { includedTables, takesSignals } from "./snapshotJob";

type Config = Readonly<Record<string, unknown>>;

const difference = (items: readonly string[], others: readonly string[]): string =>
    items.filter((item) => !others.includes(item)).join(", ");

/**
 * What happens to added and to removed tables, one sentence each; nothing for a connector that is new, or that reads no
 * tables.
 */
export function tableChanges(name: string, before: Config | undefined, after: Config | undefined): string[] {
    if (!before || !after) return [];
    const [earlier, later] = [includedTables(before), includedTables(after)];
    if (earlier.length === 0 || later.length === 0) return [];
    const [added, removed] = [difference(later, earlier), difference(earlier, later)];
    const rows = takesSignals({ config: after })
        ? "a Job reads their rows by an incremental snapshot, while the other tables go on"
        : "their changes are captured from now on, but not the rows that they have already: set " +
          "incrementalSnapshots to read them";
    const slot = before["slot.name"] === undefined ? "" : ", and the slot goes on for the others";
    return [
        ...(added ? [`${name}: added ${added}: ${rows}`] : []),
        ...(removed
            ? [
                  `${name}: removed ${removed}: no change of theirs is captured any more; their topics and records ` +
                      `stay${slot}`,
              ]
            : []),
    ];
}
