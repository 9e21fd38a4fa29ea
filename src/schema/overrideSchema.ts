/** The JSON Schema of an item of `connectorOverrides`: options of any template, as a JSON Merge Patch. */
import type { JsonSchema } from "./jsonSchemaForm";

const isObject = ({ properties, type }: JsonSchema): boolean => type === "object" && properties !== undefined;

const keyOf = (schema: JsonSchema): string => JSON.stringify({ ...schema, description: undefined, default: undefined });

/**
 * One schema for an option that templates define differently. Which template an override is for is not known, so that
 * each definition is accepted; those of objects are merged, for better completion and messages than those of `anyOf`.
 */
function anyOfDefinitions(definitions: readonly JsonSchema[]): JsonSchema {
    const distinct = [...new Map(definitions.map((schema) => [keyOf(schema), schema])).values()];
    if (distinct.length === 1) return distinct[0];
    if (!distinct.every(isObject)) return { description: distinct[0].description, anyOf: distinct };
    const names = [...new Set(distinct.flatMap(({ properties }) => Object.keys(properties!)))];
    return {
        ...distinct[0],
        properties: Object.fromEntries(
            names.map((name) => [
                name,
                anyOfDefinitions(
                    distinct.map(({ properties }) => properties![name]).filter((schema) => schema !== undefined),
                ),
            ]),
        ),
    };
}

/** A schema of which every part can be left out, or removed by null. Arrays are replaced as a whole. */
function patchOf(schema: JsonSchema): JsonSchema {
    const { required, properties, default: _default, ...rest } = schema;
    const patch: JsonSchema = properties
        ? {
              ...rest,
              properties: Object.fromEntries(
                  Object.entries(properties).map(([name, property]) => [name, patchOf(property)]),
              ),
          }
        : { ...rest, ...(required ? { required } : {}) };
    if (typeof patch.additionalProperties === "object")
        patch.additionalProperties = patchOf(patch.additionalProperties);
    if (patch.anyOf) return { ...patch, anyOf: [...patch.anyOf.map(patchOf), { type: "null" }] };
    if (patch.enum) patch.enum = [...patch.enum, null];
    if (patch.type === undefined) return patch;
    return { ...patch, type: [...new Set([patch.type, "null"].flat())] };
}

/** @param options every definition of every option */
export function overrideSchema(options: readonly { option: string; schema: JsonSchema }[]): JsonSchema {
    const byName = new Map<string, JsonSchema[]>();
    for (const { option, schema } of options)
        if (option !== "connectorTemplate") byName.set(option, [...(byName.get(option) ?? []), schema]);
    return {
        type: "object",
        description: "Options of a connector that differ in this stack; null removes one",
        properties: Object.fromEntries(
            [...byName].map(([option, schemas]) => [option, patchOf(anyOfDefinitions(schemas))]),
        ),
        additionalProperties: false,
    };
}
