/**
 * What the platform costs on the real engine, over raw programs: a preview of its connectors, with and without
 * Strimzi's CRDs, and a second `pulumi up`, which changes nothing.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onPath } from "../../src/local/tools";
import { benchStack, platformProgram, rawProgram, type BenchProgram } from "./enginePrograms";
import { median, range } from "./median";

const commands = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes"];

interface Comparison {
    readonly measure: string;
    /** Seconds of each round. */
    readonly platform: readonly number[];
    readonly raw: readonly number[];
}

/** Times a command of both programs in turn. */
async function compare(
    measure: string,
    rounds: number,
    programs: Readonly<Record<"platform" | "raw", BenchProgram>>,
    args: readonly string[],
): Promise<Comparison> {
    const platform: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < rounds; round++) {
        platform.push(await programs.platform.seconds(...args));
        raw.push(await programs.raw.seconds(...args));
    }
    return { measure, platform, raw };
}

function print({ measure, platform, raw }: Comparison): void {
    const ratios = platform.map((seconds, index) => seconds / raw[index]);
    const seconds = `${median(platform).toFixed(1)} s ÷ ${median(raw).toFixed(1)} s`;
    console.log(`${measure}: ${seconds} = ${range(ratios)}`);
}

async function previews(connectors: number, rounds: number, kubeconfig: string, crds: boolean): Promise<Comparison> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
    try {
        const config = benchStack(connectors, kubeconfig, crds);
        const programs = {
            platform: await platformProgram(folder, config),
            raw: await rawProgram(folder, config, "KafkaConnector"),
        };
        const measure = `preview of ${connectors} connectors ${crds ? "with" : "without"} CRDs ÷ the connectors alone`;
        return await compare(measure, rounds, programs, ["preview"]);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/** Both deploy the same objects, so that one stack is destroyed before the other begins. */
async function secondUps(connectors: number, rounds: number, kubeconfig: string): Promise<Comparison> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
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
    try {
        const platform = await timesOf(await platformProgram(folder, config));
        const raw = await timesOf(await rawProgram(folder, config));
        return { measure: `second up with ${connectors} connectors and CRDs ÷ a raw program`, platform, raw };
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/**
 * Prints each ratio with its spread; says what is missing where there is no engine.
 *
 * @param kubeconfig file of a disposable cluster
 */
export async function engineBench(connectors: number, rounds: number, kubeconfig: string | undefined): Promise<void> {
    const missing = commands.find((command) => !onPath(command));
    if (missing !== undefined) return console.log(`skipped: no ${missing} on PATH`);
    if (kubeconfig === undefined) return console.log("skipped: no cluster (--kubeconfig FILE)");
    print(await previews(connectors, rounds, kubeconfig, true));
    print(await previews(connectors, rounds, kubeconfig, false));
    print(await secondUps(connectors, rounds, kubeconfig));
}
