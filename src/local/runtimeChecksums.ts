/**
 * SHA-512 checksums of the jars that a broker and a worker run from. A Maven repository may serve an artifact without
 * its checksum files, and Maven's own check then proves nothing: only what is recorded here runs.
 */
import * as fs from "fs";
import * as path from "path";
import { fileChecksum } from "./fileChecksums";

/** File name of each jar → SHA-512. A jar's name contains its version, so one map serves every Kafka version. */
const checksumsFile = path.join(__dirname, "runtimeChecksums.json");

const readChecksums = (): Record<string, string> =>
    JSON.parse(fs.readFileSync(checksumsFile, "utf8")) as Record<string, string>;

const jarsIn = (folder: string): string[] =>
    fs
        .readdirSync(folder)
        .filter((file) => file.endsWith(".jar"))
        .sort();

/** What is wrong with the jars of a folder, one sentence each; empty when every jar is the recorded one. */
export async function checksumProblems(folder: string, recorded = readChecksums()): Promise<string[]> {
    const problems = jarsIn(folder).map(async (file) => {
        if (recorded[file] === undefined)
            return `${file} has no recorded SHA-512; record it with \`npm run plugins -- pin-runtime\``;
        const received = await fileChecksum(path.join(folder, file));
        return received === recorded[file] ? [] : `${file} has SHA-512 ${received}, expected ${recorded[file]}`;
    });
    return (await Promise.all(problems)).flat();
}

/** Throws when a jar of a folder is not the recorded one. */
export async function verifyChecksums(folder: string): Promise<void> {
    const problems = await checksumProblems(folder);
    if (problems.length === 0) return;
    const list = problems.map((problem) => `  ${problem}`).join("\n");
    throw new Error(
        `the Maven repository served jars that cannot be verified:\n${list}\n` +
            "Nothing of them was kept or run. Try another mirror (settings.xml), or compare the checksums with the " +
            "publisher's.",
    );
}

/** Adds the jars of a folder to the recorded checksums. Throws when one differs from what is recorded already. */
export async function recordChecksums(folder: string): Promise<number> {
    const recorded = readChecksums();
    const differing = (await checksumProblems(folder, recorded)).filter((problem) => problem.includes("expected"));
    if (differing.length > 0) throw new Error(differing.join("\n"));
    const added = jarsIn(folder).filter((file) => recorded[file] === undefined);
    for (const file of added) recorded[file] = await fileChecksum(path.join(folder, file));
    const sorted = Object.fromEntries(Object.entries(recorded).sort(([a], [b]) => (a < b ? -1 : 1)));
    fs.writeFileSync(checksumsFile, `${JSON.stringify(sorted, null, 2)}\n`);
    return added.length;
}
