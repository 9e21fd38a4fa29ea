/**
 * What the platform costs over a raw program that registers the same resources. Both are evaluated under the same
 * mocks, each run in its own process and in turn; a ratio is that of neighbouring runs, so that it holds on a
 * machine whose speed varies. The floor registers the same resources with their parents, dependencies, providers,
 * aliases and outputs: no program with components can be faster.
 */
import { execFileSync } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { projectFolder } from "../../src/util/project";
import { recordFigures, type Figure, type MeasureName } from "./figures";
import { limits } from "./limits";
import { median, range } from "./median";

interface Measure {
    seconds: number;
    megabytes: number;
    resources: number;
}

/** Loads programs as Pulumi.yaml does. */
const loader = path.join(projectFolder, "cli", "loader", "register.js");

type Kind = "platform" | "floor" | "raw";

/** One run of each program, one after the other. */
type Round = Readonly<Record<Kind, Measure>>;

function measure(kind: Kind, connectors: number, folder: string): Measure {
    const file = path.join(folder, `${connectors}.json`);
    const output = execFileSync(
        process.execPath,
        ["--require", loader, path.join(__dirname, "measureOnce.ts"), kind, String(connectors), file],
        { encoding: "utf8", maxBuffer: 64 << 20 },
    );
    return JSON.parse(output.trim().split("\n").pop()!) as Measure;
}

/** The ratios of two programs in each round. */
const ratios = (rounds: readonly Round[], of: Kind, to: Kind, quantity: "seconds" | "megabytes"): number[] =>
    rounds.map((round) => round[of][quantity] / round[to][quantity]);

const columns = [
    "connectors",
    "resources",
    "platform s",
    "raw s",
    "time ratio",
    "floor",
    "platform MB",
    "raw MB",
    "memory ratio",
    "floor",
];
const widths = [10, 9, 10, 6, 16, 16, 11, 6, 16, 0];
const tableRow = (cells: readonly string[]): string =>
    cells.map((text, index) => text.padEnd(widths[index])).join("  ");

/** One row of the table. */
function row(connectors: number, rounds: readonly Round[]): string {
    const middle = (kind: Kind, quantity: keyof Measure, digits: number) =>
        median(rounds.map((round) => round[kind][quantity])).toFixed(digits);
    return tableRow([
        String(connectors),
        middle("platform", "resources", 0),
        middle("platform", "seconds", 2),
        middle("raw", "seconds", 2),
        range(ratios(rounds, "platform", "raw", "seconds")),
        range(ratios(rounds, "floor", "raw", "seconds")),
        middle("platform", "megabytes", 0),
        middle("raw", "megabytes", 0),
        range(ratios(rounds, "platform", "raw", "megabytes")),
        range(ratios(rounds, "floor", "raw", "megabytes")),
    ]);
}

/** What is above its limit. The spread counts in favour of the program: machines are shared. */
function aboveLimit(connectors: number, time: readonly number[], memory: readonly number[]): string[] {
    const limit = limits[connectors];
    const excess = (name: string, values: readonly number[], most: number) =>
        Math.min(...values) > most
            ? [`${name} of ${connectors} connectors: ${range(values)}, the limit is ${most} (cli/bench/limits.ts)`]
            : [];
    return [...excess("time ratio", time, limit.time), ...excess("memory ratio", memory, limit.memory)];
}

/**
 * Prints, for 100 and for 1,000 connectors, the median and the range of so many rounds, as a table or as JSON. The
 * exit code is 1 when a ratio is above its limit in each round.
 */
export function synthBench(count: number, { json, record }: { json?: boolean; record?: boolean }): void {
    const say = json ? console.error : console.log;
    const results = [];
    const figures: Partial<Record<MeasureName, Figure>> = {};
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    say(tableRow(columns));
    try {
        for (const connectors of [100, 1000] as const) {
            // writes the resources that the other programs register, and warms the caches
            measure("platform", connectors, folder);
            const rounds = Array.from({ length: count }, () => ({
                platform: measure("platform", connectors, folder),
                raw: measure("raw", connectors, folder),
                floor: measure("floor", connectors, folder),
            }));
            say(row(connectors, rounds));
            const time = ratios(rounds, "platform", "raw", "seconds");
            const memory = ratios(rounds, "platform", "raw", "megabytes");
            figures[`time${connectors}`] = { values: time, floor: ratios(rounds, "floor", "raw", "seconds") };
            figures[`memory${connectors}`] = { values: memory, floor: ratios(rounds, "floor", "raw", "megabytes") };
            results.push({ connectors, time: median(time), memory: median(memory), rounds });
            for (const excess of aboveLimit(connectors, time, memory)) {
                console.error(`above the limit: ${excess}`);
                process.exitCode = 1;
            }
        }
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
    if (record) recordFigures(figures);
    if (json) console.log(JSON.stringify(results, null, 2));
}
