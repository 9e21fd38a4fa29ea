/** The size of a stack's config, which the engine passes to the program as one environment variable. */
import { issue, type Issue } from "../schema/issues";
import { project } from "../util/project";

/** The longest string that Linux accepts in the environment of a process (MAX_ARG_STRLEN), in bytes. */
const linuxLimit = 128 * 1024;
const warnFrom = 0.75 * linuxLimit;

/** The bytes of PULUMI_CONFIG: a JSON object of JSON strings, in which Go escapes `<`, `>` and `&` as `\u003c`. */
export function configSize(raw: Readonly<Record<string, unknown>>): number {
    const values = Object.entries(raw).map(([name, value]) => [
        `${project}:config:${name}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const json = JSON.stringify(Object.fromEntries(values));
    return Buffer.byteLength(`PULUMI_CONFIG=${json}`) + 5 * (json.match(/[<>&]/g)?.length ?? 0);
}

const kilobytes = (bytes: number): number => Math.round(bytes / 1024);

/** A warning before `pulumi` fails with "argument list too long". */
export function configSizeWarnings(raw: Readonly<Record<string, unknown>>): Issue[] {
    const size = configSize(raw);
    if (size < warnFrom) return [];
    return [
        issue(
            "KCP_LARGE_CONFIG",
            ["connectors"],
            `the stack's config has ${kilobytes(size)} KiB, and with ${kilobytes(linuxLimit)} KiB Pulumi cannot ` +
                'start the program on Linux ("argument list too long"); ' +
                "move connectors to files, such as connectors/*.yaml",
        ),
    ];
}
