/** Options of the workers' and brokers' JVMs that make it refuse to start. */
import * as fs from "fs";
import * as path from "path";
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { nearest } from "../util/nearest";

const at: SettingPath = ["connect", "jvm", "options"];

/** Options whose value is true or false, as HotSpot names them; two of these names are those of levels. */
const isFlag = (name: string): boolean =>
    !["UseAVX", "UseSSE"].includes(name) &&
    /^(Use|Print|Disable|Unlock|Always|Explicit|Exit|Crash|HeapDumpOn|Parallel\w+Enabled)[A-Z]/.test(name);

const collectors = ["UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC", "UseShenandoahGC"];

/** The heap as a share of the memory: a percentage, which the JVM ignores beside a heap in bytes. */
function shareIssue(name: string, value: string, xmx: string | undefined): Issue | undefined {
    if (!/^(Max|Min|Initial)RAMPercentage$/.test(name)) return undefined;
    if (!/^\d+(\.\d+)?$/.test(value) || Number(value) > 100)
        return invalidValue([...at, name], value, "a percentage from 0 to 100", { reason: "the JVM would not start" });
    return xmx === undefined
        ? undefined
        : issue("KCP_UNUSED_SETTING", [...at, name], "unused: connect.jvm.xmx decides the heap; remove one of the two");
}

/** `connect.jvm.options`: names of -XX options without a sign, and values in their form. */
export function checkJvmOptions({ options, systemProperties, xmx }: ConnectSettings["jvm"]): Issue[] {
    const chosen = collectors.filter((name) => options[name] === "true");
    return [
        ...Object.entries(options).flatMap(([name, value]): Issue[] => {
            if (/^(X(mx|ms|ss|mn)|MaxHeapSize$|InitialHeapSize$)/.test(name))
                return [issue("KCP_INVALID_VALUE", [...at, name], "set the heap by connect.jvm.xmx and xms instead")];
            if (!/^[A-Za-z]\w*$/.test(name))
                return [
                    invalidValue([...at, name], value, "the name of an -XX option without + or -, such as UseG1GC"),
                ];
            const share = shareIssue(name, value, xmx);
            if (share) return [share];
            return isFlag(name) && !["true", "false"].includes(value)
                ? [invalidValue([...at, name], value, '"true" or "false"', { reason: "the JVM would not start" })]
                : [];
        }),
        ...(chosen.length > 1
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, chosen[1]],
                      `conflicts with ${chosen[0]}: the JVM does not start with two garbage collectors`,
                  ),
              ]
            : []),
        ...("" in systemProperties
            ? [invalidValue(["connect", "jvm", "systemProperties", ""], "", "the name of a system property")]
            : []),
    ];
}

let recorded: readonly string[] | undefined;

/** The -XX options of HotSpot 17 and 25, from `java -XX:+PrintFlagsFinal` with the options that unlock others. */
const knownOptions = (): readonly string[] =>
    (recorded ??= JSON.parse(fs.readFileSync(path.join(__dirname, "jvmOptionNames.json"), "utf8")) as string[]);

/** Warnings about names that are close to one of HotSpot. Other JVMs and versions have further options. */
export const jvmOptionWarnings = ({ connect }: ParsedSections): Issue[] =>
    Object.keys(connect?.jvm.options ?? {}).flatMap((name) => {
        if (knownOptions().includes(name)) return [];
        const suggestion = nearest(name, knownOptions());
        return suggestion === undefined
            ? []
            : [
                  invalidValue([...at, name], name, "an -XX option of the JVM, which otherwise does not start", {
                      reason: `did you mean "${suggestion}"?`,
                  }),
              ];
    });
