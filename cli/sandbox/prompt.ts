/** The prompt of the sandbox: SQL over several lines in one session, and commands that begin with a backslash. */
import * as readline from "readline";
import type { ConnectApi } from "../../src/local/connectApi";
import type { Database, SqlSession } from "../../src/local/database";
import { pause } from "../../src/util/pause";
import type { Running } from "../../src/local/processes";
import { didYouMean } from "../../src/util/nearest";
import { readHistory, writeHistory } from "./history";
import { StatementBuffer } from "./statements";

/** A database of a server. */
export interface PromptDatabase {
    readonly server: Database;
    readonly name: string;
}

/** What the prompt works with. */
export interface PromptOptions {
    readonly api: Pick<ConnectApi, "restart" | "statuses">;
    readonly databases: readonly PromptDatabase[];
    /** The connectors and their states, as text. */
    readonly status: () => string;
    /** The processes that can be killed, besides the database in use. */
    readonly parts?: { readonly worker: Killable; readonly broker: Killable };
}

type Killable = Pick<Running, "kill" | "restart">;

/** Time between the end of a part and its new start: long enough that others notice. */
const deadMs = 2000;

const help = [
    "SQL ends with a semicolon and may take several lines; BEGIN … ROLLBACK works.",
    "  \\l              list the databases",
    "  \\c NAME         use another database",
    "  \\d [TABLE]      list the tables, or the columns of a table",
    "  \\status         show the connectors",
    "  \\restart NAME   restart a connector and its tasks",
    "  \\kill PART      kill worker, broker or database with SIGKILL, and start it again",
    "  \\q              stop the sandbox",
];

type Command = (argument: string) => Promise<string[]>;

/** Reads lines until the user quits. */
export class Prompt {
    private readonly buffer = new StatementBuffer();
    private readonly sessions = new Map<string, Promise<SqlSession>>();
    private current: PromptDatabase | undefined;
    private quit: () => void = () => undefined;

    constructor(private readonly options: PromptOptions) {
        this.current = options.databases[0];
    }

    /** Reads until `\q`. The end of the input is no reason to stop: it may be the end of a pipe. */
    async run(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> {
        const isTerminal = Boolean((input as NodeJS.ReadStream).isTTY);
        const lines = readline.createInterface({
            input,
            output: isTerminal ? output : undefined,
            terminal: isTerminal,
            history: isTerminal ? readHistory() : undefined,
            historySize: 500,
        });
        const ask = () => {
            if (!isTerminal) return;
            lines.setPrompt(`${this.current?.name ?? ""}${this.buffer.isEmpty ? "=> " : "-> "}`);
            lines.prompt();
        };
        if (isTerminal) lines.on("history", writeHistory);
        // readline takes Ctrl-C for itself
        lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
        // one statement after the other, in the order they were typed
        let previous = Promise.resolve();
        const ended = new Promise<void>((resolve) => {
            this.quit = resolve;
            lines.on("line", (line) => {
                previous = previous.then(async () => {
                    for (const text of await this.answer(line)) output.write(`  ${text}\n`);
                    ask();
                });
            });
        });
        const keepAlive = setInterval(() => undefined, 1 << 30);
        ask();
        try {
            await ended;
        } finally {
            clearInterval(keepAlive);
            lines.close();
        }
    }

    /** What a line makes the prompt print. */
    async answer(line: string): Promise<string[]> {
        try {
            if (this.buffer.isEmpty && line.trim().startsWith("\\")) return await this.command(line.trim());
            const answers: string[] = [];
            for (const statement of this.buffer.add(line))
                answers.push(...(await (await this.session()).run(statement)));
            return answers;
        } catch (error) {
            return (error as Error).message.split("\n");
        }
    }

    private command(line: string): Promise<string[]> {
        const [name, ...rest] = line.slice(1).split(/\s+/);
        const commands: Record<string, Command> = {
            "?": async () => help,
            l: () => this.catalog(({ catalog }) => catalog.databases),
            c: (database) => this.connect(database),
            d: (table) => this.catalog(({ catalog }) => (table ? catalog.columns(table) : catalog.tables)),
            status: () => this.status(),
            restart: (connector) => this.restart(connector),
            kill: (part) => this.kill(part),
            q: async () => {
                this.quit();
                return [];
            },
        };
        const run = commands[name];
        if (run) return run(rest.join(" ").replace(/;$/, ""));
        throw new Error(`\\${name}: unknown command${didYouMean(name, Object.keys(commands))}; \\? lists them`);
    }

    private database(): PromptDatabase {
        if (!this.current) throw new Error("no connector of this stack uses a database");
        return this.current;
    }

    private session(): Promise<SqlSession> {
        const { server, name } = this.database();
        const key = `${server.name}/${name}`;
        const session = this.sessions.get(key) ?? server.session(name);
        this.sessions.set(key, session);
        session.catch(() => this.sessions.delete(key));
        return session;
    }

    private async catalog(sql: (server: Database) => string): Promise<string[]> {
        const { server } = this.database();
        return (await this.session()).run(sql(server));
    }

    private async connect(name: string): Promise<string[]> {
        const { databases } = this.options;
        if (!name) return [`databases: ${databases.map((item) => item.name).join(", ")}`];
        const before = this.current;
        this.current = databases.find((item) => item.name === name) ?? { ...this.database(), name };
        try {
            await this.session();
        } catch (error) {
            this.current = before;
            throw error;
        }
        return [`using ${name} on ${this.current.server.name}`];
    }

    private async status(): Promise<string[]> {
        return this.options.status().split("\n");
    }

    /** Kills a part and starts it again: what the connectors do meanwhile is shown by `\status`. */
    private async kill(part: string): Promise<string[]> {
        const { parts } = this.options;
        const all: Record<string, Killable | undefined> = { ...parts, database: this.current?.server.running };
        const killed = all[part];
        if (!killed) throw new Error(`\\kill ${part}: expected one of worker, broker, database`);
        // open sessions end with the database
        if (part === "database") this.sessions.clear();
        await killed.kill();
        await pause(deadMs);
        killed.restart();
        return [`${part} was killed and starts again after ${deadMs / 1000} s; \\status shows the connectors`];
    }

    private async restart(name: string): Promise<string[]> {
        const names = Object.keys(await this.options.api.statuses());
        if (!names.includes(name))
            throw new Error(`no connector "${name}"${didYouMean(name, names) || `; there are ${names.join(", ")}`}`);
        await this.options.api.restart(name);
        return [`${name} restarts`];
    }
}
