/** Markdown tables of settings, from JSON Schemas. */
import type { JsonSchema } from "../../src/schema/jsonSchema";

/** A setting of a table. */
interface Setting {
    readonly path: string;
    readonly schema: JsonSchema;
    readonly required: boolean;
}

const escapeCell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");

/** Whether a setting takes a value of Pulumi's secret config, `{ secure: … }`, which nobody writes by hand. */
const isEncrypted = ({ properties }: JsonSchema): boolean =>
    properties !== undefined && Object.keys(properties).join() === "secure";

/** The type of a value, as the pages write it. */
export function typeName(schema: JsonSchema): string {
    if (isEncrypted(schema)) return "encrypted string";
    if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
    if (schema.anyOf) return [...new Set(schema.anyOf.map(typeName))].join(" or ");
    if (Array.isArray(schema.type)) return schema.type.filter((type) => type !== "null").join(" or ");
    if (schema.type === "array" && schema.items && !schema.items.properties && schema.items.type)
        return `array of ${typeName(schema.items)}`;
    return schema.type ?? "any";
}

function defaultCell({ schema, required }: Setting): string {
    if (required) return "**required**";
    return schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
}

/** The settings within a setting, one level after the other: `build.mirrors.maven`, `env[].name`. */
function settingsWithin(path: string, schema: JsonSchema): Setting[] {
    if (isEncrypted(schema)) return [];
    const [prefix, holder] = schema.items?.properties ? [`${path}[].`, schema.items] : [path && `${path}.`, schema];
    return Object.entries(holder.properties ?? {}).flatMap(([name, property]) =>
        withInner({
            path: `${prefix}${name}`,
            schema: property,
            required: holder.required?.includes(name) ?? false,
        }),
    );
}

const withInner = (setting: Setting): Setting[] => [setting, ...settingsWithin(setting.path, setting.schema)];

/** The table of a section: its settings, or the section itself where it is a single value. */
export function sectionTable(name: string, schema: JsonSchema): string {
    const settings = schema.properties ? settingsWithin(name, schema) : [{ path: name, schema, required: false }];
    return table(settings);
}

/** A table with a row for each setting, objects and arrays followed by what they contain. */
export const settingTable = (settings: readonly Setting[]): string => table(settings.flatMap(withInner));

function table(settings: readonly Setting[]): string {
    const rows = settings.map(
        (setting) =>
            `| \`${setting.path}\` | ${escapeCell(typeName(setting.schema))} | ${defaultCell(setting)} | ` +
            `${escapeCell(setting.schema.description ?? "")} |`,
    );
    return ["| setting | type | default | description |", "|---|---|---|---|", ...rows].join("\n");
}
