/** `npm run check` as a user runs it. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

/** Runs the check with some arguments. */
export const check = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", path.join(projectFolder, "cli", "check", "check.ts"), ...args], {
        cwd: projectFolder,
        encoding: "utf8",
    });

/** Runs it on the text of a stack file, which is there for as long as it takes. */
export function runCheck(stackFile: string, ...args: string[]): ReturnType<typeof check> {
    const stack = `check-${process.pid}`;
    const file = path.join(projectFolder, `Pulumi.${stack}.yaml`);
    fs.writeFileSync(file, stackFile);
    try {
        return check("--stack", stack, ...args);
    } finally {
        fs.rmSync(file);
    }
}
