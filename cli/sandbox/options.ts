/** The sandbox's command line. */
import { parseArgs } from "util";
import { knownStack } from "../../src/stack/stackFile";

export interface Options {
    stack: string;
    /** Stack file to read instead of the stack's own. */
    file?: string;
    once: boolean;
    /** Folder with plugins that Maven does not have. */
    plugins?: string;
    /** Port on which the worker serves metrics; none when absent. */
    metricsPort?: number;
    kafkaPort?: number;
    connectPort?: number;
    postgresPort?: number;
}

export const usage = `Usage: npm run sandbox -- [options]
Runs a stack's connectors for real on this machine: Kafka, Connect with the image's plugins, PostgreSQL.

  --stack NAME           the stack to run (local)
  --file FILE            read this stack file instead of Pulumi.NAME.yaml
  --once                 end after the first event was read: exit code 0, or 1 with the reason
  --plugins DIR          plugins that Maven does not have, each unpacked in a folder of its name in plugins.json
  --metrics-port PORT    serve the worker's Prometheus metrics there, as in a cluster (off)
  --kafka-port PORT      port of the broker (a free one)
  --connect-port PORT    port of Connect's REST API (a free one)
  --postgres-port PORT   port of PostgreSQL (a free one)
  --help                 this text`;

function port(text: string | undefined, option: string): number | undefined {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1024 || value > 65535)
        throw new Error(`--${option}: got "${text}", wants a port from 1024 to 65535`);
    return value;
}

/** Reads the command line; undefined when it asks for help. */
export function readOptions(argv: string[]): Options | undefined {
    const string = { type: "string" } as const;
    const { values } = parseArgs({
        args: argv,
        options: {
            stack: { type: "string", default: "local" },
            once: { type: "boolean", default: false },
            file: string,
            plugins: string,
            "kafka-port": string,
            "connect-port": string,
            "postgres-port": string,
            "metrics-port": string,
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) return undefined;
    return {
        stack: knownStack(values.stack),
        file: values.file,
        once: values.once,
        plugins: values.plugins,
        metricsPort: port(values["metrics-port"], "metrics-port"),
        kafkaPort: port(values["kafka-port"], "kafka-port"),
        connectPort: port(values["connect-port"], "connect-port"),
        postgresPort: port(values["postgres-port"], "postgres-port"),
    };
}
