/** Paths on the command line: relative to the current folder. */
import * as fs from "fs";
import * as path from "path";
import { didYouMean } from "../../src/util/nearest";
import { projectFolder } from "../../src/util/project";
import { UsageError } from "./errors";

/** The current folder of the user. npm runs a script in the project's folder and passes the user's as INIT_CWD. */
export const userFolder = (env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): string =>
    env.npm_lifecycle_event && env.INIT_CWD && cwd === projectFolder ? env.INIT_CWD : cwd;

/** A path of the command line as an absolute path. */
export const userPath = (given: string): string => path.resolve(userFolder(), given);

/** A path as it is printed: relative to the current folder when it is below, absolute otherwise. */
export function shownPath(file: string): string {
    const relative = path.relative(userFolder(), file);
    return relative === "" || relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
}

function existing(option: string, given: string, what: "file" | "folder"): string {
    const absolute = userPath(given);
    const stat = fs.statSync(absolute, { throwIfNoEntry: false });
    if (!stat) {
        const folder = path.dirname(absolute);
        const siblings = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
        const hint = didYouMean(path.basename(given), siblings);
        throw new UsageError(`${option} ${given}: there is no such ${what}${hint || "; check the path"}`);
    }
    if (stat.isDirectory() !== (what === "folder"))
        throw new UsageError(
            `${option} ${given}: expected a ${what}, received a ${what === "file" ? "folder" : "file"}`,
        );
    return absolute;
}

/** The absolute path of a file that an option names. Throws when there is none. */
export const existingFile =
    (option: string) =>
    (given: string): string =>
        existing(option, given, "file");

/** The absolute path of a folder that an option names. Throws when there is none. */
export const existingFolder =
    (option: string) =>
    (given: string): string =>
        existing(option, given, "folder");
