/** A CRD's schema as a JSON Schema that rejects what the API server would drop or reject. */
import type { JsonSchema } from "./crds";
import { isObject } from "../util/data";

/**
 * Whether the API server keeps fields that the schema does not list. Everywhere else it drops them without an error.
 */
const keepsUnknownFields = (schema: JsonSchema): boolean =>
    schema["x-kubernetes-preserve-unknown-fields"] === true || schema.type !== "object";

/**
 * The strict schema for checking `values`. It is complete only where the values have a field: compiling a CRD's whole
 * schema takes up to a second, and a value uses little of it.
 *
 * Branches of `oneOf`, `anyOf`, `allOf` and `not` stay as they are: in a CRD they only restrict fields that
 * `properties` beside them lists.
 */
export function strictSchema(schema: JsonSchema, values: readonly unknown[]): JsonSchema {
    const { properties, items, additionalProperties, "x-kubernetes-int-or-string": intOrString, ...rest } = schema;
    const objects = values.filter(isObject);
    const strict: JsonSchema = Object.fromEntries(
        Object.entries(rest).filter(([keyword]) => !keyword.startsWith("x-kubernetes-")),
    );
    if (properties) {
        const fields = Object.entries(properties).map(([name, field]) => {
            const used = objects.filter((object) => object[name] !== undefined).map((object) => object[name]);
            return [name, used.length > 0 ? strictSchema(field, used) : {}];
        });
        strict.properties = Object.fromEntries(fields);
    }
    if (items) strict.items = strictSchema(items, values.filter(Array.isArray).flat());
    if (typeof additionalProperties === "object") {
        const used = objects.flatMap((object) => Object.values(object));
        strict.additionalProperties = strictSchema(additionalProperties, used);
    } else if (additionalProperties !== undefined) strict.additionalProperties = additionalProperties;
    else if (!keepsUnknownFields(schema)) strict.additionalProperties = false;
    if (intOrString) {
        // instead of the `anyOf` of the two types that Strimzi's generator writes beside it
        delete strict.anyOf;
        strict.type = ["integer", "string"];
    }
    return strict;
}
