/** Moves connectors with their offsets to another Connect cluster: `kcp move`. */
import * as path from "path";
import { RestSide } from "../src/move/restSide";
import { MoveError, type ConnectSide } from "../src/move/connectSide";
import { Journal } from "../src/move/journal";
import { applyMove, rollBack, type MoveContext } from "../src/move/move";
import { planMove, type Moved, type MovePlan } from "../src/move/plan";
import { connectorConfig } from "../src/local/connectApi";
import { objectsOfKind, synth } from "../src/synth/synth";
import { readStack } from "../src/stack/stackFile";

/** The arguments of the command. */
export interface MoveArguments {
    readonly from: string;
    readonly to: string;
    /** Stack whose connectors are created at the target. */
    readonly stack?: string;
    /** NAME, or NAME=NAME_AT_TARGET. */
    readonly connector?: readonly string[];
    readonly journal?: string;
    readonly apply?: boolean;
    readonly rollback?: boolean;
}

/** `NAME` or `NAME=NAME_AT_TARGET`. */
function movedConnector(given: string): Moved {
    const [name, targetName = name] = given.split("=");
    return { name, targetName };
}

/** What the stack's connectors are at the target, by name. */
async function configsOf(stack: string): Promise<ReadonlyMap<string, Record<string, string>>> {
    const objects = objectsOfKind(await synth(stack, readStack(stack)), "KafkaConnector");
    return new Map(objects.map((object) => [object.metadata.name, connectorConfig(object)]));
}

const sideOf = (option: string, address: string): ConnectSide => {
    if (!/^https?:\/\//.test(address))
        throw new MoveError(`--${option} ${address}: expected the address of Kafka Connect's REST API.`);
    return new RestSide(address);
};

function printPlan({ connectors, refusals }: MovePlan, context: MoveContext): void {
    for (const { name, targetName, state } of connectors) {
        const step = context.journal.find(name)?.step;
        const renamed = name === targetName ? "" : ` as ${targetName}`;
        context.print(`${name}${renamed}: ${state}${step ? `, ${step}` : ""}`);
    }
    for (const refusal of refusals) context.print(`refused: ${refusal}`);
}

/** Plans, and with `apply` carries out. Returns the exit code. */
export async function runMove(args: MoveArguments, print: (line: string) => void): Promise<number> {
    const [from, to] = [sideOf("from", args.from), sideOf("to", args.to)];
    const file = path.resolve(args.journal ?? "kcp-move.json");
    const journal = Journal.open(file, from.address, to.address);
    const configs = args.stack ? await configsOf(args.stack) : undefined;
    const context: MoveContext = { from, to, journal, print, targetConfig: (name) => configs?.get(name) };
    if (args.rollback) {
        if (!args.apply) {
            for (const { name, step } of journal.connectors) print(`${name}: ${step}; would run at the source again`);
            print("Nothing was changed; --apply does it.");
            return 0;
        }
        await rollBack(context);
        return 0;
    }
    const plan = await planMove(from, to, (args.connector ?? []).map(movedConnector), journal);
    printPlan(plan, context);
    if (plan.refusals.length > 0) return 1;
    if (!args.apply) {
        print(
            "Each is stopped at the source, its offsets are set at the target, and it runs there. " +
                "Nothing was changed; --apply does it.",
        );
        return 0;
    }
    await applyMove(context, plan.connectors);
    print(`Moved. The connectors are stopped at the source: \`--rollback --apply\` brings them back, with ${file}.`);
    return 0;
}
