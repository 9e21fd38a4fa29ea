/** The Pulumi project: its name and where it is. */
import * as path from "path";

/** Name of the Pulumi project, which prefixes every key of a stack file. */
export const project = "kafka-connect-platform";

/** Folder of Pulumi.yaml and the stack files. */
export const projectFolder = path.join(__dirname, "..", "..");
