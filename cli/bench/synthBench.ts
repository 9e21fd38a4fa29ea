/**
 * What the platform costs over a raw program that registers the same resources. Both are evaluated under the same
 * mocks, each run in its own process and in turn; a ratio is that of two neighbouring runs, so that it holds on a
 * machine whose speed varies.
 */
import { execFileSync } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { median } from "./median";

interface Measure {
    seconds: number;
    megabytes: number;
    resources: number;
}

type Pair = readonly [platform: Measure, raw: Measure];

function measure(kind: "platform" | "raw", connectors: number, folder: string): Measure {
    const file = path.join(folder, `${connectors}.json`);
    const output = execFileSync(
        process.execPath,
        ["--import", "tsx", path.join(__dirname, "measureOnce.ts"), kind, String(connectors), file],
        { encoding: "utf8", maxBuffer: 64 << 20 },
    );
    return JSON.parse(output.trim().split("\n").pop()!) as Measure;
}

const range = (values: number[]): string =>
    `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

/** One row of the table. */
function row(connectors: number, pairs: readonly Pair[]): string {
    const of = (pick: (pair: Pair) => number) => pairs.map(pick);
    const cells: [text: string, width: number][] = [
        [String(connectors), 10],
        [String(pairs[0][0].resources), 9],
        [median(of(([platform]) => platform.seconds)).toFixed(2), 10],
        [median(of(([, raw]) => raw.seconds)).toFixed(2), 5],
        [range(of(([platform, raw]) => platform.seconds / raw.seconds)), 18],
        [median(of(([platform]) => platform.megabytes)).toFixed(0), 11],
        [median(of(([, raw]) => raw.megabytes)).toFixed(0), 6],
        [range(of(([platform, raw]) => platform.megabytes / raw.megabytes)), 0],
    ];
    return cells.map(([text, width]) => text.padEnd(width)).join("  ");
}

/** What the pairs of a number of connectors have in common, as JSON. */
const asJson = (connectors: number, pairs: readonly Pair[]) => ({
    connectors,
    pairs: pairs.map(([platform, raw]) => ({ platform, raw })),
    timeRatio: median(pairs.map(([platform, raw]) => platform.seconds / raw.seconds)),
    memoryRatio: median(pairs.map(([platform, raw]) => platform.megabytes / raw.megabytes)),
});

/**
 * Prints, for 100 and for 1,000 connectors, the median and the range of so many pairs of runs, as a table or as JSON.
 */
export function synthBench(pairs: number, json = false): void {
    const say = json ? console.error : console.log;
    const results = [];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    say("connectors  resources  platform s  raw s  time ratio          platform MB  raw MB  memory ratio");
    try {
        for (const connectors of [100, 1000]) {
            // writes the resources that the raw program registers, and warms the caches
            measure("platform", connectors, folder);
            const measured = Array.from(
                { length: pairs },
                () => [measure("platform", connectors, folder), measure("raw", connectors, folder)] as const,
            );
            say(row(connectors, measured));
            results.push(asJson(connectors, measured));
        }
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
    if (json) console.log(JSON.stringify(results, null, 2));
}
