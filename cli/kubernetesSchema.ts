/**
 * Records Kubernetes' schema of a container, from what an API server publishes:
 *
 *     kubectl get --raw /openapi/v3/api/v1 > v1.json && node --import tsx cli/kubernetesSchema.ts v1.json
 */
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../src/util/project";

type Schema = Record<string, unknown>;

const prefix = "#/components/schemas/";
const container = "io.k8s.api.core.v1.Container";

/** What a value is checked by; descriptions and defaults are left out. */
const keywords = ["type", "enum", "required", "format"];

function inlined(schema: Schema, all: Readonly<Record<string, Schema>>): Schema {
    const reference = (schema.$ref ?? (schema.allOf as Schema[] | undefined)?.[0]?.$ref) as string | undefined;
    if (reference?.endsWith(".Quantity")) return { type: ["string", "number"] };
    if (reference?.endsWith(".IntOrString")) return { type: ["integer", "string"] };
    if (reference) return inlined(all[reference.slice(prefix.length)], all);
    const result: Schema = Object.fromEntries(
        keywords.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]),
    );
    if (schema.properties)
        result.properties = Object.fromEntries(
            Object.entries(schema.properties as Record<string, Schema>).map(([name, property]) => [
                name,
                inlined(property, all),
            ]),
        );
    if (schema.items) result.items = inlined(schema.items as Schema, all);
    if (typeof schema.additionalProperties === "object")
        result.additionalProperties = inlined(schema.additionalProperties as Schema, all);
    return result;
}

const { components } = JSON.parse(fs.readFileSync(process.argv[2], "utf8")) as {
    components: { schemas: Record<string, Schema> };
};
const file = path.join(projectFolder, "src", "release", "kubernetes", "container.json");
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify(inlined(components.schemas[container], components.schemas))}\n`);
