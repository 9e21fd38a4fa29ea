/** The most memory that a process and the node process below it take, read from /proc while they run. */
import * as fs from "node:fs";

/** A number of /proc/PID/status, of Linux; undefined where there is none. */
export function statusOf(pid: number, field: "PPid" | "VmHWM" | "VmRSS" | "Threads"): number | undefined {
    try {
        const value = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return value === undefined ? undefined : Number(value);
    } catch {
        // it has ended, or there is no /proc
        return undefined;
    }
}

const processes = (): number[] =>
    fs.existsSync("/proc")
        ? fs
              .readdirSync("/proc")
              .filter((name) => /^\d+$/.test(name))
              .map(Number)
        : [];

const isNode = (pid: number): boolean => {
    try {
        return /^node|MainThread$/.test(fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim());
    } catch {
        return false;
    }
};

/** Reads until `stop`. */
export class ProcessMemory {
    private engine: number | undefined;
    private program: number | undefined;
    private readonly timer = setInterval(() => this.read(), 500);

    constructor(private readonly pid: number) {}

    private descends(pid: number): boolean {
        for (let at: number | undefined = pid; at !== undefined && at > 1; at = statusOf(at, "PPid"))
            if (at === this.pid) return true;
        return false;
    }

    private read(): void {
        this.engine = statusOf(this.pid, "VmHWM") ?? this.engine;
        for (const pid of processes())
            if (isNode(pid) && this.descends(pid))
                this.program = Math.max(this.program ?? 0, statusOf(pid, "VmHWM") ?? 0);
    }

    /** Ends reading; returns the peaks in MB. */
    stop(): { engineMegabytes: number | undefined; programMegabytes: number | undefined } {
        clearInterval(this.timer);
        const megabytes = (kilobytes: number | undefined) => kilobytes && kilobytes / 1024;
        return { engineMegabytes: megabytes(this.engine), programMegabytes: megabytes(this.program) };
    }
}
