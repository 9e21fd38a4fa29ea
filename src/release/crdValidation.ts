/**
 * Strict reading of CRD schemas. The API server prunes unknown fields of a Strimzi resource without a word and the
 * operator only warns in `status` (strimzi-kafka-operator PR 4294), so a misspelt field is lost unless it is refused here.
 */
import { hintFor } from "../util/nearest";
import type { JsonSchema } from "./crds";

/** One thing the schema refuses: where, and what is wrong. */
export interface Violation {
    path: (string | number)[];
    message: string;
}

/** The schema at a path of property names. `[]` steps into a list's items. Throws where the path does not exist. */
export function schemaAt(schema: JsonSchema, path: string[]): JsonSchema {
    return path.reduce((at, step) => {
        const next = step === "[]" ? at.items : at.properties?.[step];
        if (!next) throw new Error(`the CRD has no ${path.join(".")} (at ${step})`);
        return next;
    }, schema);
}

const typeOf = (value: unknown): string =>
    value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;

function typeMatches(schema: JsonSchema, value: unknown): boolean {
    if (schema["x-kubernetes-int-or-string"]) return typeof value === "string" || Number.isInteger(value);
    const actual = typeOf(value);
    return !schema.type || schema.type === actual || (schema.type === "number" && actual === "integer");
}

/** Everything in `value` that the schema does not allow: unknown fields, wrong types, missing and impossible values. */
export function violations(schema: JsonSchema, value: unknown, path: (string | number)[] = []): Violation[] {
    if (value === undefined) return [];
    if (!typeMatches(schema, value)) {
        const wanted = schema["x-kubernetes-int-or-string"] ? "an integer or a string" : `type ${schema.type}`;
        return [{ path, message: `has type ${typeOf(value)}, wants ${wanted}` }];
    }
    const found: Violation[] = [];
    if (schema.enum && !schema.enum.includes(value)) {
        found.push({ path, message: `is ${JSON.stringify(value)}, wants one of ${schema.enum.join(", ")}` });
    }
    if (typeof schema.pattern === "string" && typeof value === "string" && !new RegExp(schema.pattern).test(value)) {
        found.push({ path, message: `is ${JSON.stringify(value)}, which does not match ${schema.pattern}` });
    }
    if (typeof schema.minimum === "number" && typeof value === "number" && value < schema.minimum) {
        found.push({ path, message: `is ${value}, wants at least ${schema.minimum}` });
    }
    if (Array.isArray(value)) {
        value.forEach((item, index) => found.push(...violations(schema.items ?? {}, item, [...path, index])));
    } else if (value !== null && typeof value === "object") {
        found.push(...objectViolations(schema, value as Record<string, unknown>, path));
    }
    return found;
}

function objectViolations(schema: JsonSchema, value: Record<string, unknown>, path: (string | number)[]): Violation[] {
    const found: Violation[] = [];
    const known = schema.properties ?? {};
    for (const name of schema.required ?? []) {
        if (value[name] === undefined) found.push({ path: [...path, name], message: "is required and missing" });
    }
    for (const [name, item] of Object.entries(value)) {
        if (known[name]) {
            found.push(...violations(known[name], item, [...path, name]));
        } else if (schema.additionalProperties && typeof schema.additionalProperties === "object") {
            found.push(...violations(schema.additionalProperties, item, [...path, name]));
        } else if (
            !schema["x-kubernetes-preserve-unknown-fields"] &&
            !schema.additionalProperties &&
            schema.properties
        ) {
            found.push({
                path: [...path, name],
                message: `is not a field here${hintFor(name, Object.keys(known).sort())}`,
            });
        }
    }
    return found;
}
