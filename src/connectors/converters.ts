/** How records are written and read: the converters by the names of the `converter` option. */
import { invalidValue, type Issue } from "../schema/issues";
import { oneOf } from "../schema/primitives";
import { secretReference, type ConnectorConfig, type ConnectContext } from "./template";

export const converterNames = ["json", "json-with-schemas", "avro", "string", "bytes"] as const;
export type ConverterName = (typeof converterNames)[number];

/** The options of every template whose connector converts records. */
export const converterShape = {
    converter: oneOf(converterNames)
        .default("json")
        .describe(
            "How values, and keys too, are written in Kafka: plain JSON, JSON with its schema in every record, Avro with the schema in kafka.schemaRegistry, text, or bytes as they are",
        ),
    keyConverter: oneOf(converterNames).optional().describe("How keys are written. Default: as values are"),
};

interface Declared {
    converter: ConverterName;
    keyConverter?: ConverterName;
}

const classes: Readonly<Record<string, string>> = {
    json: "org.apache.kafka.connect.json.JsonConverter",
    "json-with-schemas": "org.apache.kafka.connect.json.JsonConverter",
    string: "org.apache.kafka.connect.storage.StringConverter",
    bytes: "org.apache.kafka.connect.converters.ByteArrayConverter",
};

/** A schema registry's client, as its converter takes it. */
function avroConfig(context: ConnectContext): ConnectorConfig {
    const registry = context.schemaRegistry;
    if (!registry) return {};
    const login = (key: string) => secretReference(context, registry.secret!, key);
    if (registry.type === "apicurio") {
        return {
            "": "io.apicurio.registry.utils.converter.AvroConverter",
            "apicurio.registry.url": registry.url,
            "apicurio.registry.auto-register": true,
            "apicurio.registry.find-latest": true,
            ...(registry.secret
                ? {
                      "apicurio.auth.username": login(registry.usernameKey),
                      "apicurio.auth.password": login(registry.passwordKey),
                  }
                : {}),
        };
    }
    return {
        "": "io.confluent.connect.avro.AvroConverter",
        "schema.registry.url": registry.url,
        ...(registry.secret
            ? {
                  "basic.auth.credentials.source": "USER_INFO",
                  "basic.auth.user.info": `${login(registry.usernameKey)}:${login(registry.passwordKey)}`,
              }
            : {}),
    };
}

/** One converter's keys; the class under the empty one. */
function propertiesOf(converter: ConverterName, context: ConnectContext): ConnectorConfig {
    if (converter === "avro") return avroConfig(context);
    const isJson = converter === "json" || converter === "json-with-schemas";
    return { "": classes[converter], ...(isJson ? { "schemas.enable": converter === "json-with-schemas" } : {}) };
}

/** The keys `key.converter`, `value.converter` and what belongs to them. */
export function converterConfig(declared: Declared, context: ConnectContext): ConnectorConfig {
    const config: ConnectorConfig = {};
    for (const [prefix, converter] of [
        ["key.converter", declared.keyConverter ?? declared.converter],
        ["value.converter", declared.converter],
    ] as const) {
        for (const [key, value] of Object.entries(propertiesOf(converter, context)))
            config[key ? `${prefix}.${key}` : prefix] = value;
    }
    return config;
}

/** Avro without a registry to keep its schemas. */
export function converterIssues(declared: Declared, context: ConnectContext): Issue[] {
    if (context.schemaRegistry) return [];
    const keys = (["converter", "keyConverter"] as const).filter((key) => declared[key] === "avro");
    return keys.map((key) =>
        invalidValue([key], "avro", "kafka.schemaRegistry to be set, where the schemas are kept; or another converter"),
    );
}

/** Sinks that make tables need to know the types: records must come with a schema. */
export function schemaIssues({ converter }: Declared, purpose: string): Issue[] {
    if (converter === "avro" || converter === "json-with-schemas") return [];
    return [
        invalidValue(
            ["converter"],
            converter,
            `avro or json-with-schemas, as the topic's source writes it: ${purpose} needs records with a schema`,
        ),
    ];
}
