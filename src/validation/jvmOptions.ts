/** Options of the workers' and brokers' JVMs that make it refuse to start. */
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";

const at: SettingPath = ["connect", "jvm", "options"];

/** Options whose value is true or false, as HotSpot names them; two of these names are those of levels. */
const isFlag = (name: string): boolean =>
    !["UseAVX", "UseSSE"].includes(name) &&
    /^(Use|Print|Disable|Unlock|Always|Explicit|Exit|Crash|HeapDumpOn|Parallel\w+Enabled)[A-Z]/.test(name);

const collectors = ["UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC", "UseShenandoahGC"];

/** `connect.jvm.options`: names of -XX options without a sign, and values in their form. */
export function checkJvmOptions({ options, systemProperties }: ConnectSettings["jvm"]): Issue[] {
    const chosen = collectors.filter((name) => options[name] === "true");
    return [
        ...Object.entries(options).flatMap(([name, value]): Issue[] => {
            if (/^X(mx|ms|ss|mn)/.test(name))
                return [invalidValue([...at, name], value, "an -XX option; set the heap by connect.jvm.xmx and xms")];
            if (!/^[A-Za-z]\w*$/.test(name))
                return [
                    invalidValue([...at, name], value, "the name of an -XX option without + or -, such as UseG1GC"),
                ];
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
