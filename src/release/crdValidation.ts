/**
 * Checks parts of Strimzi resources against the CRD. The API server drops unknown fields of a Strimzi resource
 * without an error and the operator only warns in `status` (strimzi-kafka-operator PR 4294), so a misspelt field has
 * no effect unless it is rejected here. Rules in CEL (`x-kubernetes-validations`) are left to the API server.
 */
import type { Ajv } from "ajv";
import { toViolations, type Violation } from "./crdErrors";
import { strictSchema } from "./crdSchema";
import type { JsonSchema } from "./crds";

export type { Violation } from "./crdErrors";

/** The schema at a path of property names; `[]` selects an array's items. Throws if the CRD has no such path. */
export function schemaAt(schema: JsonSchema, path: string[]): JsonSchema {
    return path.reduce((at, step) => {
        const next = step === "[]" ? at.items : at.properties?.[step];
        if (!next) throw new Error(`the CRD has no field ${path.join(".")} (at ${step})`);
        return next;
    }, schema);
}

let loaded: Ajv | undefined;

/** ajv, loaded with the first check: many previews check nothing that is passed on to Kubernetes. */
function ajv(): Ajv {
    if (!loaded) {
        const { Ajv: Validator } = require("ajv") as typeof import("ajv");
        const { default: addFormats } = require("ajv-formats") as typeof import("ajv-formats");
        // verbose: errors carry the schema, from which the nearest spelling of a field is taken
        loaded = new Validator({
            allErrors: true,
            strict: false,
            verbose: true,
            unicodeRegExp: false,
            validateSchema: false,
            addUsedSchema: false,
        });
        addFormats(loaded);
    }
    return loaded;
}

/** Everything in a value that the schema does not allow. An absent value has no violations. */
export function violations(schema: JsonSchema, value: unknown): Violation[] {
    if (value === undefined) return [];
    const strict = strictSchema(schema, [value]);
    const validate = ajv().compile(strict);
    ajv().removeSchema(strict);
    return validate(value) ? [] : toViolations(validate.errors ?? [], value);
}
