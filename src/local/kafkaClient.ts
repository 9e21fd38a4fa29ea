/** Clients of a Kafka that this machine reaches without TLS and without a login. */
import * as net from "net";
import { CompressionCodecs, CompressionTypes, Kafka, logLevel, type KafkaConfig } from "kafkajs";
import { compressFrame, decompressFrame } from "lz4-napi";

// connectors compress with lz4, which kafkajs leaves to others
CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compressFrame(buffer),
    decompress: decompressFrame,
});

/**
 * kafkajs calls `unref()` of a closed socket whenever it tries again, as it does while a broker is away or for a topic
 * that was deleted, and Node.js adds a listener each time: the limit would print a warning.
 */
const connectTo = ({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }): net.Socket =>
    net.connect({ host, port }, onConnect).setKeepAlive(true, 60_000).setMaxListeners(0);

/** A client that logs nothing. */
export const kafkaClient = (
    bootstrapServers: string,
    options: Pick<KafkaConfig, "clientId" | "retry"> = { clientId: "kcp" },
): Kafka =>
    new Kafka({
        ...options,
        brokers: bootstrapServers.split(","),
        socketFactory: connectTo,
        logLevel: logLevel.NOTHING,
    });
