/** Options of `kcp sandbox`. */
import type { RunningSandbox } from "../contract/running";
import type { ExitCode } from "../support/exitCodes";
import type { StackOptions } from "../support/chooseStack";

export interface SandboxOptions extends StackOptions {
    /** Stop after the first event of each table that has rows. */
    once?: boolean;
    /** Print events as JSON, one a line, and everything else to stderr. */
    json?: boolean;
    /** Folder with plugins that no Maven repository has. */
    plugins?: string;
    /** Serve the dashboards as a page. */
    metrics?: boolean;
    /** Port on which the worker serves metrics; none by default. */
    metricsPort?: number;
    kafkaPort?: number;
    connectPort?: number;
    postgresPort?: number;
    mysqlPort?: number;
    /** What to do when the connectors run, in place of the prompt. Nothing but its own output goes to stdout. */
    use?: (running: RunningSandbox) => Promise<ExitCode>;
}
