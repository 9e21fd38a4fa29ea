/** The fields of records and their types, and how they differ after a migration. Pure. */
import { isObject } from "../../util/data";

/** Path of a field → its type. */
export type Shape = ReadonlyMap<string, string>;

function typeOf(value: unknown): string {
    if (value === null) return "null";
    if (Array.isArray(value)) return "array";
    return typeof value;
}

/** The fields of a Debezium record's row, or of a flat value. What describes the source is left out. */
export function shapeOf(value: unknown): Shape {
    const shape = new Map<string, string>();
    const add = (path: string, item: unknown): void => {
        if (isObject(item))
            for (const [name, inner] of Object.entries(item)) add(path ? `${path}.${name}` : name, inner);
        else shape.set(path, typeOf(item));
    };
    const isEnvelope = isObject(value) && typeof value.op === "string" && "after" in value;
    add("", isEnvelope ? value.after : value);
    return shape;
}

/** A difference between two shapes. */
export interface ShapeChange {
    readonly kind: "lost" | "gained" | "changed";
    readonly field: string;
    readonly text: string;
}

/** What the records lose, gain and change. A field that is null in one of them says nothing about its type. */
export function shapeChanges(before: Shape, after: Shape): ShapeChange[] {
    const lost = [...before.keys()].filter((field) => !after.has(field));
    const gained = [...after.keys()].filter((field) => !before.has(field));
    const changed = [...before].filter(([field, type]) => {
        const later = after.get(field);
        return later !== undefined && later !== type && later !== "null" && type !== "null";
    });
    return [
        ...lost.map((field) => ({ kind: "lost" as const, field, text: `loses ${field} (${before.get(field)})` })),
        ...changed.map(([field, type]) => ({
            kind: "changed" as const,
            field,
            text: `changes ${field} from ${type} to ${after.get(field)}`,
        })),
        ...gained.map((field) => ({ kind: "gained" as const, field, text: `gains ${field} (${after.get(field)})` })),
    ];
}
