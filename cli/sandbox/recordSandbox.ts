/** Records a running sandbox, so that `kcp status` and the other commands find it. */
import type { Database } from "../../src/local/database";
import { writeSandboxState } from "../../src/operations/sandboxState";
import type { PromptDatabase } from "./prompt";

/** Where the parts of the sandbox are. */
export interface SandboxParts {
    readonly stack: string;
    readonly connect: string;
    readonly kafka: string;
    readonly metrics?: string;
    readonly databases: readonly PromptDatabase[];
}

/** Writes the record; it is removed when the sandbox ends. */
export function recordSandbox({ databases, ...parts }: SandboxParts): void {
    const servers = new Map<Database, string[]>();
    for (const { server, name } of databases) servers.set(server, [...(servers.get(server) ?? []), name]);
    writeSandboxState({
        ...parts,
        pid: process.pid,
        databases: [...servers].map(([{ name, port, user, password }, names]) => ({
            engine: /postgres/i.test(name) ? "postgres" : "mysql",
            port,
            user,
            password,
            databases: names,
        })),
    });
}
