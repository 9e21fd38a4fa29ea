/** Moves connectors with their offsets to another Connect cluster: `kcp move`. */
import * as path from "path";
import type { ConnectSide } from "../src/move/connectSide";
import { Journal } from "../src/move/journal";
import { applyMove, rollBack, type MoveContext } from "../src/move/move";
import { planMove, type Moved, type MovePlan } from "../src/move/plan";
import { connectorConfig } from "../src/local/connectApi";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { objectsOfKind, synth } from "../src/synth/synth";
import { openSource, openTarget, type SideArguments, type TargetStack } from "./moveSides";
import { chooseStack } from "./support/chooseStack";

/** The arguments of the command. */
export interface MoveArguments extends SideArguments {
    /** Stack whose connectors are created at the target. */
    readonly stack?: string;
    /** Stack file in place of Pulumi.STACK.yaml. */
    readonly file?: string;
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

async function readTarget({ stack: name, file: given }: MoveArguments): Promise<TargetStack | undefined> {
    if (name === undefined && given === undefined) return undefined;
    const { stack, file } = chooseStack({ stack: name, file: given });
    const raw = readStack(stack, file);
    const settings = loadStack(raw, stack, file);
    const objects = objectsOfKind(await synth(stack, raw, { loaded: settings }), "KafkaConnector");
    const connectors = new Map(objects.map((object) => [object.metadata.name, object]));
    return { settings, connectors };
}

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
    const target = await readTarget(args);
    const from = await openSource(args);
    try {
        const to = await openTarget(args, target);
        try {
            return await moveBetween(from.side, to.side, args, target, print);
        } finally {
            to.close();
        }
    } finally {
        from.close();
    }
}

async function moveBetween(
    from: ConnectSide,
    to: ConnectSide,
    args: MoveArguments,
    target: TargetStack | undefined,
    print: (line: string) => void,
): Promise<number> {
    const file = path.resolve(args.journal ?? "kcp-move.json");
    const journal = Journal.open(file, from.address, to.address);
    const targetConfig = (name: string) => {
        const declared = target?.connectors.get(name);
        return declared && connectorConfig(declared);
    };
    const context: MoveContext = { from, to, journal, print, targetConfig };
    if (args.rollback) return bringBack(context, args.apply ?? false);
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
    if (args.kubeconfig !== undefined) {
        const adopted = plan.connectors.map(({ targetName }) => `KafkaConnector/${targetName}`);
        print(`\`pulumi up\` takes the KafkaConnectors over when the stack file has adopt: [${adopted.join(", ")}]`);
    }
    return 0;
}

async function bringBack(context: MoveContext, apply: boolean): Promise<number> {
    if (apply) {
        await rollBack(context);
        return 0;
    }
    for (const { name, step } of context.journal.connectors)
        context.print(`${name}: ${step}; would run at the source again`);
    context.print("Nothing was changed; --apply does it.");
    return 0;
}
