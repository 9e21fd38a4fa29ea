/** What an image is made of, as one digest: known at preview, without building or downloading anything. */
import * as fs from "fs";
import * as path from "path";
import { sha256 } from "../util/plain";

/** Read to make the Dockerfile, and not sent to the build. */
const notInTheImage = ["plugins.json", ".dockerignore"];

/** The files of a build context that decide what the image holds, relative and in a stable order. */
export function contextFiles(context: string): string[] {
    const walk = (folder: string): string[] =>
        fs.readdirSync(path.join(context, folder), { withFileTypes: true }).flatMap((entry) => {
            const file = path.posix.join(folder, entry.name);
            return entry.isDirectory() ? walk(file) : [file];
        });
    return walk("").filter((file) => !notInTheImage.includes(file)).sort();
}

/** A tag that changes exactly when an input of the build does: a file of the context or a build argument. */
export function contentTag(context: string, args: Readonly<Record<string, string>>): string {
    const files = contextFiles(context).map((file) => `${file} ${sha256(fs.readFileSync(path.join(context, file)))}`);
    const named = Object.entries(args).sort().map(([name, value]) => `${name}=${value}`);
    return sha256([...files, ...named].join("\n")).slice(0, 16);
}
