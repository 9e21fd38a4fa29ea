/** The sections of a stack file, each parsed by its own schema. */
import type { z } from "zod";
import { toIssues, unknownSetting, type Issue } from "../schema/issues";
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
    if (value !== undefined && value !== null && value !== "") return value;
    return name === "protect" ? undefined : {};
}

/** The valid sections, and the issues of the others. */
export function parseSections(raw: RawStack): { parsed: ParsedSections; issues: Issue[] } {
    const unknown = Object.keys(raw).filter((name) => !sectionNames.includes(name));
    const issues: Issue[] = unknown.map((name) => unknownSetting([name], sectionNames));
    const parsed: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(sections) as [string, z.ZodType][]) {
        if (optionalSections.includes(name) && isLeftOut(raw[name])) continue;
        const result = schema.safeParse(inputOf(name, raw[name]));
        if (result.success) parsed[name] = result.data;
        else issues.push(...toIssues(result.error, schema, raw[name], [name]));
    }
    return { parsed, issues };
}
