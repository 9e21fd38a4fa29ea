/** The settings of the stack that Pulumi runs. */
import * as fs from "fs";
import * as pulumi from "@pulumi/pulumi";
import { hintFor } from "../util/nearest";
import { loadStack } from "./loadStack";
import { isLeftOut } from "./parseSections";
import { locationName } from "./connectorList";
import type { Settings } from "./settings";
import { readStackOutputs } from "./stackReference";
import { usedStack } from "./usedOutputs";
import { formatIssue, SettingsError } from "../schema/issues";
import { sectionsWithSecrets } from "../schema/sections";
import { lineFinder } from "./lineFinder";
import { settingsOf } from "./settingNames";
import {
    readScalar,
    readStack,
    scalarSettings,
    stackFile,
    stackFileName,
    stackFileWarnings,
    stackNames,
} from "./stackFile";

/** An object or an array comes from the engine as JSON, a single value as its text. */
function read(name: string, text: string): unknown {
    if (scalarSettings.includes(name)) return readScalar(name, text);
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === "object" && !Array.isArray(value);

/** The values as the engine decrypted them, those of secret config marked so as they are in the stack file. */
export function markSecrets(value: unknown, written: unknown): unknown {
    if (isGroup(written) && typeof written.secure === "string" && Object.keys(written).length === 1)
        return { secure: typeof value === "string" ? value : JSON.stringify(value) };
    if (Array.isArray(value) && Array.isArray(written))
        return value.map((item, index) => markSecrets(item, written[index]));
    if (isGroup(value) && isGroup(written))
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markSecrets(item, written[key])]));
    return value;
}

/**
 * Reads the settings of the stack that Pulumi runs. A kubeconfig may be secret config: it is used by the provider and
 * written into no resource.
 *
 * @param loaded the settings, where a command has loaded them
 * @throws RunError with every error
 */
export async function currentStackSettings(loaded?: Settings): Promise<Settings> {
    const stack = pulumi.getStack();
    const file = stackFile(stack);
    try {
        const written = !loaded && fs.existsSync(file) ? readStack(stack) : {};
        const decrypted = Object.fromEntries(
            Object.entries(settingsOf(pulumi.runtime.allConfig())).map(([key, value]) => [
                key,
                read(key, value as string),
            ]),
        );
        checkPresence(stack, decrypted);
        const marked = (section: string) =>
            section in decrypted ? { [section]: markSecrets(decrypted[section], written[section]) } : {};
        const raw = { ...decrypted, ...Object.assign({}, ...sectionsWithSecrets.map(marked)) };
        const used = usedStack(raw);
        const outputs = used === undefined ? undefined : await readStackOutputs(used);
        const settings = loaded ?? loadStack(raw, stack, file, { ...raw, ...marked("eks") }, outputs);
        const lineOf = lineFinderOf(file);
        const warnings = [...stackFileWarnings(written), ...settings.warnings];
        for (const warning of warnings) void pulumi.log.warn(formatIssue(warning, lineOf(warning.path)));
        return settings;
    } catch (error) {
        // the engine prints a RunError as it is; of any other it prints the trace and every field
        throw error instanceof SettingsError ? new pulumi.RunError(error.message) : error;
    }
}

/** A stack without a file and without settings from elsewhere would only be reported as one without Kafka. */
function checkPresence(stack: string, settings: Record<string, unknown>): void {
    const isSet = Object.entries(settings).some(([name, value]) => !isLeftOut(value) && name !== "protect");
    if (isSet || fs.existsSync(stackFile(stack))) return;
    const name = stackFileName(stack);
    const known = stackNames().map(stackFileName);
    throw new pulumi.RunError(`${name} does not exist in the folder of Pulumi.yaml${hintFor(name, known)}`);
}

/** Line finders by stack file. A file is parsed once: with a thousand connectors, parsing it for each takes seconds. */
const lineFinders = new Map<string, ReturnType<typeof lineFinder>>();

function lineFinderOf(file: string): ReturnType<typeof lineFinder> {
    const found = lineFinders.get(file) ?? lineFinder(file);
    lineFinders.set(file, found);
    return found;
}

/**
 * Where a connector is declared, with the line where it is known: `connectors[3] (line 57 of Pulumi.dev.yaml)`,
 * `connectors/orders.yaml[3] (line 57)`.
 */
export function connectorPlace({ connectorLocations }: Settings, index: number): string {
    const location = connectorLocations[index];
    const name = locationName(location);
    if (location.file !== undefined) return `${name} (line ${location.lineOf?.(location.path) ?? "unknown"})`;
    const line = lineFinderOf(stackFile(pulumi.getStack()))(location.path);
    return line ? `${name} (line ${line} of ${stackFileName(pulumi.getStack())})` : name;
}
