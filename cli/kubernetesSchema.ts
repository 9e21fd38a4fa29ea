/**
 * Records Kubernetes' schemas of its built-in kinds, from what an API server publishes:
 *
 *     for group in api/v1 apis/apps/v1 apis/batch/v1 ...; do
 *         kubectl get --raw /openapi/v3/$group > FOLDER/$(echo $group | tr / _).json
 *     done
 *     node --import tsx cli/kubernetesSchema.ts FOLDER
 */
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../src/util/project";

type Schema = Record<string, unknown>;

const prefix = "#/components/schemas/";

/** What a value is checked by; descriptions, defaults and merge strategies are left out. */
const keywords = ["type", "enum", "required", "format"];

/** Kinds that answer a request, or that only the cluster writes. */
const otherKinds = /(List|Options|Review|Request)$|^(Status|WatchEvent|Event|Binding|Eviction|Scale|ComponentStatus)$/;

const shortName = (name: string): string => name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apimachinery)\./, "");

/** A schema with its references as `$ref`: the short name of another definition. */
function recorded(schema: Schema): Schema {
    const reference = (schema.$ref ?? (schema.allOf as Schema[] | undefined)?.[0]?.$ref) as string | undefined;
    if (reference) return { $ref: shortName(reference.slice(prefix.length)) };
    const result: Schema = Object.fromEntries(
        keywords.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]),
    );
    if (schema.properties)
        result.properties = Object.fromEntries(
            Object.entries(schema.properties as Record<string, Schema>).map(([name, property]) => [
                name,
                recorded(property),
            ]),
        );
    if (schema.items) result.items = recorded(schema.items as Schema);
    if (typeof schema.additionalProperties === "object")
        result.additionalProperties = recorded(schema.additionalProperties as Schema);
    return result;
}

const folder = process.argv[2];
const published: Record<string, Schema> = {};
let version = "";
for (const file of fs.readdirSync(folder).sort()) {
    const { info, components } = JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as {
        info: { version: string };
        components: { schemas: Record<string, Schema> };
    };
    version = info.version.replace(/^v(\d+\.\d+).*/, "$1");
    Object.assign(published, components.schemas);
}

const kinds: Record<string, Record<string, string>> = {};
const definitions: Record<string, Schema> = {};

/** Adds a definition, and those that it refers to. */
function add(name: string): void {
    const short = shortName(name);
    if (definitions[short]) return;
    // the status of an object is the cluster's
    const { status, ...properties } = (published[name].properties ?? {}) as Record<string, Schema>;
    const isKind = published[name]["x-kubernetes-group-version-kind"] !== undefined;
    const schema = isKind && status ? { ...published[name], properties } : published[name];
    definitions[short] = recorded(schema);
    if (isKind && status) (definitions[short].properties as Schema).status = {};
    for (const [, reference] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) add(reference);
}

for (const [name, schema] of Object.entries(published))
    for (const { group, version: api, kind } of (schema["x-kubernetes-group-version-kind"] ?? []) as {
        group: string;
        version: string;
        kind: string;
    }[]) {
        if (otherKinds.test(kind)) continue;
        (kinds[group ? `${group}/${api}` : api] ??= {})[kind] = shortName(name);
        add(name);
    }

const sorted = <T>(entries: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
const file = path.join(projectFolder, "src", "release", "kubernetes", "schemas.json");
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(
    file,
    `${JSON.stringify({ version, kinds: sorted(kinds), definitions: sorted(definitions) }, null, 0)}\n`,
);
