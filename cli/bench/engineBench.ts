/**
 * What the platform costs on the real engine, over raw programs: a preview of its connectors, with and without
 * Strimzi's CRDs, and a second `pulumi up`, which changes nothing.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onPath } from "../../src/local/tools";
import { benchStack, platformProgram, rawProgram, type BenchProgram } from "./enginePrograms";
import { recordFigures, type Figure } from "./figures";
import { median, range } from "./median";

const commands = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes"];

/** Seconds of each round. */
interface Comparison {
    readonly platform: readonly number[];
    readonly raw: readonly number[];
    readonly floor: readonly number[];
}

function print(measure: string, { platform, raw, floor }: Comparison): Figure {
    const ratios = (values: readonly number[]) => values.map((seconds, index) => seconds / raw[index]);
    const figure = { values: ratios(platform), floor: ratios(floor) };
    const seconds = `${median(platform).toFixed(1)} s ÷ ${median(raw).toFixed(1)} s`;
    console.log(`${measure}: ${seconds} = ${range(figure.values)}, floor ${range(figure.floor)}`);
    return figure;
}

/** Runs with a temporary folder. */
export async function withFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    try {
        return await use(folder);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/** Previews of the three programs in turn. */
const previews = (connectors: number, rounds: number, kubeconfig: string, crds: boolean): Promise<Comparison> =>
    withFolder(async (folder) => {
        const config = benchStack(connectors, kubeconfig, crds);
        const programs = {
            platform: await platformProgram(folder, config),
            raw: await rawProgram(folder, config, "connectors"),
            floor: await rawProgram(folder, config, "floor"),
        };
        const seconds = { platform: [] as number[], raw: [] as number[], floor: [] as number[] };
        // the first preview compiles the program
        await programs.platform.seconds("preview");
        for (let round = 0; round < rounds; round++)
            for (const name of ["platform", "raw", "floor"] as const)
                seconds[name].push(await programs[name].seconds("preview"));
        return seconds;
    });

/** All deploy the same objects, so that one stack is destroyed before the next begins. */
const secondUps = (connectors: number, rounds: number, kubeconfig: string): Promise<Comparison> =>
    withFolder(async (folder) => {
        const config = benchStack(connectors, kubeconfig, true);
        const up = ["up", "--yes", "--skip-preview"];
        const timesOf = async (program: BenchProgram) => {
            const times: number[] = [];
            try {
                await program.seconds(...up);
                for (let round = 0; round < rounds; round++)
                    times.push(await program.seconds(...up, "--expect-no-changes"));
            } finally {
                await program.seconds("destroy", "--yes", "--skip-preview");
            }
            return times;
        };
        const platform = await timesOf(await platformProgram(folder, config));
        const raw = await timesOf(await rawProgram(folder, config, "objects"));
        const floor = await timesOf(await rawProgram(folder, config, "floor"));
        return { platform, raw, floor };
    });

/** Options of a benchmark on the engine. */
export interface EngineBenchOptions {
    /** File of a disposable cluster. */
    readonly kubeconfig?: string;
    readonly record?: boolean;
}

/** What a benchmark on the engine needs and this machine does not have, as a line to print. */
export function missingPart(kubeconfig: string | undefined): string | undefined {
    const missing = commands.find((command) => !onPath(command));
    if (missing !== undefined) return `skipped: no ${missing} on PATH`;
    return kubeconfig === undefined ? "skipped: no cluster (--kubeconfig FILE)" : undefined;
}

/** Prints each ratio with its spread, and that of its floor; says what is missing where there is no engine. */
export async function engineBench(
    connectors: number,
    rounds: number,
    { kubeconfig, record }: EngineBenchOptions,
): Promise<void> {
    const missing = missingPart(kubeconfig);
    if (missing) return console.log(missing);
    const preview = (crds: boolean) => previews(connectors, rounds, kubeconfig!, crds);
    const alone = `preview of ${connectors} connectors`;
    const figures = {
        preview: print(`${alone} ÷ the connectors alone`, await preview(false)),
        previewWithCrds: print(`${alone} and CRDs ÷ the connectors alone`, await preview(true)),
        secondUp: print(
            `second up with ${connectors} connectors and CRDs ÷ a raw program`,
            await secondUps(connectors, rounds, kubeconfig!),
        ),
    };
    if (record) recordFigures(figures);
}
