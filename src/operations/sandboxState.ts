/** Where the parts of a running sandbox are, for commands in another terminal. */
import * as fs from "fs";
import * as path from "path";
import { cacheFolder } from "../local/cacheFolder";

/** A database server of the sandbox. */
export interface SandboxDatabase {
    readonly engine: "postgres" | "mysql";
    readonly port: number;
    readonly user: string;
    readonly password: string;
    /** The databases that connectors use. */
    readonly databases: readonly string[];
}

/** A running sandbox. */
export interface SandboxState {
    readonly pid: number;
    readonly stack: string;
    /** Address of Connect's REST API. */
    readonly connect: string;
    /** Kafka's bootstrap servers. */
    readonly kafka: string;
    /** Address of the worker's metrics, with --metrics or --metrics-port. */
    readonly metrics?: string;
    readonly databases: readonly SandboxDatabase[];
}

const fileOf = (stack: string): string => path.join(cacheFolder(), `sandbox-${stack}.json`);

/** Records a running sandbox. The logins in it are valid for its throw-away databases only. */
export const writeSandboxState = (state: SandboxState): void =>
    fs.writeFileSync(fileOf(state.stack), `${JSON.stringify(state)}\n`, { mode: 0o600 });

/** Removes the record of a sandbox that ends, unless another one of the same stack has replaced it. */
export function removeSandboxState(stack: string): void {
    if (readSandboxState(stack)?.pid === process.pid) fs.rmSync(fileOf(stack), { force: true });
}

function isRunning(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}

/** The running sandbox of a stack; undefined when there is none. */
export function readSandboxState(stack: string): SandboxState | undefined {
    try {
        const state = JSON.parse(fs.readFileSync(fileOf(stack), "utf8")) as SandboxState;
        return isRunning(state.pid) ? state : undefined;
    } catch {
        return undefined;
    }
}
