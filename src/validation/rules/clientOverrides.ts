/** Overrides of a connector's clients that contradict what Connect does with them (Worker, ConsumerConfig of 4.3). */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

/** Converters produce and read bytes. */
const byteClasses: Readonly<Record<string, string>> = {
    "producer.override.key.serializer": "org.apache.kafka.common.serialization.ByteArraySerializer",
    "producer.override.value.serializer": "org.apache.kafka.common.serialization.ByteArraySerializer",
    "consumer.override.key.deserializer": "org.apache.kafka.common.serialization.ByteArrayDeserializer",
    "consumer.override.value.deserializer": "org.apache.kafka.common.serialization.ByteArrayDeserializer",
};

const checkSerializers = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(byteClasses)
        .filter(([key, byteClass]) => config[key] !== undefined && config[key] !== byteClass)
        .map(([key]) =>
            invalid(
                key,
                "Connect converts records to bytes itself, and the task fails; set key.converter or value.converter",
            ),
        );

function checkTransactions({ config }: ResolvedConnector, { exactlyOnce }: ConnectContext): Finding[] {
    const key = "producer.override.transactional.id";
    if (config[key] === undefined) return [];
    return exactlyOnce
        ? [{ code: "KCP_UNUSED_SETTING", key, message: "unused: Connect sets it with exactly-once", isWarning: true }]
        : [invalid(key, "Connect begins no transaction, and the task fails; set connect.exactlyOnce and exactlyOnce")];
}

const classicKeys = ["partition.assignment.strategy", "heartbeat.interval.ms", "session.timeout.ms"];

function checkProtocol({ config }: ResolvedConnector): Finding[] {
    if (String(config["consumer.override.group.protocol"]).toLowerCase() !== "consumer") return [];
    return classicKeys
        .map((name) => `consumer.override.${name}`)
        .filter((key) => config[key] !== undefined)
        .map((key) => ({
            code: "KCP_CONFLICTING_SETTINGS",
            key,
            message: "cannot be set with group.protocol consumer, for which brokers decide it; the task fails",
        }));
}

/** Classes that clients load by name, in the package of Kafka. */
const clientClasses: Readonly<Record<string, readonly string[]>> = {
    "consumer.override.partition.assignment.strategy": [
        "RangeAssignor",
        "RoundRobinAssignor",
        "StickyAssignor",
        "CooperativeStickyAssignor",
    ].map((name) => `org.apache.kafka.clients.consumer.${name}`),
    "producer.override.partitioner.class": ["RoundRobinPartitioner", "UniformStickyPartitioner"].map(
        (name) => `org.apache.kafka.clients.producer.${name}`,
    ),
};

const kafkaPackage = /^org\.apache\.kafka\.clients\.(consumer|producer)\.\w+$/;

const checkClasses = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(clientClasses).flatMap(([key, known]) =>
        listItems(config[key])
            .filter((name) => !isReference(name) && !known.includes(name))
            .filter((name) => !name.includes(".") || kafkaPackage.test(name))
            .slice(0, 1)
            .map((name) =>
                invalid(
                    key,
                    `expected a class such as ${known[0]}, received ${JSON.stringify(name)}${didYouMean(name, known)}`,
                ),
            ),
    );

/** Connect's producer has one request in flight and repeats it without end, so that the order is kept. */
function checkOrder({ config }: ResolvedConnector): Finding[] {
    if (String(config["producer.override.enable.idempotence"]) === "true") return [];
    const inFlight = "producer.override.max.in.flight.requests.per.connection";
    const retries = "producer.override.retries";
    return [
        ...(Number(config[inFlight]) > 1
            ? [
                  invalid(
                      inFlight,
                      "a request that is sent again can arrive after the next one, which changes the order of " +
                          "records; set producer.override.enable.idempotence too, or remove it",
                      true,
                  ),
              ]
            : []),
        ...(config[retries] !== undefined && Number(config[retries]) === 0
            ? [invalid(retries, "the first request that fails, as when a broker restarts, fails the task", true)]
            : []),
    ];
}

export const clientOverrideRules: readonly PluginRule[] = [
    { classes: /./, check: checkSerializers },
    { classes: /./, check: checkTransactions },
    { classes: /./, check: checkProtocol },
    { classes: /./, check: checkClasses },
    { classes: /./, check: checkOrder },
];
