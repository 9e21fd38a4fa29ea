/** What a move will do, and what keeps it from working. Nothing is changed. */
import { compareVersions } from "../util/compareVersions";
import { MoveError, type ConnectSide, type SideFacts } from "./connectSide";
import type { DesiredState, Journal } from "./journal";

/** A connector to move, and its name at the target. */
export interface Moved {
    readonly name: string;
    readonly targetName: string;
}

/** What to move. */
export interface PlannedConnector extends Moved {
    readonly state: DesiredState;
    readonly config: Readonly<Record<string, string>>;
}

/** The plan of a move. */
export interface MovePlan {
    readonly connectors: readonly PlannedConnector[];
    /** Why connectors cannot be moved, a sentence each. */
    readonly refusals: readonly string[];
}

const isSink = (config: Readonly<Record<string, string>>): boolean =>
    // MirrorMaker's sources name their topics too
    (config.topics ?? config["topics.regex"]) !== undefined && !/\.Mirror\w+Connector$/.test(config["connector.class"]);

/** Reasons in the facts of both sides. */
function versionRefusals(from: ConnectSide, to: ConnectSide, source: SideFacts, target: SideFacts): string[] {
    return [
        ...(compareVersions(source.version, "3.5.0") < 0
            ? [`${from.address} runs Kafka ${source.version}; a connector can be stopped from 3.5 on (KIP-875)`]
            : []),
        ...(compareVersions(target.version, "3.7.0") < 0
            ? [`${to.address} runs Kafka ${target.version}; a connector can be created stopped from 3.7 on (KIP-980)`]
            : []),
    ];
}

/** Reasons in one connector. */
function connectorRefusals(
    { name, targetName, config }: PlannedConnector,
    source: SideFacts,
    target: SideFacts,
    existing: string | undefined,
): string[] {
    const otherKafka = source.kafkaClusterId !== target.kafkaClusterId;
    const className = config["connector.class"];
    const hasPlugin =
        !target.plugins || target.plugins.some((plugin) => plugin === className || plugin.endsWith(`.${className}`));
    return [
        ...(existing !== undefined && existing !== "STOPPED"
            ? [`${targetName} exists at the target and is ${existing}; it has to be stopped or missing`]
            : []),
        ...(hasPlugin ? [] : [`${name}: the target has no plugin ${className}`]),
        ...(otherKafka && isSink(config)
            ? [
                  `${name} is a sink, and the target uses another Kafka, in whose topics records have other offsets; ` +
                      "mirror its topics, and let it start there with consumer.override.auto.offset.reset",
              ]
            : []),
        ...(otherKafka && config["schema.history.internal.kafka.topic"]
            ? [
                  `${name} has its schema history in ${config["schema.history.internal.kafka.topic"]}, which the ` +
                      "other Kafka does not have; copy the topic first and move the connector by itself",
              ]
            : []),
    ];
}

/**
 * Plans a move.
 *
 * @param chosen the connectors; all of the source where it is empty
 * @param journal what an earlier run has done: its connectors exist at the target rightly
 */
export async function planMove(
    from: ConnectSide,
    to: ConnectSide,
    chosen: readonly Moved[],
    journal: Journal,
): Promise<MovePlan> {
    if (from.address === to.address) throw new MoveError("the source and the target are the same Connect cluster.");
    const [source, target, names] = [await from.facts(), await to.facts(), await from.names()];
    const moved = chosen.length > 0 ? chosen : [...names].sort().map((name) => ({ name, targetName: name }));
    const missing = moved.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
    if (missing.length > 0)
        throw new MoveError(`${from.address} has no connector ${missing.join(", ")}; it has ${names.join(", ")}.`);
    const connectors: PlannedConnector[] = [];
    const refusals = versionRefusals(from, to, source, target);
    for (const item of moved) {
        const known = journal.find(item.name);
        const status = await from.status(item.name);
        const all = [status?.state, ...(status?.tasks ?? [])];
        if (!known && all.includes("FAILED"))
            refusals.push(`${item.name} has failed at the source; repair it first, or it fails at the target too`);
        const state = known?.state ?? desired(status?.state);
        const planned = { ...item, state, config: await from.config(item.name) };
        connectors.push(planned);
        const existing = known ? undefined : (await to.status(item.targetName))?.state;
        refusals.push(...connectorRefusals(planned, source, target, existing));
    }
    return { connectors, refusals };
}

const desired = (state: string | undefined): DesiredState =>
    state === "PAUSED" || state === "STOPPED" ? state : "RUNNING";
