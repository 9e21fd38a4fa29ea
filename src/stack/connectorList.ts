/** The connectors of a stack: those of its file, and those of the files that `connectors` names. */
import * as path from "path";
import { formatPath, invalidValue, type Issue, type SettingPath } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { filesMatching } from "../util/filePatterns";
import { projectFolder } from "../util/project";
import { overridePath, type AppliedOverride } from "./connectorOverrides";
import { readConnectorFile } from "./connectorFile";

/** Where a connector is declared. */
export interface ConnectorLocation {
    /** The file, relative to the project; undefined for the stack file. */
    readonly file?: string;
    /** Its path in the file. */
    readonly path: SettingPath;
    /** Line of a path within the file, for a file other than the stack file. */
    readonly lineOf?: (path: SettingPath) => number | undefined;
    /** What the stack's `connectorOverrides` change in it. */
    readonly override?: AppliedOverride;
}

/** A connector as it is written. */
export interface ConnectorItem {
    readonly item: unknown;
    readonly location: ConnectorLocation;
}

const extensions = [".yaml", ".yml", ".json"];

/** A location in a message: `connectors[2]`, `connectors/orders.yaml[2]`. */
export const locationName = ({ file, path: at }: ConnectorLocation): string =>
    file === undefined ? formatPath(at) : `${file}${formatPath(at)}`;

/**
 * The connectors of a list whose items are connectors, or paths of files and folders with connectors.
 *
 * @param folder the folder that paths are relative to
 */
export function readConnectorList(
    list: readonly unknown[],
    folder = projectFolder,
): { items: ConnectorItem[]; issues: Issue[] } {
    const items: ConnectorItem[] = [];
    const issues: Issue[] = [];
    const seen = new Set<string>();
    for (const [index, item] of list.entries()) {
        if (typeof item !== "string") {
            items.push({ item, location: { path: ["connectors", index] } });
            continue;
        }
        const files = filesMatching(item, folder, extensions);
        if (files.length === 0) issues.push(noFile(item, index, folder));
        for (const file of files.filter((name) => !seen.has(name))) {
            seen.add(file);
            const name = path.relative(folder, file);
            const content = readConnectorFile(file);
            const { lineOf } = content;
            issues.push(...content.issues.map((found) => ({ ...found, file: name, line: lineOf(found.path) })));
            items.push(
                ...content.items.map((found) => ({
                    item: found.item,
                    location: { file: name, path: found.path, lineOf },
                })),
            );
        }
    }
    return { items, issues };
}

function noFile(pattern: string, index: number, folder: string): Issue {
    const base = path.dirname(path.resolve(folder, pattern));
    const names = filesMatching(base, folder, extensions).map((file) => path.relative(folder, file));
    return invalidValue(
        ["connectors", index],
        pattern,
        "a connector, or the path of a file or folder with connectors",
        {
            reason: `no file matches${didYouMean(pattern, names)}`,
        },
    );
}

/**
 * An issue with its location as a user knows it. Checks number all connectors of a stack; the path of the result is
 * the one in the file that declares the connector.
 */
export function relocate<T extends Issue>(found: T, locations: readonly ConnectorLocation[]): T {
    const [section, index, ...rest] = found.path;
    if (section !== "connectors" || typeof index !== "number" || found.file !== undefined) return found;
    const location = locations[index];
    if (!location) return found;
    const overridden = overridePath(location.override, rest);
    if (overridden) return { ...found, path: overridden };
    const at = [...location.path, ...rest];
    return location.file === undefined
        ? { ...found, path: at }
        : { ...found, path: at, file: location.file, line: location.lineOf?.(at) };
}
