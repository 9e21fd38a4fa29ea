/** The Pulumi project: its name and where it is. */
import * as fs from "fs";
import * as path from "path";

/** Name of the Pulumi project, which prefixes every key of a stack file. */
export const project = "kafka-connect-platform";

/** Folder of Pulumi.yaml and the stack files. */
export const projectFolder = path.join(__dirname, "..", "..");

/** Whether a relative path is that of something in the project or in the current folder. */
export const existsHere = (given: string): boolean =>
    fs.existsSync(path.resolve(projectFolder, given)) || fs.existsSync(path.resolve(given));
