/** The two programs of the benchmark on the real engine: the platform, and a raw program with the same objects. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { synth } from "../../src/synth/synth";
import { project, projectFolder } from "../../src/util/project";
import { ProcessMemory } from "./processMemory";

const benchConnectors = (count: number): Record<string, unknown>[] =>
    Array.from({ length: count }, (_, index) => ({
        connectorTemplate: "debeziumPostgresSourceConnector",
        source: { instance: `instance${index % 10}`, database: "data", table: `table${index}` },
    }));

/** A stack with so many connectors, that waits for nothing: the pods of a cluster without kubelets never run. */
export const benchStack = (connectors: number, kubeconfig: string, crds: boolean): Record<string, unknown> => ({
    eks: { kubeconfig },
    strimzi: { install: false, crds },
    image: { existing: "connect@sha256:" + "0".repeat(64) },
    secrets: { provider: "kubernetes" },
    kafka: { bootstrapServers: "kafka:9092" },
    connect: { wait: false },
    connectors: benchConnectors(connectors),
});

/** What a command of Pulumi took. */
export interface Measured {
    readonly seconds: number;
    /** Most memory of the engine, in MB; undefined where there is no /proc. */
    readonly engineMegabytes: number | undefined;
    /** Most memory of the program, in MB. */
    readonly programMegabytes: number | undefined;
}

/** A Pulumi program in a folder, with a stack named bench. */
export class BenchProgram {
    constructor(
        private readonly folder: string,
        private readonly env: NodeJS.ProcessEnv,
    ) {}

    /** Seconds that a command of Pulumi takes. Rejects with its output when it fails. */
    async seconds(...args: string[]): Promise<number> {
        return (await this.measure(args)).seconds;
    }

    /** The same, with the memory of the processes. */
    measure(args: readonly string[]): Promise<Measured> {
        const started = Date.now();
        const child = spawn("pulumi", [...args, "--stack", "bench", "--non-interactive", "--color", "never"], {
            cwd: this.folder,
            env: this.env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
        const memory = new ProcessMemory(child.pid!);
        return new Promise((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code) => {
                const peaks = memory.stop();
                if (code === 0) resolve({ seconds: (Date.now() - started) / 1000, ...peaks });
                else reject(new Error(`pulumi ${args.join(" ")} fails:\n${output.slice(-3000)}`));
            });
        });
    }
}

const engineEnv = (folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...process.env,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...more,
});

function newFolder(parent: string, name: string): string {
    const folder = path.join(parent, name);
    fs.mkdirSync(path.join(folder, "state"), { recursive: true });
    fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
    return folder;
}

/** A copy of this project with the stack. */
export async function platformProgram(parent: string, config: Record<string, unknown>): Promise<BenchProgram> {
    const folder = newFolder(parent, "platform");
    fs.cpSync(projectFolder, folder, {
        recursive: true,
        filter: (source) => !/\/(node_modules|\.git|dist|rendered)$/.test(source),
    });
    // in a file: Pulumi passes settings in one environment variable, which Linux limits to 128 KiB
    fs.writeFileSync(path.join(folder, "connectors.json"), JSON.stringify(config.connectors));
    const settings = { ...config, connectors: ["connectors.json"] };
    const prefixed = Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value]);
    fs.writeFileSync(
        path.join(folder, "Pulumi.bench.yaml"),
        JSON.stringify({ config: Object.fromEntries(prefixed) as unknown }, null, 2),
    );
    const program = new BenchProgram(folder, engineEnv(path.join(folder, "state")));
    await program.seconds("stack", "init");
    return program;
}

/** Which resources of the stack a raw program has. */
export type RawContent = "connectors" | "objects" | "floor";

/**
 * A raw program with the KafkaConnectors of the stack, with all its Kubernetes objects or, as the floor, with these
 * and the components that they are in.
 */
export async function rawProgram(
    parent: string,
    config: Record<string, unknown>,
    content: RawContent,
): Promise<BenchProgram> {
    const folder = newFolder(parent, content);
    const { resources } = await synth("bench", config);
    const chosen = resources.filter(({ custom, type, inputs }) => {
        if (!custom) return content === "floor" && type !== "pulumi:pulumi:Stack";
        return type.startsWith("kubernetes:") && (content !== "connectors" || inputs.kind === "KafkaConnector");
    });
    fs.writeFileSync(path.join(folder, "resources.json"), JSON.stringify(chosen));
    fs.writeFileSync(
        path.join(folder, "Pulumi.yaml"),
        "name: raw\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n",
    );
    fs.copyFileSync(path.join(__dirname, "rawEngineProgram.js"), path.join(folder, "index.js"));
    const { kubeconfig } = config.eks as { kubeconfig: string };
    const program = new BenchProgram(
        folder,
        engineEnv(path.join(folder, "state"), {
            RAW_RESOURCES: path.join(folder, "resources.json"),
            RAW_KUBECONFIG: kubeconfig,
        }),
    );
    await program.seconds("stack", "init");
    return program;
}
