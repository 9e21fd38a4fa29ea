/** Kafka's Java programs as the sandbox runs them. */
import * as fs from "fs";
import * as path from "path";
import { usesLog4j2 } from "../strimzi/connectLogging";
import { propertiesText } from "../util/properties";
import { javaCommand } from "./tools";
import type { Start } from "./processes";

/** Writes a properties file that only the current user can read. */
export function writeProperties(file: string, properties: Readonly<Record<string, unknown>>): void {
    const values = Object.entries(properties).map(([key, value]) => [key, String(value)]);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, propertiesText(Object.fromEntries(values)), { mode: 0o600 });
}

const log4j2Configuration = [
    "rootLogger.level=info",
    "rootLogger.appenderRefs=out",
    "rootLogger.appenderRef.out.ref=out",
    "appenders=out",
    "appender.out.type=Console",
    "appender.out.name=out",
    "appender.out.layout.type=PatternLayout",
    "appender.out.layout.pattern=%d %p %m [%c]%n",
].join("\n");

const log4j1Configuration = [
    "log4j.rootLogger=INFO, out",
    "log4j.appender.out=org.apache.log4j.ConsoleAppender",
    "log4j.appender.out.layout=org.apache.log4j.PatternLayout",
    "log4j.appender.out.layout.ConversionPattern=%d %p %m [%c]%n",
].join("\n");

/** Logging to standard output by default, in the form each Kafka generation reads. */
function loggingArgument(kafkaVersion: string, folder: string, configuration?: string): string {
    fs.mkdirSync(folder, { recursive: true });
    if (usesLog4j2(kafkaVersion)) {
        const file = path.join(folder, "log4j2.properties");
        fs.writeFileSync(file, configuration ?? log4j2Configuration);
        return `-Dlog4j2.configurationFile=${file}`;
    }
    const file = path.join(folder, "log4j.properties");
    fs.writeFileSync(file, configuration ?? log4j1Configuration);
    return `-Dlog4j.configuration=file:${file}`;
}

/** How a Java program of Kafka is started. Small heaps, and no compiler work that a run of minutes would not repay. */
export function javaStart(options: {
    main: string;
    args: string[];
    classPath: string[];
    heap: string;
    kafkaVersion: string;
    folder: string;
    log: string;
    cwd?: string;
    jvmOptions?: string[];
    /** Log configuration in the form of the Kafka version. Default: lines of text on standard output. */
    logging?: string;
}): Start {
    return {
        command: javaCommand(),
        args: [
            `-Xmx${options.heap}`,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            // a process that is killed leaves the native libraries that it unpacked there
            `-Djava.io.tmpdir=${options.folder}`,
            ...(options.jvmOptions ?? []),
            loggingArgument(options.kafkaVersion, options.folder, options.logging),
            "-cp",
            options.classPath.filter(Boolean).join(path.delimiter),
            options.main,
            ...options.args,
        ],
        cwd: options.cwd ?? options.folder,
        log: options.log,
    };
}
