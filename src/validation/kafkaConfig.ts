/**
 * Free configuration keys of workers, brokers, topics and clients, against Kafka's own definitions. Kafka ignores an
 * unknown key of most components without an error; a topic with one is rejected.
 */
import type { ResolvedConnector } from "../connectors/template";
import { kafkaVersionOf } from "../release/releases";
import { invalidValue, issue, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { didYouMean } from "../util/nearest";
import { kafkaKeys, valueProblem, type KafkaComponent } from "./kafkaDefinitions";
import { storageTopicKey } from "./storageTopicKeys";

/** A configuration of the stack file. */
interface Config {
    readonly at: (key: string) => SettingPath;
    readonly values: Readonly<Record<string, unknown>>;
    readonly component: KafkaComponent;
    /** Prefixes of keys of other components. */
    readonly clients?: Readonly<Record<string, KafkaComponent>>;
    /** Keys that others than Kafka read. */
    readonly further?: RegExp;
    /** Whether only keys with one of the prefixes are of Kafka. */
    readonly clientsOnly?: boolean;
    /** Whether the brokers can have further keys. */
    readonly isDoubtful?: boolean;
}

const workerClients = { "producer.": "producer", "consumer.": "consumer", "admin.": "admin" } as const;

/** Keys of plugins that workers load: converters, config providers, reporters, topic creation. */
const workerPlugins =
    /^((key|value|header|internal\.\w+)\.converter|config\.providers|metrics?\.\w+|rest\.extension|sasl|ssl)\./;

/** Keys that plugins of brokers read, and those of single listeners. */
const brokerPlugins = /^(cruise\.control|listener\.name|rsm\.config|rlmm\.config|client\.quota|quota|strimzi)\./;

const at =
    (...path: SettingPath) =>
    (key: string): SettingPath => [...path, key];

function configsOf({ connect, kafkaCluster, kafkaAccess, httpBridge, standaloneConnect }: ParsedSections): Config[] {
    const topics = (kafkaAccess?.topics ?? []).map((topic, index): Config => ({
        values: topic.config,
        at: at("kafkaAccess", "topics", index, "config"),
        component: "topic",
    }));
    const worker = { clients: workerClients, further: workerPlugins };
    return [
        { ...worker, values: connect?.config ?? {}, at: at("connect", "config"), component: "worker" },
        {
            values: kafkaCluster?.config ?? {},
            at: at("kafkaCluster", "config"),
            component: "broker",
            further: brokerPlugins,
        },
        ...topics,
        {
            values: httpBridge?.config ?? {},
            at: at("httpBridge", "config"),
            component: "admin",
            clients: { "kafka.producer.": "producer", "kafka.consumer.": "consumer", "kafka.admin.": "admin" },
            clientsOnly: true,
        },
        {
            ...worker,
            values: standaloneConnect?.config ?? {},
            at: at("standaloneConnect", "config"),
            component: "standalone",
        },
    ];
}

/** Clients that plugins create themselves, by the class of the connector. */
const pluginClients: readonly [classes: RegExp, clients: Readonly<Record<string, KafkaComponent>>][] = [
    [
        /^org\.apache\.kafka\.connect\.mirror\./,
        {
            "source.consumer.": "consumer",
            "source.producer.": "producer",
            "source.admin.": "admin",
            "target.consumer.": "consumer",
            "target.producer.": "producer",
            "target.admin.": "admin",
        },
    ],
    [
        /^io\.debezium\.connector\./,
        {
            "schema.history.internal.producer.": "producer",
            "schema.history.internal.consumer.": "consumer",
            "signal.consumer.": "consumer",
        },
    ],
];

/** Keys of a group of created topics that are of Connect, and the one that connectorConsistency.ts checks. */
const ownCreationKey = /^(partitions|replication\.factor|include|exclude|cleanup\.policy)$/;

/** The topics that Connect creates for a connector: `topic.creation.default.retention.ms`. */
function createdTopics(connector: ResolvedConnector): Config[] {
    const values = Object.entries(connector.config).flatMap(([key, value]): [string, unknown][] => {
        if (!key.startsWith("topic.creation.")) return [];
        const name = /^topic\.creation\.[^.]+\.(.+)$/.exec(key)?.[1];
        return name === undefined || ownCreationKey.test(name) ? [] : [[key, value]];
    });
    if (values.length === 0) return [];
    const groups = values.map(([key]) => /^topic\.creation\.[^.]+\./.exec(key)![0]);
    return [
        {
            values: Object.fromEntries(values),
            at: connector.settingPath,
            component: "topic",
            clients: Object.fromEntries(groups.map((start) => [start, "topic" as const])),
            isDoubtful: true,
        },
    ];
}

/** The clients of a connector: `producer.override.acks`. */
const connectorConfig = (connector: ResolvedConnector): Config => ({
    values: connector.config,
    at: connector.settingPath,
    component: "producer",
    clients: {
        "producer.override.": "producer",
        "consumer.override.": "consumer",
        "admin.override.": "admin",
        ...pluginClients.find(([classes]) => classes.test(connector.class))?.[1],
    },
    clientsOnly: true,
});

/** What Kafka does with a key: a value that it rejects, a key that it does not know, or a doubtful value. */
interface Findings {
    readonly errors: Issue[];
    readonly warnings: Issue[];
}

/** The findings in all configurations of a stack. */
export function kafkaConfigFindings(sections: ParsedSections, connectors: readonly ResolvedConnector[]): Findings {
    if (!sections.strimzi) return { errors: [], warnings: [] };
    const version = kafkaVersionOf(sections.strimzi);
    const found = [
        ...configsOf(sections),
        ...connectors.map(connectorConfig),
        ...connectors.flatMap(createdTopics),
    ].flatMap((config) =>
        Object.entries(config.values).map(([key, value]) => keyFindings(key, value, config, version)),
    );
    return {
        errors: found.flatMap(({ errors }) => errors),
        warnings: found.flatMap(({ warnings }) => warnings),
    };
}

function keyFindings(key: string, value: unknown, config: Config, version: string): Findings {
    const prefix = Object.keys(config.clients ?? {}).find((start) => key.startsWith(start));
    if (prefix === undefined && config.clientsOnly) return { errors: [], warnings: [] };
    const component = prefix === undefined ? config.component : config.clients![prefix];
    const name = prefix === undefined ? key : key.slice(prefix.length);
    // searched for an issue only: the path of a connector's key takes longer than all checks
    const path = () => config.at(key);
    const known = kafkaKeys(component, version);
    const definition = Object.hasOwn(known, name) ? known[name] : undefined;
    if (definition !== undefined) {
        const found = valueFindings({ component, name, value, path, definition });
        // other versions of brokers have other ranges
        const isRange = config.isDoubtful && found.errors.some(({ expected = "" }) => /^(at |from )/.test(expected));
        return isRange ? { errors: [], warnings: found.errors } : found;
    }
    if (prefix === undefined && config.further?.test(key)) return { errors: [], warnings: [] };
    const ofTopic = storageTopicKey(component, name);
    if (ofTopic) return storageTopicFindings(ofTopic, value, path, version);
    const hint = didYouMean(name, Object.keys(known));
    const unknown = (text: string) => issue("KCP_UNKNOWN_CONFIG_KEY", path(), text);
    if (component === "topic" && config.isDoubtful)
        return {
            errors: [],
            warnings: [unknown(`topics have no such key in Kafka ${version}, with which no topic is created${hint}`)],
        };
    return component === "topic"
        ? {
              errors: [unknown(`topics have no such key in Kafka ${version}; the broker rejects the topic${hint}`)],
              warnings: [],
          }
        : {
              errors: [],
              warnings: [unknown(`the ${component} of Kafka ${version} does not know this key and ignores it${hint}`)],
          };
}

/** A key that a worker gives to one of its topics. */
function storageTopicFindings(
    { name, ignored }: NonNullable<ReturnType<typeof storageTopicKey>>,
    value: unknown,
    path: () => SettingPath,
    version: string,
): Findings {
    if (ignored) return { errors: [], warnings: [issue("KCP_UNUSED_SETTING", path(), `unused: ${ignored}`)] };
    const known = kafkaKeys("topic", version);
    if (Object.hasOwn(known, name))
        return valueFindings({ component: "topic", name, value, path, definition: known[name] });
    const hint = didYouMean(name, [...Object.keys(known), "topic", "partitions", "replication.factor"]);
    const message = `topics have no key ${name} in Kafka ${version}; the workers cannot create the topic${hint}`;
    return { errors: [], warnings: [issue("KCP_UNKNOWN_CONFIG_KEY", path(), message)] };
}

/** Forms of brokers' values that Kafka accepts and Strimzi's operator does not: its comparison is exact. */
function brokerForm(component: KafkaComponent, definition: string, value: unknown): string | undefined {
    if (component !== "broker" || typeof value !== "string") return undefined;
    if (definition === "BOOLEAN" && /[A-Z]/.test(value)) return "true or false in lower case, as Strimzi requires";
    const isExact = definition.includes("[") || /^(BOOLEAN|INT|LONG|SHORT|DOUBLE)/.test(definition);
    return isExact && value !== value.trim() ? "a value without spaces around it, as Strimzi requires" : undefined;
}

function valueFindings(key: {
    component: KafkaComponent;
    name: string;
    value: unknown;
    path: () => SettingPath;
    definition: string;
}): Findings {
    const { component, name, value, path } = key;
    const expected = valueProblem(key.definition, value) ?? brokerForm(component, key.definition, value);
    const code = "KCP_INVALID_CONFIG_VALUE";
    if (expected) {
        const listed = /^one of (.+)$/.exec(expected)?.[1].split(", ");
        const found = listed
            ? unlistedValue(path(), value, listed, { code })
            : invalidValue(path(), value, expected, { code });
        return { errors: [found], warnings: [] };
    }
    if (component === "consumer" && name === "enable.auto.commit" && String(value) === "true")
        return {
            errors: [issue(code, path(), "sinks commit offsets themselves, after records are written; remove the key")],
            warnings: [],
        };
    if (component === "producer" && name === "acks" && ["0", "1"].includes(String(value)))
        return {
            errors: [],
            warnings: [
                issue(code, path(), "records are lost when a broker fails; use acks all, the default of Connect"),
            ],
        };
    return { errors: [], warnings: [] };
}
