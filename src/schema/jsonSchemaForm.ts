/** The form of a JSON Schema. */

/** The part of JSON Schema (draft 7) that is written and read here. */
export interface JsonSchema {
    $ref?: string;
    type?: string | string[];
    description?: string;
    default?: unknown;
    enum?: unknown[];
    const?: unknown;
    pattern?: string;
    properties?: Record<string, JsonSchema>;
    patternProperties?: Record<string, JsonSchema | false>;
    propertyNames?: JsonSchema;
    additionalProperties?: JsonSchema | boolean;
    required?: string[];
    items?: JsonSchema;
    anyOf?: JsonSchema[];
    allOf?: JsonSchema[];
    if?: JsonSchema;
    then?: JsonSchema;
    $defs?: Record<string, JsonSchema>;
    /** The message of an invalid value, which editors show: an extension of VS Code's language services. */
    errorMessage?: string;
    [key: string]: unknown;
}
