/** `kcp check` as a user runs it. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

/** Runs the check with some arguments. */
export const check = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(projectFolder, "cli", "kcp.js"), "check", ...args], {
        cwd: projectFolder,
        encoding: "utf8",
    });

/** Runs it on the content of a stack file. */
export function runCheck(stackFile: string, ...args: string[]): ReturnType<typeof check> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "check-"));
    const file = path.join(folder, "Pulumi.check.yaml");
    fs.writeFileSync(file, stackFile);
    try {
        return check("--file", file, ...args);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}
