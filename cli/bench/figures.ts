/** What the benchmarks measure, with its goal, and the recorded figures of which docs/performance.md is generated. */
import * as fs from "fs";
import * as path from "path";
import { median } from "./median";

/** A measure: what it is, the command that takes it, and the goal. */
interface Measure {
    readonly what: string;
    readonly command: string;
    /** Unit of the values; a ratio has none. */
    readonly unit?: string;
    /** The value must not be above this or, with `atLeast`, not below it. */
    readonly goal?: number;
    readonly atLeast?: boolean;
}

const raw = "÷ a raw program with the same resources";

/** In the order of the page. */
export const measures = {
    time100: { what: `evaluation of 100 connectors ${raw}, time`, command: "npm run bench", goal: 1.2 },
    time1000: { what: "the same, 1,000 connectors", command: "npm run bench", goal: 1.2 },
    memory100: { what: `evaluation of 100 connectors ${raw}, memory`, command: "npm run bench", goal: 1.1 },
    memory1000: { what: "the same, 1,000 connectors", command: "npm run bench", goal: 1.1 },
    preview: {
        what: "`pulumi preview` of a stack with 100 connectors ÷ the connectors alone",
        command: "npx kcp bench engine",
        goal: 1.2,
    },
    previewWithCrds: { what: "the same with Strimzi's CRDs", command: "npx kcp bench engine", goal: 1.5 },
    secondUp: {
        what: `second \`pulumi up\` of 100 connectors and CRDs ${raw}`,
        command: "npx kcp bench engine",
        goal: 1.2,
    },
    growth: {
        what: "`pulumi preview` of 3,000 connectors ÷ three times that of 1,000",
        command: "npx kcp bench size",
        goal: 1.1,
    },
    programMemory: {
        what: "memory of the program with 3,000 connectors",
        command: "npx kcp bench size",
        unit: "MB",
        goal: 2000,
    },
    engineMemory: {
        what: "memory of the engine with 3,000 connectors",
        command: "npx kcp bench size",
        unit: "MB",
        goal: 2000,
    },
    sandbox: {
        what: "`npm run sandbox`, warm, until the first event ÷ its parts one after the other",
        command: "npx kcp bench sandbox",
        goal: 1.1,
    },
    check: {
        what: "`kcp check` of 1,000 connectors of five templates, start of the worker included",
        command: "npx kcp bench check",
        unit: "s",
        goal: 15,
    },
    snapshot: {
        what: "rows per second of a snapshot ÷ stock settings",
        command: "npm run bench:throughput",
        goal: 2,
        atLeast: true,
    },
    latency: {
        what: "time until an inserted row is in Kafka ÷ stock settings",
        command: "npm run bench:throughput",
        goal: 1,
    },
    tables: {
        what: "rows per second of one connector with 100 tables ÷ 100 connectors with one table",
        command: "npx kcp bench tables 100 500",
    },
} as const satisfies Record<string, Measure>;

/** Name of a measure. */
export type MeasureName = keyof typeof measures;

/** The values of the rounds; of the floor, too, where a goal has one. */
export interface Figure {
    readonly values: readonly number[];
    /** What no program with this structure can go below. */
    readonly floor?: readonly number[];
}

/** Figures by measure. */
export type Figures = Readonly<Partial<Record<MeasureName, Figure>>>;

const file = path.join(__dirname, "figures.json");

/** The recorded figures. */
export const recordedFigures = (): Figures => JSON.parse(fs.readFileSync(file, "utf8")) as Figures;

/** Three digits at most: a benchmark has no more. */
const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(3)));

/** Records figures in place of the former ones of their measures. `npm run docs` writes the page. */
export function recordFigures(figures: Figures): void {
    const exact = Object.entries(figures).map(([name, { values, floor }]) => [
        name,
        { values: rounded(values), ...(floor && { floor: rounded(floor) }) },
    ]);
    const all: Figures = { ...recordedFigures(), ...(Object.fromEntries(exact) as Figures) };
    const known = (Object.keys(measures) as MeasureName[]).filter((name) => all[name]);
    fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(known.map((name) => [name, all[name]])), null, 4)}\n`);
}

/** `1.94 (1.84–2.07)`: the median, and the range of several rounds. */
export function spread(values: readonly number[], unit?: string): string {
    const suffix = unit ? ` ${unit}` : "";
    const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)];
    return `${middle}${suffix}${values.length > 1 ? ` (${least}–${most})` : ""}`;
}
