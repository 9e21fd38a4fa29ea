/** A Kafka client for commands: no login, no logging. */
import { Kafka, logLevel } from "kafkajs";
// registers the compression that connectors use
import "../local/changeEvents";

/** A client of a Kafka that this machine reaches without a login. */
export const kafkaClient = (bootstrapServers: string): Kafka =>
    new Kafka({ clientId: "kcp", brokers: bootstrapServers.split(","), logLevel: logLevel.NOTHING });
