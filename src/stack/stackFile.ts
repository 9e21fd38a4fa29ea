/** The stack file itself: where it is, what it says, and on which line. */
import * as fs from "fs";
import * as path from "path";
import * as YAML from "yaml";
import { project, projectFolder } from "../util/project";
import { lineIn } from "../util/yamlLines";

export const stackFileName = (stack: string): string => `Pulumi.${stack}.yaml`;

/** The stacks that have a file. */
export const stackNames = (folder = projectFolder): string[] =>
    fs
        .readdirSync(folder)
        .flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? [])
        .sort();

/** The `config` of a stack file, with every key as it is written. Throws with the line of a syntax error. */
export function readStackConfig(file: string): Record<string, unknown> {
    const document = YAML.parseDocument(fs.readFileSync(file, "utf8"));
    if (document.errors.length > 0)
        throw new Error(`${path.basename(file)} is not valid YAML: ${document.errors[0].message}`);
    return (document.toJS() as { config?: Record<string, unknown> } | null)?.config ?? {};
}

/** The settings among a stack's config: this project's keys, without their prefix. */
export function settingsOf(config: Record<string, unknown>): Record<string, unknown> {
    const prefix = `${project}:`;
    return Object.fromEntries(
        Object.entries(config).flatMap(([key, value]) =>
            key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
        ),
    );
}

/** Path of a stack's file. */
export const stackFile = (stack: string): string => path.join(projectFolder, stackFileName(stack));

/** The settings in a stack's file, or in another file that stands for it. */
export const readStack = (stack: string, file = stackFile(stack)): Record<string, unknown> =>
    settingsOf(readStackConfig(file));

/**
 * The name of a stack that has a file, as it was given on a command line; anything else is an error that lists them.
 */
export function knownStack(name: string | undefined): string {
    if (name && stackNames().includes(name)) return name;
    throw new Error(`--stack: expected one of ${stackNames().join(", ")}, received ${name ? `"${name}"` : "nothing"}`);
}

/**
 * Finds the line of a setting in a stack file: of the setting itself, or of the nearest group around it that is there.
 * Returns undefined for every path when there is no such file to read (a stack's config can come from elsewhere).
 */
export function lineFinder(file: string): (path: readonly (string | number)[]) => number | undefined {
    if (!fs.existsSync(file)) return () => undefined;
    const counter = new YAML.LineCounter();
    const document = YAML.parseDocument(fs.readFileSync(file, "utf8"), { lineCounter: counter });
    const config = document.get("config", true);
    return ([section, ...rest]) => lineIn(config, [`${project}:${section}`, ...rest], counter);
}
