/** Runs the contracts of a stack's connectors in a sandbox that runs. */
import type { Expectation } from "../../src/connectors/expectations";
import { contractDifferences } from "../../src/local/contract/compareRecords";
import { RecordLog } from "../../src/local/contract/recordLog";
import { pause } from "../../src/util/pause";
import type { Contracted, RunningSandbox } from "./running";

/** What became of one step. */
export interface StepResult {
    readonly connector: string;
    readonly step: string;
    readonly location: string;
    readonly differences: readonly string[];
    readonly seconds: number;
}

/** Time in which records that are not expected would arrive, after the last one that is. */
const furtherMs = 1000;
/** Time without a record after which a snapshot is over. */
const quietMs = 2000;

/** Runs every step of every connector, one after the other: they may share a database. */
export async function runContracts(
    sandbox: RunningSandbox,
    contracts: readonly Contracted[],
    report: (result: StepResult) => void,
): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const contract of contracts) {
        const log = new RecordLog(sandbox.bootstrap, contract.connector.outputTopics);
        await log.start();
        try {
            await sandbox.firstEvents(contract.connector.name);
            await log.quiet(quietMs);
            for (const [index, step] of contract.connector.expect!.entries()) {
                const result = await runStep(contract, step, index, log);
                results.push(result);
                report(result);
            }
        } finally {
            await log.stop();
        }
    }
    return results;
}

async function runStep(contract: Contracted, step: Expectation, index: number, log: RecordLog): Promise<StepResult> {
    const started = Date.now();
    const result = (differences: readonly string[]): StepResult => ({
        connector: contract.connector.name,
        step: step.name ?? step.sql[0].split("\n")[0],
        location: contract.location(["connectors", contract.connector.index, "expect", index]),
        differences,
        seconds: (Date.now() - started) / 1000,
    });
    const from = log.records.length;
    for (const statement of step.sql) {
        try {
            await contract.server.run(contract.database, statement);
        } catch (error) {
            return result([`the statement failed: ${(error as Error).message}`, `  ${statement}`]);
        }
    }
    const end = Date.now() + step.within * 1000;
    while (log.records.length - from < step.records.length && Date.now() < end) await pause(50);
    await pause(furtherMs);
    const received = log.records.slice(from);
    return result(contractDifferences(step.records, received, step.within));
}
