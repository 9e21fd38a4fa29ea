/** A difference as a person reads it. Pure. */
import { classOrder, consequenceClasses, type Consequence, type StackDifference } from "./consequence";
import { picture } from "./picture";
import { plural } from "../util/plural";

/** Most settings of one object that are listed. */
const mostSettings = 20;
const mostCharacters = 120;

const value = (given: unknown): string => {
    if (given === undefined) return "(not set)";
    // a value must not end the block of code that it is shown in
    const text = (typeof given === "string" ? given : JSON.stringify(given))
        .replace(/\n/g, "⏎")
        .replace(/`{3,}/g, "``");
    return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
};

/** The sections of a report: each class that has consequences, with its sentences. */
const sections = (consequences: readonly Consequence[]) =>
    classOrder.flatMap((kind) => {
        const items = consequences.filter((item) => item.class === kind);
        return items.length > 0 ? [{ title: consequenceClasses[kind], items: items.map(({ text }) => text) }] : [];
    });

/** The number of consequences, for a heading. */
export const summary = ({ consequences }: StackDifference): string => {
    if (consequences.length === 0) return "changes nothing that runs";
    return plural(consequences.length, "consequence");
};

/** Lines for a terminal. */
export function diffText(stack: string, difference: StackDifference): string {
    const lines = sections(difference.consequences).flatMap(({ title, items }) => [
        "",
        title,
        ...items.map((item) => `  ${item.replaceAll("`", "")}`),
    ]);
    return [`${stack}: ${summary(difference)}`, ...lines].join("\n");
}

/** What a sentence may contain that Markdown or HTML would interpret; names are in backquotes already. */
const escaped = (text: string): string => text.replace(/[<>]/g, (found) => (found === "<" ? "&lt;" : "&gt;"));

const inBackquotes = (text: string): string =>
    text.replace(/`[^`]*`|[^`]+/g, (part) => (part.startsWith("`") ? part : escaped(part)));

function settingsTable({ changes }: StackDifference): string[] {
    const blocks = changes.flatMap(({ subject, settings }) => [
        "",
        `**${subject}**`,
        "",
        "```diff",
        ...settings
            .slice(0, mostSettings)
            .flatMap(({ path, from, to }) => [
                ...(from === undefined ? [] : [`- ${path.join(".")}: ${value(from)}`]),
                ...(to === undefined ? [] : [`+ ${path.join(".")}: ${value(to)}`]),
            ]),
        ...(settings.length > mostSettings ? [`  and ${settings.length - mostSettings} more`] : []),
        "```",
    ]);
    if (blocks.length === 0) return [];
    return ["", "<details><summary>Changed settings</summary>", ...blocks, "", "</details>"];
}

/** Markdown for a comment on a pull request. */
export function diffMarkdown(stack: string, difference: StackDifference): string {
    const lines = sections(difference.consequences).flatMap(({ title, items }) => [
        "",
        `**${title}**`,
        "",
        ...items.map((item) => `- ${inBackquotes(item)}`),
    ]);
    return [
        `### \`${stack}\`: ${summary(difference)}`,
        ...lines,
        ...picture(difference.consequences),
        ...settingsTable(difference),
    ].join("\n");
}
