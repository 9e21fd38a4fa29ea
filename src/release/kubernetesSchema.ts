/** Kubernetes' own schemas of its kinds, recorded by `cli/kubernetesSchema.ts`. */
import * as fs from "fs";
import * as path from "path";
import type { JsonSchema } from "./crds";
import { addedRules, requiredFields } from "./kubernetesRules";

interface Recorded {
    /** The minor version of Kubernetes that published the schemas, such as 1.36. */
    readonly version: string;
    /** Names of definitions, by API version and kind. */
    readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly definitions: Readonly<Record<string, JsonSchema>>;
}

let recorded: Recorded | undefined;

const schemas = (): Recorded =>
    (recorded ??= JSON.parse(fs.readFileSync(path.join(__dirname, "kubernetes", "schemas.json"), "utf8")) as Recorded);

const quantity: JsonSchema = {
    type: ["string", "number"],
    pattern: "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkKMGTPE]|[eE][+-]?[0-9]+)?$",
};

/** Definitions whose form OpenAPI leaves open. */
const openForms: Readonly<Record<string, JsonSchema>> = {
    "pkg.api.resource.Quantity": quantity,
    "pkg.util.intstr.IntOrString": { type: ["integer", "string"] },
    "pkg.runtime.RawExtension": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    "meta.v1.FieldsV1": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
};

/** A field's schema with a further rule. What refers to another definition is resolved first: rules are beside it. */
const withRule = (property: JsonSchema, rule: JsonSchema | undefined): JsonSchema =>
    rule === undefined ? property : { ...(property.$ref ? resolved(property) : property), ...rule };

/** A schema whose references are followed when they are read: the checks read few of them. */
function resolved(schema: JsonSchema): JsonSchema {
    if (typeof schema.$ref === "string") return definition(schema.$ref);
    const { properties, items, additionalProperties } = schema;
    const result: JsonSchema = { ...schema };
    if (items) Object.defineProperty(result, "items", { enumerable: true, get: () => resolved(items) });
    if (typeof additionalProperties === "object")
        Object.defineProperty(result, "additionalProperties", {
            enumerable: true,
            get: () => resolved(additionalProperties),
        });
    if (properties) {
        result.properties = {};
        for (const [name, property] of Object.entries(properties))
            Object.defineProperty(result.properties, name, { enumerable: true, get: () => resolved(property) });
    }
    return result;
}

const definitions = new Map<string, JsonSchema>();

/** A definition, with the rules that Kubernetes adds to its schema. */
function definition(name: string): JsonSchema {
    const known = definitions.get(name);
    if (known) return known;
    const schema = openForms[name] ?? schemas().definitions[name];
    const rules = addedRules[name] ?? {};
    const properties = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, property]) => [field, withRule(property, rules[field])]),
    );
    const required = [...(schema.required ?? []), ...(requiredFields[name] ?? [])];
    const result = resolved({ ...schema, ...(schema.properties ? { properties, required } : {}) });
    definitions.set(name, result);
    return result;
}

/** The schema of a kind's objects; undefined where Kubernetes has no such kind, or is not recorded with it. */
export function kindSchema(apiVersion: string, kind: string): JsonSchema | undefined {
    const { kinds } = schemas();
    const ofVersion = Object.hasOwn(kinds, apiVersion) ? kinds[apiVersion] : {};
    return Object.hasOwn(ofVersion, kind) ? definition(ofVersion[kind]) : undefined;
}

/** The API versions of a kind: several of a HorizontalPodAutoscaler, none of what Kubernetes does not have. */
export const apiVersionsOf = (kind: string): string[] =>
    Object.entries(schemas().kinds)
        .filter(([, kinds]) => Object.hasOwn(kinds, kind))
        .map(([apiVersion]) => apiVersion);

/** The kinds that Kubernetes itself has. */
export const kubernetesKinds = (): string[] => Object.values(schemas().kinds).flatMap((kinds) => Object.keys(kinds));

/** The schema of a container. */
export const containerSchema = (): JsonSchema => definition("core.v1.Container");

/** The schema of a pod template. */
export const podTemplateSchema = (): JsonSchema => definition("core.v1.PodTemplateSpec");
