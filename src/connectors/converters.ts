/** Converters: how records are serialized in Kafka, by the values of the `converter` option. */
import { invalidValue, type Issue } from "../schema/issues";
import type { SchemaRegistrySettings } from "../schema/kafka";
import { oneOf } from "../schema/primitives";
import { secretReference, type ConnectorConfig, type ConnectContext } from "./template";

/** The values of `converter`. */
export const converterNames = ["json", "json-with-schemas", "avro", "string", "bytes"] as const;
/** A value of `converter`. */
export type ConverterName = (typeof converterNames)[number];

/** The options of every template whose connector converts records. */
export const converterShape = {
    converter: oneOf(converterNames)
        .default("json")
        .describe(
            "How values and, by default, keys are serialized: JSON, JSON with the schema in every " +
                "record, Avro with the " +
                "schema in kafka.schemaRegistry, a string, or the bytes unchanged",
        ),
    keyConverter: oneOf(converterNames).optional().describe("How keys are serialized. Default: `converter`"),
};

interface ConverterOptions {
    converter: ConverterName;
    keyConverter?: ConverterName;
}

const classes: Readonly<Record<string, string>> = {
    json: "org.apache.kafka.connect.json.JsonConverter",
    "json-with-schemas": "org.apache.kafka.connect.json.JsonConverter",
    string: "org.apache.kafka.connect.storage.StringConverter",
    bytes: "org.apache.kafka.connect.converters.ByteArrayConverter",
};

const apicurioStrategies = {
    record: "io.apicurio.registry.serde.avro.strategy.RecordIdStrategy",
    "topic-record": "io.apicurio.registry.serde.avro.strategy.TopicRecordIdStrategy",
} as const;

const confluentStrategies = {
    record: "io.confluent.kafka.serializers.subject.RecordNameStrategy",
    "topic-record": "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
} as const;

/** What differs from the defaults of Confluent's converter. */
function confluentOptions({
    subjectNames,
    autoRegister,
    strictCompatibility,
}: SchemaRegistrySettings): ConnectorConfig {
    const strategy = subjectNames === "topic" ? undefined : confluentStrategies[subjectNames];
    return {
        ...(strategy ? { "key.subject.name.strategy": strategy, "value.subject.name.strategy": strategy } : {}),
        ...(autoRegister ? {} : { "auto.register.schemas": false, "use.latest.version": true }),
        ...(strictCompatibility ? {} : { "latest.compatibility.strict": false }),
    };
}

/** The keys of an Avro converter; the class has the empty key. */
function avroConfig(context: ConnectContext): ConnectorConfig {
    const registry = context.schemaRegistry;
    if (!registry) return {};
    const login = (key: string) => secretReference(context, registry.secret!, key);
    if (registry.type === "apicurio") {
        return {
            "": "io.apicurio.registry.utils.converter.AvroConverter",
            "apicurio.registry.url": registry.url,
            "apicurio.registry.auto-register": registry.autoRegister,
            "apicurio.registry.find-latest": true,
            ...(registry.subjectNames === "topic"
                ? {}
                : { "apicurio.registry.artifact-resolver-strategy": apicurioStrategies[registry.subjectNames] }),
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
        ...confluentOptions(registry),
        ...(registry.secret
            ? {
                  "basic.auth.credentials.source": "USER_INFO",
                  "basic.auth.user.info": `${login(registry.usernameKey)}:${login(registry.passwordKey)}`,
              }
            : {}),
    };
}

/** The keys of a converter; the class has the empty key. */
function propertiesOf(converter: ConverterName, context: ConnectContext): ConnectorConfig {
    if (converter === "avro") return avroConfig(context);
    const isJson = converter === "json" || converter === "json-with-schemas";
    return { "": classes[converter], ...(isJson ? { "schemas.enable": converter === "json-with-schemas" } : {}) };
}

/** `key.converter`, `value.converter` and their keys. */
export function converterConfig(options: ConverterOptions, context: ConnectContext): ConnectorConfig {
    const config: ConnectorConfig = {};
    for (const [prefix, converter] of [
        ["key.converter", options.keyConverter ?? options.converter],
        ["value.converter", options.converter],
    ] as const) {
        for (const [key, value] of Object.entries(propertiesOf(converter, context)))
            config[key ? `${prefix}.${key}` : prefix] = value;
    }
    return config;
}

/** Avro needs a registry for its schemas. */
export function converterIssues(options: ConverterOptions, context: ConnectContext): Issue[] {
    if (context.schemaRegistry) return [];
    const keys = (["converter", "keyConverter"] as const).filter((key) => options[key] === "avro");
    return keys.map((key) => invalidValue([key], "avro", "another converter, or kafka.schemaRegistry to be set"));
}

/** A sink that creates tables takes the column types from the records' schema. */
export function schemaIssues({ converter }: ConverterOptions, purpose: string): Issue[] {
    if (converter === "avro" || converter === "json-with-schemas") return [];
    return [
        invalidValue(
            ["converter"],
            converter,
            `avro or json-with-schemas, as the topic's source writes it: ${purpose} needs records with a schema`,
        ),
    ];
}
