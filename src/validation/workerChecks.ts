/** Settings of the worker pods that Strimzi ignores or refuses, or that stop the workers. */
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";
import { duplicates } from "../util/data";
import { isReference } from "./rules/rule";
import { suggestionFor } from "../util/nearest";
import { checkJvmOptions } from "./jvmOptions";
import { checkEnv } from "./workerEnv";
import { checkMounts } from "./workerVolumes";

/** Without this annotation the operator ignores all KafkaConnectors of the cluster. */
const checkConnectorResources = ({ metadata }: ConnectSettings): Issue[] => {
    const name = "strimzi.io/use-connector-resources";
    const value = metadata.annotations[name];
    return value === undefined || value === "true"
        ? []
        : [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["connect", "metadata", "annotations", name],
                  "the operator would ignore every KafkaConnector; remove it",
              ),
          ];
};

/** Workers read each of these topics as records of one kind. */
function checkStorageTopics(connect: ConnectSettings): Issue[] {
    const { configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    const topics = { configStorageTopic, offsetStorageTopic, statusStorageTopic };
    return duplicates(Object.values(topics)).map((index) =>
        invalidValue(
            ["connect", Object.keys(topics)[index]],
            Object.values(topics)[index],
            "a topic that the workers use for nothing else",
        ),
    );
}

/** Converters of Kafka, which every worker has. */
const kafkaConverters = [
    "org.apache.kafka.connect.json.JsonConverter",
    "org.apache.kafka.connect.storage.StringConverter",
    "org.apache.kafka.connect.storage.SimpleHeaderConverter",
    "org.apache.kafka.connect.converters.ByteArrayConverter",
    ...["Boolean", "Double", "Float", "Integer", "Long", "Short"].map(
        (type) => `org.apache.kafka.connect.converters.${type}Converter`,
    ),
];

const checkConverters = ({ config }: ConnectSettings): Issue[] =>
    ["key.converter", "value.converter", "header.converter"].flatMap((key) => {
        const value = config[key];
        const name = String(value);
        // Connect accepts the name of a class without its package too; Kafka's definitions reject what is no class
        if (value === undefined || isReference(name) || kafkaConverters.includes(name)) return [];
        if (!/^org\.apache\.kafka\./i.test(name)) return [];
        return [
            invalidValue(["connect", "config", key], value, "a converter of Kafka", {
                reason: suggestionFor(name, kafkaConverters),
            }),
        ];
    });

/** Values of JsonConverter's keys, with which no worker starts. */
const converterValues: readonly [end: string, form: RegExp, expected: string][] = [
    ["schemas.enable", /^(true|false)$/i, "true or false"],
    ["schemas.cache.size", /^\d+$/, "an integer"],
    ["decimal.format", /^(base64|numeric)$/i, "BASE64 or NUMERIC"],
    ["replace.null.with.default", /^(true|false)$/i, "true or false"],
];

const checkConverterValues = ({ config }: ConnectSettings): Issue[] =>
    ["key.converter", "value.converter"].flatMap((converter) => {
        const name = String(config[converter] ?? "");
        if (name !== "" && !/(^|\.)JsonConverter$/.test(name)) return [];
        return converterValues.flatMap(([end, form, expected]) => {
            const key = `${converter}.${end}`;
            const value = config[key];
            return value === undefined || isReference(String(value)) || form.test(String(value).trim())
                ? []
                : [
                      invalidValue(["connect", "config", key], value, expected, {
                          code: "KCP_INVALID_CONFIG_VALUE",
                          reason: "no worker starts with another",
                      }),
                  ];
        });
    });

/** A group for the consumers of all sinks: each would receive the records of the others' topics. */
const checkConsumerGroup = ({ config }: ConnectSettings): Issue[] =>
    config["consumer.group.id"] === undefined
        ? []
        : [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["connect", "config", "consumer.group.id"],
                  "every sink would join this one group; set consumer.override.group.id of a connector",
              ),
          ];

const checkRack = ({ rack }: ConnectSettings): Issue[] => {
    const key = (rack as Record<string, unknown> | undefined)?.topologyKey;
    return rack && !key
        ? [
              invalidValue(
                  ["connect", "rack", "topologyKey"],
                  key,
                  "a label of the nodes, such as topology.kubernetes.io/zone",
              ),
          ]
        : [];
};

export const checkWorkers = ({ connect }: ParsedSections): Issue[] =>
    connect
        ? [
              ...checkJvmOptions(connect.jvm),
              ...checkEnv(connect),
              ...checkConnectorResources(connect),
              ...checkMounts(connect),
              ...checkStorageTopics(connect),
              ...checkConverters(connect),
              ...checkConverterValues(connect),
              ...checkConsumerGroup(connect),
              ...checkRack(connect),
          ]
        : [];
