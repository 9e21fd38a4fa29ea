/** What a schema has at a path. */
import type { z } from "zod";

/** The part of a zod schema's definition that is read here. */
interface Definition {
    readonly type: string;
    readonly innerType?: Schema;
    readonly in?: Schema;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly element?: Schema;
    readonly valueType?: Schema;
    readonly options?: readonly Schema[];
}

interface Schema {
    readonly _zod: { readonly def: Definition };
}

/**
 * The schemas that a value can be parsed by: without `optional`, `default` and the like, and each branch of a union.
 */
function alternatives(schema: Schema): Definition[] {
    const { def } = schema._zod;
    const inner = def.innerType ?? def.in;
    if (inner) return alternatives(inner);
    if (def.options) return def.options.flatMap(alternatives);
    return [def];
}

/** The names of the settings of the object at `path`; empty where there is none. */
export function settingNamesAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
    let found = alternatives(schema as unknown as Schema);
    for (const step of path) {
        const children = found.flatMap((def) => def.shape?.[step] ?? def.element ?? def.valueType ?? []);
        found = children.flatMap(alternatives);
    }
    return [...new Set(found.flatMap((def) => Object.keys(def.shape ?? {})))];
}
