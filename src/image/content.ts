/** What an image is made of, as one digest: known at preview, without building or downloading anything. */
import * as fs from "fs";
import * as path from "path";
import { sha256 } from "../util/data";

/** Read to make the Dockerfile, and not sent to the build. */
const notInTheImage = ["plugins.json", "known-issues.json", ".dockerignore"];

/** The files of a folder and its subfolders, relative and in a stable order. */
function filesOf(folder: string): string[] {
    const walk = (at: string): string[] =>
        fs.readdirSync(path.join(folder, at), { withFileTypes: true }).flatMap((entry) => {
            const file = path.posix.join(at, entry.name);
            return entry.isDirectory() ? walk(file) : [file];
        });
    return walk("").sort();
}

const digests = (folder: string, files: readonly string[]): string[] =>
    files.map((file) => `${file} ${sha256(fs.readFileSync(path.join(folder, file)))}`);

/** The files of a build context that decide what the image holds, relative and in a stable order. */
export const contextFiles = (context: string): string[] =>
    filesOf(context).filter((file) => !notInTheImage.includes(file));

/** A digest that changes with the name or the content of any file in a folder. */
export const folderDigest = (folder: string): string => sha256(digests(folder, filesOf(folder)).join("\n"));

/** A tag that changes exactly when an input of the build does: a file of the context or a build argument. */
export function contentTag(context: string, args: Readonly<Record<string, string>>): string {
    const named = Object.entries(args)
        .sort()
        .map(([name, value]) => `${name}=${value}`);
    return sha256([...digests(context, contextFiles(context)), ...named].join("\n")).slice(0, 16);
}
