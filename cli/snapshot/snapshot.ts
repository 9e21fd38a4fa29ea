/** Reads tables of a running connector again: `kcp snapshot`. */
import { literalItem } from "../../src/connectors/signalMessage";
import type { ResolvedConnector } from "../../src/connectors/template";
import { requestSnapshot } from "../../src/local/snapshotSignals";
import { connectBaseImage } from "../../src/release/releases";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { readStack } from "../../src/stack/stackFile";
import { includedTables, snapshotJob, takesSignals } from "../../src/strimzi/snapshotJob";
import { didYouMean } from "../../src/util/nearest";
import { matchesTable } from "../../src/connectors/tablePatterns";
import { chooseStack, type StackOptions } from "../support/chooseStack";
import { UsageError } from "../support/errors";
import { runJob } from "../support/runJob";
import { kubectlFlags } from "../../src/util/clusterApi";

/** Options of `kcp snapshot`. */
export interface SnapshotOptions extends StackOptions {
    /** Name of the connector. */
    connector: string;
    /** Tables, as SCHEMA.TABLE or DATABASE.TABLE. */
    tables: string[];
    apply?: boolean;
    /** Bootstrap servers of a Kafka that this machine reaches. */
    kafka?: string;
    kubeconfig?: string;
    context?: string;
    /** Seconds to wait for the end. */
    timeout: number;
}

/** The connector that is named. Throws where it cannot be asked for a snapshot of these tables. */
export function signalledConnector(
    connectors: readonly ResolvedConnector[],
    name: string,
    tables: readonly string[],
): ResolvedConnector {
    const names = connectors.map((connector) => connector.name);
    const connector = connectors.find((item) => item.name === name);
    if (!connector)
        throw new UsageError(`no connector "${name}"${didYouMean(name, names) || `; there are ${names.join(", ")}`}`);
    if (!takesSignals(connector))
        throw new UsageError(
            `${name} takes no signals: set incrementalSnapshots in the stack file and deploy it first`,
        );
    const captured = includedTables(connector.config);
    const other = tables.find((table) => !matchesTable(captured, table));
    if (other !== undefined)
        throw new UsageError(
            `${name} does not capture ${other}${didYouMean(other, captured) || `; it captures ${captured.join(", ")}`}`,
        );
    return connector;
}

function inCluster(settings: Settings, connector: ResolvedConnector, options: SnapshotOptions): void {
    const { kubeconfig, context, timeout, tables } = options;
    const image = settings.image?.existing ?? connectBaseImage(settings.release, settings.strimzi.kafkaVersion);
    const job = snapshotJob(
        {
            connector,
            connect: settings.connect,
            kafka: settings.kafka,
            image,
            request: { again: tables.map(literalItem), waitSeconds: timeout },
        },
        String(Date.now()),
    );
    runJob(kubectlFlags({ kubeconfig, context }), job, timeout + 180, (text) => console.log(text));
}

/** Shows or sends the signal. */
export async function snapshot(options: SnapshotOptions): Promise<void> {
    const { stack, file } = chooseStack(options, "local");
    const settings = loadStack(readStack(stack, file), stack, file);
    const connector = signalledConnector(settings.connectors, options.connector, options.tables);
    const topic = String(connector.config["signal.kafka.topic"]);
    const target = options.kubeconfig ? `a Job in the namespace ${settings.connect.namespace}` : options.kafka;
    console.log(`${connector.name} is asked to read ${options.tables.join(", ")} again, by a record of ${topic}`);
    if (!options.apply) return console.log("Nothing was sent. Add --apply to send it.");
    if (target === undefined)
        throw new UsageError("--apply needs --kafka ADDRESS for the sandbox, or --kubeconfig FILE for a cluster");
    console.log(`sent by way of ${target}`);
    if (options.kubeconfig) return inCluster(settings, connector, options);
    await requestSnapshot({
        bootstrapServers: options.kafka!,
        config: connector.config,
        items: options.tables.map(literalItem),
        timeoutSeconds: options.timeout,
        say: (text) => console.log(text),
    });
}
