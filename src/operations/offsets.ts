/** Offsets of connectors: saved to a file, set from one, and reset. */
import { z } from "zod";
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectorState, StoredOffset } from "../util/connectRest";
import type { Step } from "./plan";
import type { ConnectTarget } from "./target";
import { plural } from "../util/plural";

/** A file with the offsets of one connector. */
export const offsetFile = z.strictObject({
    connector: z.string().describe("Connector that the offsets are of"),
    savedAt: z.string().describe("When they were read, in UTC"),
    offsets: z
        .array(
            z.strictObject({
                partition: z.record(z.string(), z.unknown()).describe("What is read, in the form of the plugin"),
                offset: z.record(z.string(), z.unknown()).nullable().describe("How far; null deletes it"),
            }),
        )
        .describe("As Connect's REST API reports them"),
});

export type OffsetFile = z.output<typeof offsetFile>;

/** One offset as a line: `{"server":"shop"}: {"lsn":123}` */
export const offsetLine = ({ partition, offset }: StoredOffset): string =>
    `${JSON.stringify(partition)}: ${offset === null ? "none" : JSON.stringify(offset)}`;

/**
 * Why offsets cannot be of a connector; undefined when they can. Debezium looks its offset up by the topic prefix: one
 * with another prefix would be stored and never found, and the connector would read everything again.
 */
export function offsetMismatch(
    { name, config }: ResolvedConnector,
    offsets: readonly StoredOffset[],
): string | undefined {
    const prefix = config["topic.prefix"];
    const other = offsets.find(({ partition }) => "server" in partition && partition.server !== prefix);
    if (prefix === undefined || !other) return undefined;
    return (
        `the offsets are of the topic prefix ${JSON.stringify(other.partition.server)}, but ${name} has "${prefix}" ` +
        "and would not find them; set topicPrefix to the former one"
    );
}

/** Stops a connector, changes its offsets, and returns it to the state that it had. */
async function whileStopped(target: ConnectTarget, name: string, change: Step): Promise<Step[]> {
    const rest = await target.rest();
    const status = await rest.status(name);
    if (!status) throw new Error(`Connect has no connector ${name}`);
    const { state } = status.connector;
    const former = (state === "FAILED" ? "running" : state.toLowerCase()) as ConnectorState;
    const stop: Step = {
        text: `stop ${name}: its tasks end`,
        run: async () => {
            await target.setState(name, "stopped");
            await rest.untilState(name, "stopped");
        },
    };
    const resume: Step = { text: `set ${name} to ${former} again`, run: () => target.setState(name, former) };
    return state === "STOPPED" ? [change] : [stop, change, resume];
}

/** Sets the offsets of a connector. */
export async function setOffsets(
    target: ConnectTarget,
    name: string,
    offsets: readonly StoredOffset[],
): Promise<Step[]> {
    const rest = await target.rest();
    return whileStopped(target, name, {
        text: `set ${plural(offsets.length, "offset")} of ${name}: ${offsets.map(offsetLine).join(", ")}`,
        run: () => rest.setOffsets(name, offsets),
    });
}

/** Deletes the offsets of a connector, which then starts as if it were new. */
export async function resetOffsets(target: ConnectTarget, name: string): Promise<Step[]> {
    const rest = await target.rest();
    const current = await rest.offsets(name);
    return whileStopped(target, name, {
        text: `delete ${plural(current.length, "offset")} of ${name}: it then starts as if it were new`,
        run: () => rest.resetOffsets(name),
    });
}
