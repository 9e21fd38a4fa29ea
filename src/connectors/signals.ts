/**
 * Incremental snapshots of a Debezium source: signals through a Kafka topic ask the running connector to read the rows
 * of one table, chunk by chunk, while it goes on with the changes of all others.
 * https://debezium.io/documentation/reference/stable/configuration/signalling.html
 */
import { boolean, object, string } from "../schema/primitives";
import type { ConnectorConfig, ConnectContext } from "./template";

const table = (what: string) => string(what, /^[^.\s,]+\.[^.\s,]+$/);

/** What one kind of database needs. */
export interface SignalTerms {
    /** Form of the table's name, such as SCHEMA.TABLE. */
    table: string;
    /** Where the database works without a writable table, and what it needs for that. */
    readOnly?: string;
}

/** The option of a source whose database can do without a writable table. */
export const signalsOption = ({ table: form, readOnly }: SignalTerms & { readOnly: string }) =>
    object({
        signalTable: table(`a table as ${form}`)
            .optional()
            .describe(
                `Table, as ${form}, in which the connector marks the beginning and the end of each chunk. It must ` +
                    "exist with the columns id varchar(42), type varchar(32) and data varchar(2048), and the " +
                    "connector's user must be able to write it. Excludes `readOnly`",
            ),
        readOnly: boolean()
            .default(false)
            .describe(`Whether to work without a signal table. Requires ${readOnly}. Excludes \`signalTable\``),
    })
        .refine((value) => value.readOnly === (value.signalTable === undefined), {
            error: "exactly one of signalTable and readOnly",
        })
        .optional()
        .describe(purpose);

/** The option of a MongoDB source. */
export const signalCollectionOption = () =>
    object({
        signalTable: table("a collection as DATABASE.COLLECTION").describe(
            "Collection, as DATABASE.COLLECTION, in which the connector marks the beginning and the end of each " +
                "chunk. It must exist, and the connector's user must be able to write it",
        ),
    })
        .optional()
        .describe(purpose);

const purpose =
    "Incremental snapshots. With them, the rows of a table that is added to a running connector are read while the " +
    "capture of the other tables continues, and `kcp snapshot` reads a table again. " +
    "Without them only the changes of an added table are " +
    "captured. Signals go through the topic signals.NAME, progress through notifications.NAME, with the version";

/** The option as it is parsed. */
export interface SignalOptions {
    signalTable?: string;
    readOnly?: boolean;
}

/** The topic of a connector's signals. Another version has another one: it would read the signals of the old again. */
export const signalTopic = (connector: string): string => `signals.${connector}`;

/** The topic of a connector's notifications. */
export const notificationTopic = (connector: string): string => `notifications.${connector}`;

/**
 * The configuration of signals and notifications. The consumer of signals inherits nothing from the worker.
 *
 * @param connector name of the connector, with its version
 */
export function signalsConfig(
    options: SignalOptions | undefined,
    connector: string,
    { bootstrapServers, clientSecurity }: ConnectContext,
): ConnectorConfig {
    if (!options) return {};
    const { signalTable, readOnly } = options;
    const security = Object.entries(clientSecurity).map(([key, value]) => [`signal.consumer.${key}`, value]);
    return {
        // the marks in the table are read back by the channel `source`
        "signal.enabled.channels": signalTable === undefined ? "kafka" : "source,kafka",
        ...(signalTable === undefined ? {} : { "signal.data.collection": signalTable }),
        ...(readOnly ? { "read.only": true } : {}),
        "signal.kafka.topic": signalTopic(connector),
        "signal.kafka.groupId": `${connector}-signals`,
        "signal.kafka.bootstrap.servers": bootstrapServers,
        ...Object.fromEntries(security),
        "notification.enabled.channels": "sink",
        "notification.sink.topic.name": notificationTopic(connector),
    };
}
