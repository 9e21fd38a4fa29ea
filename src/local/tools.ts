/** The tools a sandbox needs of the machine: looked for before anything is started, and named with how to get them. */
import { execFile } from "child_process";
import * as fs from "fs";
import * as path from "path";
import { promisify } from "util";

const run = promisify(execFile);

/** Java command to use: of `JAVA_HOME` where that is set, as Maven does. */
export const javaCommand = (): string =>
    process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, "bin", "java") : "java";

/** Whether a command is on PATH. */
export const onPath = (command: string): boolean =>
    (process.env.PATH ?? "").split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));

const howTo = {
    java: "Java 17 or newer: `apt-get install openjdk-17-jre-headless`, `brew install openjdk`, or https://adoptium.net",
    maven: "Maven 3.8 or newer: `apt-get install maven`, `brew install maven`, or https://maven.apache.org/download.cgi",
};

async function versionOf(command: string, args: string[], pattern: RegExp): Promise<string | undefined> {
    try {
        const { stdout, stderr } = await run(command, args);
        return pattern.exec(`${stdout}${stderr}`)?.[1];
    } catch {
        return undefined;
    }
}

/** What is missing of Java and, where something is still to be fetched, Maven; each with how to get it. */
export async function missingTools(needsMaven: boolean): Promise<string[]> {
    const [java, maven] = await Promise.all([
        versionOf(javaCommand(), ["-version"], /version "(\d+)/),
        needsMaven ? versionOf("mvn", ["-v"], /Apache Maven (\d+\.\d+)/) : "none needed",
    ]);
    const missing: string[] = [];
    if (java === undefined || Number(java) < 17)
        missing.push(`${howTo.java}${java ? ` (here is ${java}, ${javaCommand()})` : ""}`);
    if (maven === undefined || olderThan38(maven)) missing.push(`${howTo.maven}${maven ? ` (here is ${maven})` : ""}`);
    return missing;
}

const olderThan38 = (version: string): boolean => {
    const [major, minor] = version.split(".").map(Number);
    return Number.isFinite(major) && (major < 3 || (major === 3 && minor < 8));
};

/** All jars of a folder as a class path entry. */
export const jarsOf = (folder: string): string => (fs.existsSync(folder) ? path.join(folder, "*") : "");
