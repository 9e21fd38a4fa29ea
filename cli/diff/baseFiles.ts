/** The rendered files that a stack is compared with: a folder, or what a Git commit renders with its own program. */
import { spawnSync } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { stackFileName } from "../../src/stack/stackFile";
import { runToEnd } from "../../src/util/exec";
import { projectFolder } from "../../src/util/project";
import type { ChosenStack } from "../support/chooseStack";
import { UsageError } from "../support/errors";
import { userPath } from "../support/userPaths";

/** The files of a folder by their relative names, as `kcp render` writes them. */
export function readFolder(folder: string): Map<string, string> {
    const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
    const names = entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    return new Map(names.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

const git = (...args: string[]): string | undefined => {
    const { status, stdout } = spawnSync("git", ["-C", projectFolder, ...args], { encoding: "utf8" });
    return status === 0 ? stdout.trim() : undefined;
};

/** Writes the project of a commit to a folder. */
async function checkOut(commit: string, folder: string): Promise<void> {
    const archive = path.join(folder, "archive.tar");
    await runToEnd("git", ["-C", projectFolder, "archive", "--output", archive, commit], folder);
    await runToEnd("tar", ["-xf", archive, "-C", folder], folder);
    fs.rmSync(archive);
    fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"), "dir");
}

const contentOf = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

async function renderCommit(commit: string, { stack, file }: ChosenStack): Promise<Map<string, string>> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kcp-base-"));
    try {
        await checkOut(commit, folder);
        const relative = path.relative(projectFolder, file);
        const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
        const stackFile = path.join(folder, isInside ? relative : stackFileName(stack));
        // a stack that the commit does not have is new as a whole
        if (!fs.existsSync(stackFile)) return new Map();
        const lockFile = "package-lock.json";
        if (contentOf(path.join(folder, lockFile)) !== contentOf(path.join(projectFolder, lockFile)))
            console.error(`  ${commit.slice(0, 12)} has other npm packages; it is rendered with those of this folder`);
        const out = path.join(folder, "rendered");
        const kcp = path.join(folder, "cli", "kcp.js");
        await runToEnd(process.execPath, [kcp, "render", "--stack", stack, "--file", stackFile, "--out", out], folder);
        return readFolder(out);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/**
 * The rendered files of the base.
 *
 * @param base a folder, or the name of a commit; a folder of that name comes first
 * @throws UsageError when it is neither
 */
export async function baseFiles(base: string, stack: ChosenStack): Promise<Map<string, string>> {
    const folder = userPath(base);
    if (fs.existsSync(path.join(folder, "summary.txt"))) return readFolder(folder);
    const commit = base.startsWith("-") ? undefined : git("rev-parse", "--verify", "--quiet", `${base}^{commit}`);
    if (!commit)
        throw new UsageError(
            `--base ${base}: expected a folder that kcp render wrote, or a commit, branch or tag of this repository`,
        );
    return renderCommit(commit, stack);
}
