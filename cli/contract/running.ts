/** What contracts and migrations use of a sandbox that runs. */
import type { ResolvedConnector } from "../../src/connectors/template";
import type { Database } from "../../src/local/database";

/** A sandbox whose connectors are in their requested states, or have failed. */
export interface RunningSandbox {
    readonly bootstrap: string;
    /** The sources with a database of this machine. */
    readonly sources: readonly Contracted[];
    /** Names of connectors that are rejected or failed now. */
    readonly failed: ReadonlySet<string>;
    /** Why a connector failed: the lines of its last report. */
    readonly reasons: ReadonlyMap<string, string>;
    /** Resolves when a connector whose tables have rows has written the first record, or has failed. */
    firstEvents(connector: string): Promise<void>;
}

/** A source with its database. */
export interface Contracted {
    readonly connector: ResolvedConnector;
    readonly server: Database;
    readonly database: string;
    readonly engine: "postgres" | "mysql";
    /** `Pulumi.local.yaml line 18`, for the path of a setting. */
    readonly location: (path: readonly (string | number)[]) => string;
}
