/**
 * JSON Schemas from the zod schemas: of a single setting for the documentation, and of a whole stack file for editors.
 * What a zod schema checks by code (a refinement, a check across settings) cannot be expressed; it is accepted here.
 */
import { z } from "zod";
import { project } from "../util/project";
import type { JsonSchema } from "./jsonSchemaForm";
import { overrideSchema } from "./overrideSchema";
import { sections } from "./sections";

export type { JsonSchema } from "./jsonSchemaForm";

/** What the schema of a stack file needs to know about a connector template. */
export interface TemplateSchema {
    readonly name: string;
    readonly summary: string;
    readonly schema: z.ZodType;
}

const scalarTypes = ["string", "integer", "number", "boolean"];

/** `anyOf` of plain types as one list of types, which makes a better message. */
function mergePlainTypes(schema: JsonSchema): void {
    const plain = schema.anyOf?.every(
        ({ type, ...rest }) => typeof type === "string" && Object.keys(rest).length === 0,
    );
    if (!schema.anyOf || !plain) return;
    schema.type = schema.anyOf.map(({ type }) => type as string);
    delete schema.anyOf;
}

/** Whether a default only says that the setting can be left out. */
const isEmptyDefault = (value: unknown): boolean =>
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** The JSON Schema of a value as it is written in a stack file. */
export function jsonSchemaOf(type: z.ZodType): JsonSchema {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(type, {
        target: "draft-7",
        io: "input",
        unrepresentable: "any",
        reused: "inline",
        override: ({ zodSchema, jsonSchema }) => {
            const written = jsonSchema as JsonSchema;
            mergePlainTypes(written);
            // every key of a YAML object is a string
            delete written.propertyNames;
            if (isEmptyDefault(written.default)) delete written.default;
            if (!written.enum && scalarTypes.includes(String(written.type))) {
                const expected = expectedBy(zodSchema);
                if (expected) written.errorMessage = `expected ${expected}`;
            }
        },
    }) as JsonSchema;
    return schema;
}

/** What a schema's error says that it expects: primitives.ts writes it as a noun phrase. */
function expectedBy(type: z.core.$ZodType): string | undefined {
    const describeError = type._zod.def.error as ((found: object) => string | { message: string }) | undefined;
    const message = describeError?.({ code: "invalid_type", input: undefined, path: [] });
    return typeof message === "string" ? message : message?.message;
}

/** An option of one or more templates that define it alike. */
export interface TemplateOption {
    readonly option: string;
    readonly schema: JsonSchema;
    readonly required: boolean;
    /** Names of the templates that have it. */
    readonly templates: readonly string[];
}

/** Every option of every template, once for each different definition. */
export function templateOptions(templates: readonly TemplateSchema[]): TemplateOption[] {
    const found = new Map<string, TemplateOption & { templates: string[] }>();
    for (const { name, schema } of templates) {
        const { properties = {}, required = [] } = jsonSchemaOf(schema);
        for (const [option, definition] of Object.entries(properties)) {
            const isRequired = required.includes(option);
            const key = JSON.stringify([option, definition, isRequired]);
            const entry = found.get(key) ?? { option, schema: definition, required: isRequired, templates: [] };
            entry.templates.push(name);
            found.set(key, entry);
        }
    }
    return [...found.values()];
}

/** `$defs` of the options that templates share, and for each template its schema with references to them. */
function connectorSchemas(templates: readonly TemplateSchema[]) {
    const $defs: Record<string, JsonSchema> = {};
    const byTemplate = new Map<string, JsonSchema>();
    for (const { name, summary } of templates)
        byTemplate.set(name, { type: "object", description: summary, properties: {}, additionalProperties: false });
    for (const { option, schema, required, templates: users } of templateOptions(templates)) {
        const taken = Object.keys($defs).filter((name) => name.replace(/-\d+$/, "") === option).length;
        const name = taken === 0 ? option : `${option}-${taken + 1}`;
        if (users.length > 1) $defs[name] = schema;
        for (const user of users) {
            const target = byTemplate.get(user)!;
            target.properties![option] = users.length > 1 ? { $ref: `#/$defs/${name}` } : schema;
            if (required) (target.required ??= []).push(option);
        }
    }
    return { $defs, byTemplate };
}

/** An item of `connectors`: the template decides which options it has. */
function connectorItem(templates: readonly TemplateSchema[], byTemplate: ReadonlyMap<string, JsonSchema>): JsonSchema {
    const names = templates.map(({ name }) => name);
    const summaries = templates.map(({ name, summary }) => `- \`${name}\`: ${summary}`);
    return {
        type: "object",
        required: ["connectorTemplate"],
        properties: {
            connectorTemplate: {
                description: `Name of the template; the prefix \`connector.\` is optional.\n\n${summaries.join("\n")}`,
                enum: [...names, ...names.map((name) => `connector.${name}`)],
            },
        },
        allOf: names.map((name) => ({
            if: {
                required: ["connectorTemplate"],
                properties: { connectorTemplate: { enum: [name, `connector.${name}`] } },
            },
            then: byTemplate.get(name),
        })),
    };
}

/** A value that `pulumi config set --secret` wrote. */
const encrypted: JsonSchema = {
    type: "object",
    properties: { secure: { type: "string", description: "The ciphertext" } },
    required: ["secure"],
    additionalProperties: false,
};

/** A section, which is left out when it is empty. */
function sectionSchema(type: z.ZodType): JsonSchema {
    const schema = jsonSchemaOf(type);
    return schema.type === "object" ? { ...schema, type: ["object", "null"] } : schema;
}

/**
 * The JSON Schema of a stack file (`Pulumi.<stack>.yaml`). Keys of Pulumi itself and of other projects are accepted
 * without a check.
 *
 * @param templates the connector templates, which are defined in a higher layer
 */
export function stackFileSchema(templates: readonly TemplateSchema[]): JsonSchema {
    const { $defs, byTemplate } = connectorSchemas(templates);
    $defs.connector = connectorItem(templates, byTemplate);
    $defs.connectorOverride = overrideSchema(templateOptions(templates));
    const known: Record<string, JsonSchema> = Object.fromEntries(
        Object.entries(sections).map(([name, type]) => [name, sectionSchema(type as z.ZodType)]),
    );
    const { further, ...first } = known.secrets.properties!;
    known.secrets = {
        description: "The config providers of connectors' secrets. Templates refer to the first",
        if: { type: "array" },
        // draft 7: an array in `items` is for the first items
        then: {
            items: [{ ...known.secrets, properties: first }] as unknown as JsonSchema,
            additionalItems: further.items,
        },
        else: { ...known.secrets, type: ["object", "null"] },
    };
    known.connectors = {
        type: ["array", "null"],
        description:
            "The connectors, each made by a template, or the paths of files and folders with connectors, relative to " +
            "the project: `connectors/*.yaml`",
        // the condition keeps the messages about a connector: those of anyOf do not name the wrong option
        items: {
            type: ["object", "string"],
            if: { type: "object" },
            then: { $ref: "#/$defs/connector" },
        },
    };
    known.connectorOverrides = {
        type: ["object", "null"],
        description:
            "Options of connectors that differ in this stack, by the connector's name. Merged over the declaration " +
            "as a JSON Merge Patch, in which null removes an option",
        additionalProperties: { $ref: "#/$defs/connectorOverride" },
    };
    // a kubeconfig is the one setting outside standaloneConnect that is worth encrypting
    const { kubeconfig } = known.eks.properties!;
    known.eks.properties!.kubeconfig = { description: kubeconfig.description, anyOf: [kubeconfig, encrypted] };
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: `A stack file of ${project}`,
        $comment: "Generated by `npm run docs` from src/schema and src/connectors.",
        type: "object",
        properties: {
            config: {
                type: "object",
                description: "The stack's configuration",
                properties: Object.fromEntries(
                    Object.entries(known).map(([name, schema]) => [`${project}:${name}`, schema]),
                ),
                patternProperties: { [`^${project}:(?!(${Object.keys(known).join("|")})$)`]: false },
                // Pulumi's own rule: a key of a stack file names its project or provider
                propertyNames: { pattern: "^[^:]+:.+$", errorMessage: `expected a key such as ${project}:connect` },
            },
            secretsprovider: { type: "string", description: "Pulumi: what encrypts the stack's secrets" },
            encryptionsalt: { type: "string", description: "Pulumi: salt of the passphrase" },
            encryptedkey: { type: "string", description: "Pulumi: the encrypted data key of the secrets provider" },
        },
        $defs,
    };
}

/**
 * The JSON Schema of a file with connectors: one, or an array of them.
 *
 * @param stackSchema path of the stack file's schema, relative to this one
 */
export const connectorFileSchema = (stackSchema: string): JsonSchema => ({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `A file with connectors of ${project}`,
    $comment: "Generated by `npm run docs` from src/schema.",
    type: ["object", "array"],
    if: { type: "array" },
    then: { items: { $ref: `${stackSchema}#/$defs/connector` } },
    else: { $ref: `${stackSchema}#/$defs/connector` },
});
