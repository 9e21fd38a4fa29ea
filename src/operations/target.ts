/** What runs connectors: a Connect cluster on Kubernetes, or a worker that is reached by REST. */
import type { ConnectorState, ConnectorStatus, ConnectRest } from "../util/connectRest";

/** A running Connect cluster. */
export interface ConnectTarget {
    /** Where it is, for a sentence: `the sandbox`, `namespace kafka-connect of https://…`. */
    readonly description: string;
    /** How a state is changed, for a sentence. */
    readonly stateNote?: string;
    /** The connectors that run, with their states. */
    connectors(): Promise<readonly ConnectorStatus[]>;
    /** Restarts a connector and all its tasks. */
    restart(name: string): Promise<void>;
    restartTask(name: string, task: number): Promise<void>;
    /** Requests a state; it is reached later. */
    setState(name: string, state: ConnectorState): Promise<void>;
    /** Connect's REST API, which only offsets need. */
    rest(): Promise<ConnectRest>;
    /** Ends what was started to reach it. */
    close(): void;
}
