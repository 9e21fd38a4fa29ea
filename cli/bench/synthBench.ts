/**
 * What the platform costs over a raw program that registers the same resources: npm run bench
 * Both are evaluated under the same mocks, each run in a process of its own, in turn; the ratio is that of a pair of
 * neighbours, so that it holds where the machine's speed drifts. The goal is at most 1.2.
 */
import { execFileSync } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";

interface Measure {
    seconds: number;
    megabytes: number;
    resources: number;
}

const pairs = Number(process.argv[2] ?? 5);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));

function measure(kind: "platform" | "raw", connectors: number): Measure {
    const file = path.join(folder, `${connectors}.json`);
    const output = execFileSync(
        process.execPath,
        ["--import", "tsx", path.join(__dirname, "measureOnce.ts"), kind, String(connectors), file],
        { encoding: "utf8", maxBuffer: 64 << 20 },
    );
    return JSON.parse(output.trim().split("\n").pop()!) as Measure;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values: number[]): string =>
    `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

console.log("connectors  resources  platform s  raw s  time ratio          platform MB  raw MB  memory ratio");
for (const connectors of [100, 1000]) {
    measure("platform", connectors); // writes the resources that the raw program registers, and warms the caches
    const measured = Array.from(
        { length: pairs },
        () => [measure("platform", connectors), measure("raw", connectors)] as const,
    );
    const of = (pick: (pair: readonly [Measure, Measure]) => number) => measured.map(pick);
    console.log(
        [
            String(connectors).padEnd(10),
            String(measured[0][0].resources).padEnd(9),
            median(of(([a]) => a.seconds))
                .toFixed(2)
                .padEnd(10),
            median(of(([, b]) => b.seconds))
                .toFixed(2)
                .padEnd(5),
            range(of(([a, b]) => a.seconds / b.seconds)).padEnd(18),
            median(of(([a]) => a.megabytes))
                .toFixed(0)
                .padEnd(11),
            median(of(([, b]) => b.megabytes))
                .toFixed(0)
                .padEnd(6),
            range(of(([a, b]) => a.megabytes / b.megabytes)),
        ].join("  "),
    );
}
fs.rmSync(folder, { recursive: true });
