/** The processes of one sandbox. Each ends with it: on Ctrl-C, on a failure, and when the sandbox itself is killed. */
import { spawn, type ChildProcess } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";

/** How a process is started. */
export interface Start {
    command: string;
    args: string[];
    cwd: string;
    /** File for what it prints. */
    log: string;
    env?: NodeJS.ProcessEnv;
    uid?: number;
    gid?: number;
    /** The signal that ends it. Nothing of a sandbox is kept, so SIGKILL unless it holds resources of the system. */
    stopSignal?: "SIGKILL" | "SIGQUIT";
    /** Whether it ends by itself, instead of running until it is stopped. */
    expectedToEnd?: boolean;
}

/** A started process. */
export interface Running {
    readonly name: string;
    readonly log: string;
    readonly pid?: number;
    /** Whether it runs at this moment. */
    readonly isAlive: boolean;
    /** Its exit code, or 128 plus the number of the signal that ended it. Undefined while it runs. */
    readonly exitCode?: number;
    /** Rejects with the end of its log when it ends too early, or with an error. */
    readonly failed: Promise<never>;
    /** Resolves when a process that is expected to end has done so; rejects as `failed` does. */
    readonly ended: Promise<void>;
    /** Kills it with SIGKILL, and whatever it has started. That is no failure. */
    kill(): Promise<void>;
    /** Starts it again after `kill`, with the same files and ports. */
    restart(): void;
}

const lastLines = (file: string, count: number): string =>
    fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n") : "";

/** All processes of one sandbox. They live in one folder, which is removed with them. */
export class Processes {
    private readonly children: { child: ChildProcess; stopSignal: NodeJS.Signals }[] = [];
    private readonly watchdog: ChildProcess;
    private stopping = false;
    private reportFailure: (error: Error) => void = () => undefined;
    /** Rejects when one of them ends that should run, with the end of its log. */
    readonly failed = new Promise<never>((_, reject) => (this.reportFailure = reject));

    constructor(readonly folder: string) {
        this.failed.catch(() => undefined); // the code that awaits it handles the failure
        // holds the other end of a pipe: whatever ends this process, even SIGKILL, closes it, and the watchdog cleans
        // up
        this.watchdog = spawn(process.execPath, [path.join(__dirname, "watchdog.js"), folder], {
            detached: true,
            stdio: ["pipe", "ignore", "ignore"],
        });
        this.watchdog.unref();
        (this.watchdog.stdin as unknown as { unref(): void }).unref();
        this.watchdog.stdin!.on("error", () => undefined);
    }

    /**
     * Starts a process in its own process group, so that Ctrl-C in the terminal does not reach it before `stop` does.
     */
    start(
        name: string,
        { command, args, cwd, log, env, uid, gid, expectedToEnd, stopSignal = "SIGKILL" }: Start,
    ): Running {
        fs.mkdirSync(path.dirname(log), { recursive: true });
        let isKilled = false;
        let succeed: () => void = () => undefined;
        let fail: (error: Error) => void = () => undefined;
        const success = new Promise<void>((resolve) => (succeed = resolve));
        const failed = new Promise<never>((_, reject) => (fail = reject));
        const begin = (): ChildProcess => {
            const output = fs.openSync(log, "a");
            const started = spawn(command, args, {
                cwd,
                env: { ...process.env, ...env },
                uid,
                gid,
                detached: true,
                stdio: ["ignore", output, output],
            });
            fs.closeSync(output);
            this.children.push({ child: started, stopSignal });
            if (started.pid) this.watchdog.stdin!.write(`${started.pid} ${stopSignal}\n`);
            started.once("error", (error) => fail(new Error(`${name} could not be started: ${error.message}`)));
            started.once("exit", (code, signal) => {
                if (expectedToEnd && code === 0) return succeed();
                if (this.stopping || isKilled) return;
                const how = signal ?? `exit code ${code}`;
                fail(new Error(`${name} ended unexpectedly (${how}). The end of ${log}:\n${lastLines(log, 25)}`));
            });
            return started;
        };
        let child = begin();
        failed.catch((error: Error) => this.reportFailure(error));
        const ended = Promise.race([success, failed]);
        ended.catch(() => undefined); // few wait for the end of a server
        return {
            name,
            log,
            get pid() {
                return child.pid;
            },
            get isAlive() {
                return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
            },
            get exitCode() {
                return child.signalCode ? 128 + os.constants.signals[child.signalCode] : (child.exitCode ?? undefined);
            },
            failed,
            ended,
            kill: async () => {
                isKilled = true;
                const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
                if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
                kill(-child.pid, "SIGKILL");
                await exit;
            },
            restart: () => {
                child = begin();
                isKilled = false;
            },
        };
    }

    /** Ends every process and waits until it has ended. */
    async stop(patienceMs = 5000): Promise<void> {
        this.stopping = true;
        await Promise.all(this.children.map((item) => this.end(item, patienceMs)));
        this.watchdog.stdin!.end("done\n");
    }

    private end(
        { child, stopSignal }: { child: ChildProcess; stopSignal: NodeJS.Signals },
        patienceMs: number,
    ): Promise<void> {
        return new Promise((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null || !child.pid) return resolve();
            const group = -child.pid;
            const timer = setTimeout(() => kill(group, "SIGKILL"), patienceMs);
            child.once("exit", () => {
                clearTimeout(timer);
                resolve();
            });
            kill(group, stopSignal);
        });
    }
}

function kill(group: number, signal: NodeJS.Signals): void {
    try {
        process.kill(group, signal);
    } catch {
        // it has ended by itself
    }
}
