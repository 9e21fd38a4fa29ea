/** Options of `kcp sandbox`. */
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
}
