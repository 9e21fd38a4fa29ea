/** The format in which a connector's converter writes and reads records. */
import type { ConnectorConfig } from "./template";

/** A format. `other` is that of a converter that is not known here. */
export type RecordFormat =
    "json" | "json-with-schemas" | "string" | "bytes" | "avro-confluent" | "avro-apicurio" | "other";

const byClass: Readonly<Record<string, RecordFormat>> = {
    "org.apache.kafka.connect.storage.StringConverter": "string",
    "org.apache.kafka.connect.converters.ByteArrayConverter": "bytes",
    "io.confluent.connect.avro.AvroConverter": "avro-confluent",
    "io.apicurio.registry.utils.converter.AvroConverter": "avro-apicurio",
};

/** Apicurio's converter writes the same bytes as Confluent's when one of these is set. */
const confluentFormat = (config: Readonly<ConnectorConfig>, converter: string): boolean =>
    String(config[`${converter}.apicurio.registry.as-confluent`]) === "true" ||
    String(config[`${converter}.apicurio.registry.enable-confluent-id-handler`]) === "true" ||
    String(config[`${converter}.apicurio.registry.id-handler`] ?? "").endsWith("Legacy4ByteIdHandler") ||
    String(config[`${converter}.apicurio.registry.id-handler`] ?? "").endsWith("Default4ByteIdHandler");

/**
 * The format of keys or values; undefined where the connector leaves the converter to the worker.
 *
 * @param part `key` or `value`
 */
export function recordFormat(config: Readonly<ConnectorConfig>, part: "key" | "value"): RecordFormat | undefined {
    const converter = `${part}.converter`;
    const className = config[converter];
    if (className === undefined) return undefined;
    // Connect's default of schemas.enable is true
    if (className === "org.apache.kafka.connect.json.JsonConverter")
        return String(config[`${converter}.schemas.enable`] ?? true) === "true" ? "json-with-schemas" : "json";
    const format = byClass[String(className)] ?? "other";
    return format === "avro-apicurio" && confluentFormat(config, converter) ? "avro-confluent" : format;
}
