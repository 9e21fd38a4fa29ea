/** SHA-512 of the files of a folder, computed beside the main thread. */
import * as fs from "fs";
import * as path from "path";
import { webcrypto } from "crypto";

/** SHA-512 of a file as lower-case hex. */
export async function fileChecksum(file: string): Promise<string> {
    const digest = await webcrypto.subtle.digest("SHA-512", await fs.promises.readFile(file));
    return Buffer.from(digest).toString("hex");
}

/** Every file below a folder, as sorted relative paths. */
export const filesBelow = (folder: string): string[] =>
    fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .sort();

/** SHA-512 of every file below a folder, by relative path. */
export async function folderChecksums(folder: string): Promise<Record<string, string>> {
    const files = filesBelow(folder);
    const sums = await Promise.all(files.map((file) => fileChecksum(path.join(folder, file))));
    return Object.fromEntries(files.map((file, index) => [file, sums[index]]));
}

/** The name of the file that records the checksums of the folder beside it. */
const recordOf = (folder: string): string => `${folder}.sha512.json`;

/** Records the checksums of a folder's files, in a file beside it. */
export async function recordFolder(folder: string): Promise<void> {
    fs.writeFileSync(recordOf(folder), JSON.stringify(await folderChecksums(folder)));
}

/** What differs from the recorded checksums, or undefined. */
export async function folderProblem(folder: string): Promise<string | undefined> {
    const record = recordOf(folder);
    if (!fs.existsSync(record) || !fs.existsSync(folder)) return "its checksums are missing";
    const expected = JSON.parse(fs.readFileSync(record, "utf8")) as Record<string, string>;
    const received = await folderChecksums(folder);
    const file = [...new Set([...Object.keys(expected), ...Object.keys(received)])].find(
        (name) => expected[name] !== received[name],
    );
    return file && `${file} is not what was downloaded`;
}
