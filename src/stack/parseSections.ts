/** The sections of a stack file, each parsed by its own schema. */
import type { z } from "zod";
import { toIssues, unknownSetting, type Issue } from "../schema/issues";
import { firstProvider } from "../schema/secrets";
import { optionalSections, sectionNames, sections, type ParsedSections } from "../schema/sections";

/** A stack file's settings as they are written: section → value. */
export type RawStack = Readonly<Record<string, unknown>>;

/** Whether an optional section is left out. The engine passes `{}` for one, its default in Pulumi.yaml. */
export const isLeftOut = (value: unknown): boolean =>
    value === undefined ||
    value === null ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0);

/** What a section's schema reads: an absent section is an empty object, except `protect`, which is a boolean. */
function inputOf(name: string, value: unknown): unknown {
    if (name === "secrets") return firstProvider(value ?? {});
    if (value !== undefined && value !== null && value !== "") return value;
    return name === "protect" ? undefined : {};
}

/** The result of parsing a stack file's sections. */
export interface SectionsResult {
    /** The valid sections. */
    readonly parsed: ParsedSections;
    /** Names of the sections that have issues. */
    readonly invalid: ReadonlySet<string>;
    readonly issues: Issue[];
}

/** Parses each section by its own schema. */
export function parseSections(raw: RawStack): SectionsResult {
    const unknown = Object.keys(raw).filter((name) => !sectionNames.includes(name));
    const issues: Issue[] = unknown.map((name) => unknownSetting([name], sectionNames));
    // a misspelt section is not missing
    const invalid = new Set<string>(issues.flatMap(({ suggestion }) => suggestion ?? []));
    const parsed: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(sections) as [string, z.ZodType][]) {
        if (optionalSections.includes(name) && isLeftOut(raw[name])) continue;
        const input = inputOf(name, raw[name]);
        const result = schema.safeParse(input);
        if (result.success) parsed[name] = result.data;
        else {
            invalid.add(name);
            issues.push(...toIssues(result.error, schema, input, [name]));
        }
    }
    return { parsed, invalid, issues };
}

/** The path of a provider's setting where `secrets` is an array. */
export function relocateProvider(found: Issue, secrets: unknown): Issue {
    const [section, ...rest] = found.path;
    if (section !== "secrets" || !Array.isArray(secrets)) return found;
    const [first, index, ...inner] = rest;
    const path =
        first === "further" && typeof index === "number" ? [section, index + 1, ...inner] : [section, 0, ...rest];
    return { ...found, path };
}
