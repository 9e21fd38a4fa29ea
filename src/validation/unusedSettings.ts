/** Settings that are given although another setting makes them ineffective. Pure. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { valueAt } from "../util/data";
import { unusedRules, type UnusedRule } from "./unusedRules";

/** Whether a setting is written, with a value other than an empty list or object, which says nothing. */
function isWritten(value: unknown): boolean {
    if (value === undefined || value === null) return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
}

/** An issue for each setting that is written and that a rule covers. */
const issuesOfRules = (
    rules: readonly UnusedRule[],
    raw: Readonly<Record<string, unknown>>,
    sections: ParsedSections,
    invalid: ReadonlySet<string>,
): Issue[] =>
    rules
        .filter(({ section, reads = [] }) => ![section, ...reads].some((name) => invalid.has(name)))
        .flatMap(({ section, settings, reason }) => {
            const why = reason(sections, raw);
            if (why === undefined) return [];
            return settings
                .map((setting) => [section, ...setting.split(".").filter(Boolean)])
                .filter((path) => isWritten(valueAt(raw, path)))
                .map((path) => issue("KCP_UNUSED_SETTING", path, `unused: ${why}`));
        });

/**
 * An error for each setting that is written and has no effect.
 *
 * @param raw the settings as they are written: a default that has no effect is no mistake
 * @param invalid names of the sections with issues
 */
export const checkUnused = (
    raw: Readonly<Record<string, unknown>>,
    sections: ParsedSections,
    invalid: ReadonlySet<string>,
): Issue[] => [
    ...issuesOfRules(
        unusedRules.filter(({ warning }) => !warning),
        raw,
        sections,
        invalid,
    ),
    ...(invalid.has("kafkaCluster") ? [] : storageIssues(raw, sections)),
];

/** The same for settings that are left over where a part of the stack is switched off. */
export const unusedWarnings = (raw: Readonly<Record<string, unknown>>, sections: ParsedSections): Issue[] =>
    issuesOfRules(
        unusedRules.filter(({ warning }) => warning),
        raw,
        sections,
        new Set(),
    );

/** Settings of a node pool's storage that its type does not read. */
function storageIssues(raw: Readonly<Record<string, unknown>>, { kafkaCluster }: ParsedSections): Issue[] {
    return (kafkaCluster?.nodePools ?? []).flatMap(({ storage }, index) => {
        const unread = storage.type === "ephemeral" ? ["volumes", "deleteClaim"] : ["sizeLimit"];
        const pool = ["kafkaCluster", "nodePools", index, "storage"];
        return unread
            .map((setting) => [...pool, setting])
            .filter((path) => isWritten(valueAt(raw, path)))
            .map((path) => issue("KCP_UNUSED_SETTING", path, `unused: the storage is ${storage.type}`));
    });
}
