/** One digest of everything that an image is built from. A preview computes it without a build or a download. */
import * as fs from "fs";
import * as path from "path";
import { sha256 } from "../util/data";

/** Files that the Dockerfile is generated from and that are not sent to the build. */
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

/** The files of a build context that determine the image's content, relative and in a stable order. */
export const contextFiles = (context: string): string[] =>
    filesOf(context).filter((file) => !notInTheImage.includes(file));

/** A digest that changes with the name or the content of any file in a folder. */
export const folderDigest = (folder: string): string => sha256(digests(folder, filesOf(folder)).join("\n"));

/** A tag that changes exactly when an input of the build changes: a file of the context or a build argument. */
export function contentTag(context: string, args: Readonly<Record<string, string>>): string {
    const named = Object.entries(args)
        .sort()
        .map(([name, value]) => `${name}=${value}`);
    return sha256([...digests(context, contextFiles(context)), ...named].join("\n")).slice(0, 16);
}
