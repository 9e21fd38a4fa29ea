/** The settings of the stack that Pulumi runs. */
import * as pulumi from "@pulumi/pulumi";
import { parseSettings, type Settings } from "./index";
import { printPath, SettingsError } from "./faults";
import { lineFinder, settingsOf, stackFile, stackFileName } from "./stackFile";

/** A group comes from the engine as JSON text, a single value as its text. */
function read(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Reads the stack's config as the engine hands it over. Throws with every fault there is. */
export function stackSettings(): Settings {
    const raw = settingsOf(pulumi.runtime.allConfig());
    try {
        const settings = parseSettings(Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, read(value as string)])), pulumi.getStack());
        for (const warning of settings.warnings) void pulumi.log.warn(warning);
        return settings;
    } catch (error) {
        // the engine prints a RunError as it is; of any other it prints the trace and every field
        throw error instanceof SettingsError ? new pulumi.RunError(error.message) : error;
    }
}

/** A setting's path with its line, where the stack's file has it: `connectors[3] (line 57 of Pulumi.dev.yaml)`. */
export function placeInStackFile(path: readonly (string | number)[]): string {
    const line = lineFinder(stackFile(pulumi.getStack()))(path);
    return line ? `${printPath(path)} (line ${line} of ${stackFileName(pulumi.getStack())})` : printPath(path);
}
