/** The outputs of the stack that owns the Connect cluster, where connectors run on that of another stack. */
import * as fs from "fs";
import * as path from "path";
import { isObject } from "../util/data";
import { projectFolder } from "../util/project";

/** The outputs as they are read, not checked yet. */
export type RawOutputs = Readonly<Record<string, unknown>>;

/** `connect.use` as it is written. */
export function writtenUse(raw: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
    const connect = raw.connect;
    return isObject(connect) && isObject(connect.use) ? connect.use : undefined;
}

/** The stack that `connect.use` names. */
export function usedStack(raw: Readonly<Record<string, unknown>>): string | undefined {
    const stack = writtenUse(raw)?.stack;
    return typeof stack === "string" ? stack : undefined;
}

/**
 * The outputs in a file, which `pulumi stack output --json` wrote.
 *
 * @throws Error where it has no outputs
 */
export function readOutputs(file: string): RawOutputs {
    const content: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    if (!isObject(content)) throw new Error("no object");
    return content;
}

/** The outputs in the file that `connect.use.outputsFile` names; undefined where none is named. */
export function outputsOfFile(raw: Readonly<Record<string, unknown>>): RawOutputs | undefined {
    const file = writtenUse(raw)?.outputsFile;
    if (typeof file !== "string") return undefined;
    return readOutputs(path.resolve(projectFolder, file));
}
