/** A stack file whose connectors run in a rig, the commands that a person types for it, and what `pulumi up` does. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as YAML from "yaml";
import { connectorConfig, connectorResource } from "../../src/local/connectApi";
import { ConnectRest, type ConnectorState } from "../../src/util/connectRest";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { project, projectFolder } from "../../src/util/project";
import type { ConnectRig } from "./connectRig";

type Declaration = Record<string, unknown>;

/** Outcome of a command. */
export interface Ran {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

const execute = (command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = projectFolder): Promise<Ran> =>
    new Promise((resolve) => {
        execFile(command, args, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        );
    });

export class DeclaredStack {
    readonly file: string;
    readonly rest: ConnectRest;
    /** Folder of the commands that replace those of the machine. */
    readonly bin: string;

    constructor(
        private readonly rig: ConnectRig,
        private readonly database: string,
    ) {
        const { folder } = rig.processes;
        this.file = path.join(folder, "Pulumi.shop.yaml");
        this.rest = new ConnectRest(rig.api.url);
        // `npx kcp` of this project, in whatever folder the command runs
        this.bin = path.join(folder, "bin");
        fs.mkdirSync(this.bin);
        const kcp = path.join(projectFolder, "cli", "kcp.js");
        fs.writeFileSync(path.join(this.bin, "npx"), `#!/bin/sh\nshift\nexec ${process.execPath} ${kcp} "$@"\n`, {
            mode: 0o755,
        });
    }

    /** Address of the rig's PostgreSQL. */
    get databaseUrl(): string {
        const { user, port } = this.rig.database;
        return `postgres://${user}@127.0.0.1:${port}/${this.database}`;
    }

    /** The options that select this stack and where it runs: `$TARGET` of the runbooks. */
    get target(): string[] {
        const { api, bootstrapServers } = this.rig;
        return ["--file", this.file, "--connect", api.url, "--kafka", bootstrapServers, "--database", this.databaseUrl];
    }

    private get env(): NodeJS.ProcessEnv {
        return {
            KUBECONFIG: "",
            PGPASSWORD: this.rig.database.password,
            PATH: `${this.bin}:${process.env.PATH}`,
            TARGET: this.target.join(" "),
        };
    }

    /** Runs `kcp` for this stack. */
    kcp(...args: string[]): Promise<Ran> {
        return execute(
            process.execPath,
            [path.join(projectFolder, "cli", "kcp.js"), ...args, ...this.target],
            this.env,
        );
    }

    /** Runs shell commands as a runbook prints them. Throws when one fails. */
    async shell(commands: string, variables: Record<string, string>): Promise<string> {
        const { code, stdout, stderr } = await execute(
            "bash",
            ["-euc", commands],
            { ...this.env, ...variables },
            this.rig.processes.folder,
        );
        if (code !== 0) throw new Error(`${commands}\nexit code ${code}\n${stdout}${stderr}`);
        return stdout;
    }

    /** Writes the stack file. */
    write(...connectors: Declaration[]): void {
        const sections = { ...this.rig.stack, connectors };
        const entries = Object.entries(sections).map(([key, value]) => [`${project}:${key}`, value]);
        fs.writeFileSync(this.file, YAML.stringify({ config: Object.fromEntries(entries) }));
    }

    private connectors() {
        return loadStack(readStack("shop", this.file), "shop", this.file).connectors;
    }

    /**
     * Makes the worker run what the stack file declares, in the order of `pulumi up` and the operator: connectors that
     * are gone first, because a replacement deletes before it creates.
     */
    async up(): Promise<void> {
        const declared = this.connectors();
        const running = new Map(
            Object.values(await this.rest.statuses()).map(({ name, connector }) => [name, connector.state]),
        );
        for (const name of running.keys())
            if (!declared.some((connector) => connector.name === name))
                await this.rest.request("DELETE", `/connectors/${name}`);
        for (const connector of declared) {
            const { name, state } = connector;
            const resource = connectorResource(connector);
            if (!running.has(name)) await this.rig.api.create(resource);
            else await this.rest.request("PUT", `/connectors/${name}/config`, connectorConfig(resource));
            if (running.has(name) && running.get(name) !== state.toUpperCase())
                await this.rest.setState(name, state as ConnectorState);
        }
    }

    /** Writes the stack file, and makes the worker run it until every task runs. */
    async deploy(...connectors: Declaration[]): Promise<void> {
        this.write(...connectors);
        await this.up();
        for (const { name, state } of this.connectors()) {
            await this.rest.untilState(name, state);
            if (state === "running") await this.untilTasksRun(name);
        }
    }

    /** Waits until a connector has tasks and all of them run. */
    async untilTasksRun(name: string, timeoutMs = 90_000): Promise<void> {
        const end = Date.now() + timeoutMs;
        for (;;) {
            const tasks = (await this.rest.status(name))?.tasks ?? [];
            if (tasks.length > 0 && tasks.every(({ state }) => state === "RUNNING")) return;
            if (Date.now() > end) throw new Error(`${name} does not run: ${JSON.stringify(tasks).slice(0, 1500)}`);
            await new Promise((resolve) => setTimeout(resolve, 300));
        }
    }
}
