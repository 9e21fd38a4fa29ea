/** One side of a move: a Connect cluster whose connectors can be stopped, and whose offsets can be read and set. */
import type { DesiredState } from "./journal";
import type { StoredOffset } from "../util/connectRest";

/** A move that cannot go on; the message is one sentence for the user. */
export class MoveError extends Error {}

/** The state of a connector on one side. */
export interface ConnectorState {
    /** RUNNING, PAUSED, STOPPED, FAILED or UNASSIGNED. */
    readonly state: string;
    readonly tasks: readonly string[];
}

/** Facts about a Connect cluster. */
export interface SideFacts {
    /** Kafka version of the workers. */
    readonly version: string;
    /** Id of the Kafka cluster that the workers use. */
    readonly kafkaClusterId: string;
    /** Classes of the connector plugins; undefined where they are not known. */
    readonly plugins?: readonly string[];
}

/** A Connect cluster. Every action can be repeated: a second call changes nothing. */
export interface ConnectSide {
    /** How messages and the journal name it. */
    readonly address: string;
    facts(): Promise<SideFacts>;
    names(): Promise<string[]>;
    /** Undefined where it has no such connector. */
    status(name: string): Promise<ConnectorState | undefined>;
    config(name: string): Promise<Record<string, string>>;
    /** Waits until no task is left. */
    stop(name: string): Promise<void>;
    offsets(name: string): Promise<StoredOffset[]>;
    /** Creates a connector that runs nothing yet. */
    createStopped(name: string, config: Readonly<Record<string, string>>): Promise<void>;
    /** Sets the offsets of a stopped connector. */
    setOffsets(name: string, offsets: readonly StoredOffset[]): Promise<void>;
    /** Brings a connector into a state and waits until it and its tasks are in it. */
    bring(name: string, state: DesiredState): Promise<void>;
}
