/**
 * Fails when an integration suite ran no test although the machine has what it needs: `tsx verifySuites.ts RESULTS
 * PART…`
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { optionalSuites, suites } from "./suites";

/** One line of the results file. */
export interface Result {
    readonly suite: string;
    readonly state: string;
}

/** What is wrong with a run, one sentence each. */
export function problems(results: readonly Result[], parts: readonly string[], files: readonly string[]): string[] {
    const passed = (suite: string) => results.some((item) => item.suite === suite && item.state === "passed");
    const unknown = files.filter((suite) => !(suite in suites) && !optionalSuites.includes(suite));
    const skipped = Object.entries(suites).filter(
        ([suite, needed]) => needed.every((part) => parts.includes(part)) && !passed(suite),
    );
    return [
        ...unknown.map((suite) => `${suite}.test.ts is not listed in suites.ts`),
        ...skipped.map(([suite, needed]) => `${suite} ran no test, although the machine has ${needed.join(", ")}`),
    ];
}

function main([file, ...parts]: string[]): void {
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    const files = fs.readdirSync(__dirname).flatMap((name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? []);
    const found = problems(
        lines.map((line) => JSON.parse(line) as Result),
        parts,
        files,
    );
    for (const problem of found) console.error(problem);
    console.log(`integration suites checked on a machine with ${parts.join(", ") || "nothing they need"}`);
    if (found.length > 0) process.exitCode = 1;
}

if (require.main === module)
    main(process.argv.slice(2).map((item, index) => (index === 0 ? path.resolve(item) : item)));
