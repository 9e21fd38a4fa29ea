/** Moves connectors with their offsets to another Connect cluster: `kcp move`. */
import * as path from "path";
import { RestSide } from "../src/move/restSide";
import { MoveError, type ConnectSide } from "../src/move/connectSide";
import { Journal } from "../src/move/journal";
import { applyMove, rollBack, type MoveContext } from "../src/move/move";
import { planMove, type Moved, type MovePlan } from "../src/move/plan";
import { StrimziSide } from "../src/move/strimziSide";
import { connectorConfig } from "../src/local/connectApi";
import { openTunnel } from "../src/operations/portForward";
import { loadStack } from "../src/stack/loadStack";
import type { Settings } from "../src/stack/settings";
import { readStack } from "../src/stack/stackFile";
import { objectsOfKind, synth, type KubernetesObject } from "../src/synth/synth";
import { ClusterApi } from "../src/util/clusterApi";
import { chooseStack } from "./support/chooseStack";

/** The arguments of the command. */
export interface MoveArguments {
    readonly from: string;
    /** REST API of the target. With a kubeconfig, default: a tunnel. */
    readonly to?: string;
    /** Stack whose connectors are created at the target. */
    readonly stack?: string;
    /** Stack file in place of Pulumi.STACK.yaml. */
    readonly file?: string;
    /** Cluster in which Strimzi runs the target: connectors are KafkaConnectors there. */
    readonly kubeconfig?: string;
    /** Context within the kubeconfig. */
    readonly context?: string;
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

/** The stack whose connectors are moved, as far as a move needs it. */
interface TargetStack {
    readonly settings: Settings;
    readonly connectors: ReadonlyMap<string, KubernetesObject>;
}

async function readTarget({ stack: name, file: given }: MoveArguments): Promise<TargetStack | undefined> {
    if (name === undefined && given === undefined) return undefined;
    const { stack, file } = chooseStack({ stack: name, file: given });
    const raw = readStack(stack, file);
    const objects = objectsOfKind(await synth(stack, raw), "KafkaConnector");
    const connectors = new Map(objects.map((object) => [object.metadata.name, object]));
    return { settings: loadStack(raw, stack, file), connectors };
}

const sideOf = (option: string, address: string): ConnectSide => {
    if (!/^https?:\/\//.test(address))
        throw new MoveError(`--${option} ${address}: expected the address of Kafka Connect's REST API.`);
    return new RestSide(address);
};

/** The target, and what ends it. */
interface OpenTarget {
    readonly side: ConnectSide;
    readonly close: () => void;
}

/** The target on Kubernetes, whose REST API is reached by a tunnel unless its address is given. */
async function strimziTarget(args: MoveArguments, target: TargetStack | undefined): Promise<OpenTarget> {
    const { kubeconfig, context, to } = args;
    if (!target) throw new MoveError("--kubeconfig needs --stack, which says what the KafkaConnectors are.");
    const { connect, release } = target.settings;
    const { name: cluster, namespace } = connect;
    const flags = ["--kubeconfig", kubeconfig!, ...(context ? ["--context", context] : [])];
    const tunnel = to === undefined ? await openTunnel(flags, namespace, cluster) : undefined;
    const api = await ClusterApi.connect({ kubeconfig, context });
    const declared = (name: string) => target.connectors.get(name);
    const location = { namespace, cluster, apiVersion: release.apiVersion, declared };
    const rest = sideOf("to", tunnel?.url ?? to!);
    return { side: new StrimziSide(api, rest, location), close: () => tunnel?.close() };
}

async function openTarget(args: MoveArguments, target: TargetStack | undefined): Promise<OpenTarget> {
    if (args.kubeconfig !== undefined) return strimziTarget(args, target);
    if (args.to === undefined) throw new MoveError("--to or --kubeconfig is required: where the connectors will run.");
    return { side: sideOf("to", args.to), close: () => undefined };
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
    const from = sideOf("from", args.from);
    const target = await readTarget(args);
    const { side: to, close } = await openTarget(args, target);
    try {
        return await moveBetween(from, to, args, target, print);
    } finally {
        close();
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
