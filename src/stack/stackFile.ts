/** The stack file itself: where it is and what it says. */
import * as fs from "fs";
import * as path from "path";
import { SettingsError, type Issue } from "../schema/issues";
import { project, projectFolder } from "../util/project";
import { lineFinder } from "./lineFinder";
import { emptySectionIssues, prefixIssues, settingsOf } from "./settingNames";
import { otherKeyIssues } from "./otherKeys";
import { providerConfigWarnings } from "./providerConfig";
import { parseStackYaml } from "./stackYaml";
import { unreadable } from "./stackYamlChecks";
import { isObject } from "../util/data";

export const stackFileName = (stack: string): string => `Pulumi.${stack}.yaml`;

/** The stacks that have a file. */
export const stackNames = (folder = projectFolder): string[] =>
    fs
        .readdirSync(folder)
        .flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? [])
        .sort();

/** Path of a stack's file. */
export const stackFile = (stack: string): string => path.join(projectFolder, stackFileName(stack));

/** The text of a file in UTF-8, or the issue that it is not. */
function readText(file: string): { text: string; issues: Issue[] } {
    try {
        return { text: new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(file)), issues: [] };
    } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        return { text: "", issues: [unreadable("not UTF-8; save the file in this encoding", [])] };
    }
}

/** The `config` of a stack file's top level, or the issue that it has none. */
function configOf(content: unknown): { config: Record<string, unknown>; issues: Issue[] } {
    const expected = `expected "config:" with settings such as "${project}:connect"`;
    if (content === null || content === undefined)
        return { config: {}, issues: [unreadable(`empty; ${expected}`, [])] };
    const config = isObject(content) ? content.config : undefined;
    if (isObject(config)) return { config, issues: [] };
    // settings of a Pulumi ESC environment are known only to the engine
    if (isObject(content) && content.environment !== undefined && !config) return { config: {}, issues: [] };
    return { config: {}, issues: [unreadable(`no settings; ${expected}`, isObject(content) ? ["config"] : [])] };
}

/**
 * The `config` of a stack file, every key as it is written.
 *
 * @throws SettingsError where Pulumi could not read the file, or would read something else than is written
 */
export function readStackConfig(file: string): Record<string, unknown> {
    const { text, issues } = readText(file);
    const parsed = issues.length > 0 ? { issues } : parseStackYaml(text);
    const isReadable = parsed.issues.length === 0;
    const { config, issues: configIssues } = isReadable ? configOf(parsed.content) : { config: {}, issues: [] };
    const found = [
        ...parsed.issues,
        ...configIssues,
        ...(isReadable ? otherKeyIssues(parsed.content) : []),
        ...prefixIssues(config),
        ...emptySectionIssues(config),
    ];
    if (found.length > 0) throw new SettingsError(path.basename(file), found, lineFinder(file));
    return config;
}

/** The settings of one value. Of these Pulumi passes the text on, whether it is quoted or not. */
export const scalarSettings: readonly string[] = ["environment", "protect"];

/** A setting of one value, as its section reads it. */
export function readScalar(name: string, value: unknown): unknown {
    const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    return name === "protect" && (text === "true" || text === "false") ? text === "true" : text;
}

/** What is probably wrong outside of the settings, by the settings that were read with it. */
const warningsOfFile = new WeakMap<object, readonly Issue[]>();

/** Warnings about the keys beside the settings that `readStack` returned; none for settings from elsewhere. */
export const stackFileWarnings = (settings: object): readonly Issue[] => warningsOfFile.get(settings) ?? [];

/** The settings in a stack's file, or in another file that stands for it. */
export function readStack(stack: string, file = stackFile(stack)): Record<string, unknown> {
    const config = readStackConfig(file);
    const settings = settingsOf(config);
    for (const name of scalarSettings) if (name in settings) settings[name] = readScalar(name, settings[name]);
    warningsOfFile.set(settings, providerConfigWarnings(config));
    return settings;
}
