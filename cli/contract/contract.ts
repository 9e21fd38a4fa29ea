/** Runs a stack's contracts, and applies migrations, in the sandbox: `kcp contract`. */
import { sandbox } from "../sandbox/sandbox";
import type { SandboxOptions } from "../sandbox/options";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { runMigrations, type MigrationResult } from "./migrations";
import { runContracts, type StepResult } from "./runContracts";
import type { RunningSandbox } from "./running";

/** Options of `kcp contract`. */
export interface ContractOptions extends Pick<SandboxOptions, "stack" | "file" | "plugins" | "json"> {
    /** Folder of the application's SQL migrations. */
    migrations?: string;
}

const stepText = ({ connector, step, location, differences, seconds }: StepResult): string =>
    differences.length === 0
        ? `ok      ${connector}: ${step} (${seconds.toFixed(1)} s)`
        : [`FAILED  ${connector}: ${step} (${location})`, ...differences.map((line) => `          ${line}`)].join("\n");

/** Whether a migration breaks those who read the records. */
export const breaks = ({ changes, failures }: MigrationResult): boolean =>
    failures.length > 0 || changes.some(({ change }) => change.kind !== "gained");

const migrationText = (result: MigrationResult): string => {
    const { migration, changes, failures } = result;
    const lines = [
        ...failures.map((text) => text.replace(/\n/g, "\n          ")),
        ...changes.map(({ topic, change }) => `${topic} ${change.text}`),
    ];
    const unchanged = lines.length === 0 ? ": the records stay as they are" : "";
    return [
        `${breaks(result) ? "FAILED " : "ok     "} ${migration}${unchanged}`,
        ...lines.map((line) => `          ${line}`),
    ].join("\n");
};

/** Runs all of it. Exits with 1 when a contract is broken, or a migration breaks the records or a connector. */
export function contract({ migrations, json, ...options }: ContractOptions): Promise<ExitCode> {
    const say = (text: string) => (json ? undefined : console.log(text));
    const use = async (running: RunningSandbox): Promise<ExitCode> => {
        const contracts = running.sources.filter(({ connector }) => connector.expect && connector.expect.length > 0);
        if (contracts.length === 0 && migrations === undefined)
            throw new Error(
                "no source of the stack has `expect`, and no --migrations is given: there is nothing to run",
            );
        const steps = await runContracts(running, contracts, (result) => say(stepText(result)));
        const applied = migrations
            ? await runMigrations(running, migrations, (result) => say(migrationText(result)))
            : [];
        const broken = steps.filter(({ differences }) => differences.length > 0).length;
        const breaking = applied.filter(breaks).length;
        say(`${steps.length} steps, ${broken} broken; ${applied.length} migrations, ${breaking} breaking`);
        if (json) console.log(JSON.stringify({ steps, migrations: applied }, null, 2));
        return broken + breaking > 0 ? exitCodes.failed : exitCodes.ok;
    };
    return sandbox({ ...options, use });
}
