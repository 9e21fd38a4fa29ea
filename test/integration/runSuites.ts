/**
 * Runs integration suites, each in a process, two at a time: `tsx runSuites.ts [SUITE…]`. Without names, all of them.
 *
 * The suites wait for workers, databases and API servers most of the time. Those that need a cluster share it, and
 * its CRDs, so that one of them runs at a time. The output of a suite is printed when it has ended.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { suites } from "./suites";

/** The longest suites begin first, so that no long one is left for the end. */
const longestFirst: readonly string[] = ["status", "metrics", "operations", "engine", "standalone", "sandbox", "slot"];

/** What one suite has printed, how long it took, and whether it passed. */
interface Outcome {
    readonly suite: string;
    readonly seconds: number;
    readonly passed: boolean;
}

/** The suites in the order in which they begin. */
export const startOrder = (names: readonly string[]): string[] =>
    [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));

function rank(suite: string): number {
    const index = longestFirst.indexOf(suite);
    return index < 0 ? longestFirst.length : index;
}

/** The first suite that can begin now: only one suite at a time uses the cluster. */
export const nextSuite = (waiting: readonly string[], running: readonly string[]): string | undefined =>
    waiting.find((suite) => !usesCluster(suite) || !running.some(usesCluster));

const usesCluster = (suite: string): boolean => suites[suite]?.includes("cluster") ?? true;

function run(suite: string): Promise<Outcome> {
    const start = Date.now();
    const mocha = require.resolve("mocha/bin/mocha.js");
    const options = ["--require", "tsx/cjs", "--require", path.join(__dirname, "recordResults.ts")];
    const child = spawn(process.execPath, [mocha, ...options, path.join(__dirname, `${suite}.test.ts`)]);
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => {
            const seconds = Math.round((Date.now() - start) / 1000);
            process.stdout.write(Buffer.concat(output));
            console.log(`-- ${suite}: ${code === 0 ? "ok" : "FAILED"} (${seconds} s)`);
            resolve({ suite, seconds, passed: code === 0 });
        });
    });
}

/** Runs the suites, at most `slots` at a time. */
async function runAll(names: readonly string[], slots: number): Promise<Outcome[]> {
    const waiting = startOrder(names);
    const running = new Map<string, Promise<Outcome>>();
    const outcomes: Outcome[] = [];
    while (waiting.length + running.size > 0) {
        const suite = running.size < slots ? nextSuite(waiting, [...running.keys()]) : undefined;
        if (suite !== undefined) {
            waiting.splice(waiting.indexOf(suite), 1);
            running.set(suite, run(suite));
            continue;
        }
        const outcome = await Promise.race(running.values());
        running.delete(outcome.suite);
        outcomes.push(outcome);
    }
    return outcomes;
}

const allSuites = (): string[] => fs.readdirSync(__dirname).flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? []);

async function main(names: readonly string[]): Promise<void> {
    const outcomes = await runAll(names.length > 0 ? names : allSuites(), Math.min(2, availableParallelism()));
    const times = [...outcomes]
        .sort((a, b) => b.seconds - a.seconds)
        .map(({ suite, seconds }) => `${suite} ${seconds}`);
    console.log(`seconds by suite: ${times.join(", ")}`);
    const failed = outcomes.filter(({ passed }) => !passed).map(({ suite }) => suite);
    if (failed.length === 0) return;
    console.error(`failed: ${failed.join(", ")}`);
    process.exitCode = 1;
}

if (require.main === module) void main(process.argv.slice(2));
