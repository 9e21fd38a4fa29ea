/** Where a stack runs: a cluster, a worker by its address, or the sandbox of this machine. */
import { clusterTarget } from "../../src/operations/clusterTarget";
import { restTarget } from "../../src/operations/restTarget";
import { readSandboxState, type SandboxState } from "../../src/operations/sandboxState";
import type { ConnectTarget } from "../../src/operations/target";
import { loadStack } from "../../src/stack/loadStack";
import type { RawStack } from "../../src/stack/parseSections";
import type { Settings } from "../../src/stack/settings";
import { lineFinder } from "../../src/stack/lineFinder";
import { readStack } from "../../src/stack/stackFile";
import { didYouMean } from "../../src/util/nearest";
import { chooseStack, type StackOptions } from "../support/chooseStack";
import { UsageError } from "../support/errors";

/** Options of every command that works on a running stack. */
export interface TargetOptions extends StackOptions {
    kubeconfig?: string;
    context?: string;
    connect?: string;
    kafka?: string;
    database?: string;
    json?: boolean;
    apply?: boolean;
}

/** A stack and where it runs. */
export interface RunningStack {
    readonly stack: string;
    readonly file: string;
    /** Its settings as they are written. */
    readonly raw: RawStack;
    readonly settings: Settings;
    readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
    readonly sandbox?: SandboxState;
    readonly kafka?: string;
    /** Address of a PostgreSQL server. */
    readonly database?: string;
    /** Prints progress: to stderr with --json. */
    readonly say: (text: string) => void;
}

function sandboxDatabase(sandbox: SandboxState | undefined): string | undefined {
    const server = sandbox?.databases.find(({ engine }) => engine === "postgres");
    if (!server || server.databases.length === 0) return undefined;
    const login = `${encodeURIComponent(server.user)}:${encodeURIComponent(server.password)}`;
    return `postgres://${login}@127.0.0.1:${server.port}/${server.databases[0]}`;
}

/** Reads the stack, and finds the sandbox unless the options or KUBECONFIG say that it runs elsewhere. */
export function runningStack(options: TargetOptions): RunningStack {
    const { stack, file } = chooseStack(options, "local");
    const raw = readStack(stack, file);
    const isElsewhere = options.kubeconfig ?? options.connect ?? process.env.KUBECONFIG;
    const sandbox = isElsewhere ? undefined : readSandboxState(stack);
    return {
        stack,
        file,
        raw,
        settings: loadStack(raw, stack, file),
        lineOf: lineFinder(file),
        sandbox,
        kafka: options.kafka ?? sandbox?.kafka,
        database: options.database ?? sandboxDatabase(sandbox),
        say: options.json ? (text) => console.error(text) : (text) => console.log(text),
    };
}

async function open(options: TargetOptions, { stack, settings, sandbox }: RunningStack): Promise<ConnectTarget> {
    const { connect, eks, release } = settings;
    const kubeconfig = options.kubeconfig ?? process.env.KUBECONFIG;
    if (kubeconfig)
        return clusterTarget({
            kubeconfig,
            context: options.context ?? eks?.context,
            namespace: connect.namespace,
            name: connect.name,
            apiVersion: release.apiVersion,
            connect: options.connect,
        });
    if (options.connect) return restTarget(options.connect);
    if (sandbox) return restTarget(sandbox.connect, "the sandbox");
    throw new UsageError(
        `nothing to work on: no sandbox of the stack ${stack} runs here. Start one with \`kcp sandbox\`, or give ` +
            "--kubeconfig FILE for a cluster or --connect URL for a worker",
    );
}

/** Opens the Connect cluster of a stack for some work, and closes it afterwards. */
export async function withTarget<T>(
    options: TargetOptions,
    running: RunningStack,
    work: (target: ConnectTarget) => Promise<T>,
): Promise<T> {
    const target = await open(options, running);
    try {
        return await work(target);
    } finally {
        target.close();
    }
}

/** Throws when the stack does not declare a connector, with the nearest name. */
export function declaredConnector({ settings }: RunningStack, name: string) {
    const names = settings.connectors.map((connector) => connector.name);
    const found = settings.connectors.find((connector) => connector.name === name);
    if (found) return found;
    const hint = didYouMean(name, names) || `; the connectors are ${names.join(", ") || "none"}`;
    throw new UsageError(`the stack has no connector ${name}${hint}`);
}

/** The PostgreSQL server that a command needs. */
export function neededDatabase({ database }: RunningStack): string {
    if (database) return database;
    throw new UsageError("--database postgres://USER@HOST:PORT/DATABASE is required where no sandbox runs");
}

/** The Kafka that a command needs. */
export function neededKafka({ kafka }: RunningStack): string {
    if (kafka) return kafka;
    throw new UsageError("--kafka HOST:PORT is required where no sandbox runs");
}
