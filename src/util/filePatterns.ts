/** Files that a path, a folder or a pattern with wildcards names. */
import * as fs from "fs";
import * as path from "path";

/** Folders that a pattern never descends into. */
const skipped = /^(\.|node_modules$)/;

const isFolder = (file: string): boolean => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;

const entriesOf = (folder: string): string[] =>
    isFolder(folder) ? fs.readdirSync(folder).filter((name) => !skipped.test(name)) : [];

/** A segment of a pattern, in which `*` is any characters and `?` is one, as a regular expression. */
const segmentPattern = (segment: string): RegExp =>
    new RegExp(
        `^${segment
            .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
            .replace(/\*/g, ".*")
            .replace(/\?/g, ".")}$`,
    );

function matching(base: string, segments: readonly string[]): string[] {
    const [first, ...rest] = segments;
    if (first === undefined) return fs.existsSync(base) ? [base] : [];
    if (first === "**") {
        const folders = entriesOf(base).map((name) => path.join(base, name));
        return [...matching(base, rest), ...folders.filter(isFolder).flatMap((folder) => matching(folder, segments))];
    }
    if (!/[*?]/.test(first)) return matching(path.join(base, first), rest);
    const pattern = segmentPattern(first);
    return entriesOf(base)
        .filter((name) => pattern.test(name))
        .flatMap((name) => matching(path.join(base, name), rest));
}

/**
 * The files that a pattern names, sorted. A folder stands for the files with one of the extensions in it and in its
 * subfolders.
 *
 * @param pattern path relative to `base`; `*` and `?` match within a name, `**` matches folders of any depth
 * @param extensions file extensions that count in a folder, such as `.yaml`
 */
export function filesMatching(pattern: string, base: string, extensions: readonly string[]): string[] {
    const start = path.isAbsolute(pattern) ? path.parse(pattern).root : base;
    const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
    const found = matching(start, segments).flatMap((file) =>
        isFolder(file)
            ? matching(file, ["**", "*"]).filter((name) => !isFolder(name) && extensions.includes(path.extname(name)))
            : [file],
    );
    return [...new Set(found)].sort();
}
