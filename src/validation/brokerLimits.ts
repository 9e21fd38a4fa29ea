/** Keys of `kafkaCluster.config` with which a broker does not start, or that contradict each other. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { heapBytes } from "../util/quantity";

type Config = Readonly<Record<string, unknown>>;

const at = (key: string) => ["kafkaCluster", "config", key];

/** Two numbers of which the broker requires one to be at most the other, with their defaults. */
interface Order {
    readonly lower: readonly [key: string, byDefault: number];
    readonly upper: readonly [key: string, byDefault: number];
    /** Whether values of 0 and below switch the upper one off. */
    readonly canBeOff?: boolean;
}

/** Orders without which a broker ends when it starts (Kafka's KafkaConfig.validateValues). */
const orders: readonly Order[] = [
    { lower: ["replica.fetch.wait.max.ms", 500], upper: ["replica.lag.time.max.ms", 30_000] },
    { lower: ["replica.fetch.wait.max.ms", 500], upper: ["replica.socket.timeout.ms", 30_000] },
    { lower: ["connection.failed.authentication.delay.ms", 100], upper: ["connections.max.idle.ms", 600_000] },
    {
        lower: ["socket.request.max.bytes", 104_857_600],
        upper: ["queued.max.request.bytes", -1],
        canBeOff: true,
    },
];

function orderIssues({ lower, upper, canBeOff }: Order, config: Config): Issue[] {
    const [small, large] = [lower, upper].map(([key, byDefault]) => Number(config[key] ?? byDefault));
    const isWritten = [lower, upper].some(([key]) => config[key] !== undefined);
    if (!isWritten || (canBeOff && large <= 0) || !(small > large)) return [];
    const isUpper = config[upper[0]] !== undefined;
    const key = isUpper ? upper[0] : lower[0];
    const expected = isUpper ? `at least ${lower[0]}, ${small}` : `at most ${upper[0]}, ${large}`;
    return [
        invalidValue(at(key), config[key], expected, {
            code: "KCP_INVALID_CONFIG_VALUE",
            reason: "the broker does not start",
        }),
    ];
}

/** A retention of 0, which the broker refuses at its start: the first of these keys that is set is used. */
function retentionIssues(config: Config): Issue[] {
    const units = ["ms", "minutes", "hours"];
    const unit = units.find((name) => config[`log.retention.${name}`] !== undefined);
    const key = `log.retention.${unit}`;
    return unit !== undefined && Number(config[key]) === 0
        ? [
              invalidValue(at(key), config[key], "at least 1, or -1 for no limit", {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  reason: "the broker does not start",
              }),
          ]
        : [];
}

/** Orders that are broken, and values that no broker accepts. */
export function checkBrokerLimits({ kafkaCluster }: ParsedSections): Issue[] {
    const config = kafkaCluster?.config ?? {};
    return [...orders.flatMap((order) => orderIssues(order, config)), ...retentionIssues(config)];
}

/** The class of Kafka by which brokers choose a replica of the consumer's rack. */
const selector = "org.apache.kafka.common.replica.RackAwareReplicaSelector";

function classWarnings(config: Config): Issue[] {
    const key = "replica.selector.class";
    const value = config[key];
    return typeof value === "string" && value.startsWith("org.apache.kafka.") && value.trim() !== selector
        ? [invalidValue(at(key), value, selector)]
        : [];
}

/** Requests smaller than the records that they have to contain. */
function requestWarnings(config: Config): Issue[] {
    const request = Number(config["socket.request.max.bytes"] ?? 104_857_600);
    const message = Number(config["message.max.bytes"] ?? 1_048_588);
    const key = config["socket.request.max.bytes"] === undefined ? "message.max.bytes" : "socket.request.max.bytes";
    return message > request
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  at(key),
                  `message.max.bytes (${message}) is above socket.request.max.bytes (${request}): the brokers close ` +
                      "the connection of a client that sends such a record",
              ),
          ]
        : [];
}

/** The buffer of the log cleaner, which is part of the heap. */
function cleanerWarnings({ config, nodePools }: NonNullable<ParsedSections["kafkaCluster"]>): Issue[] {
    const key = "log.cleaner.dedupe.buffer.size";
    const buffer = Number(config[key]);
    const heaps = nodePools.flatMap(({ roles, jvm: { xmx } }) =>
        roles.includes("broker") && xmx ? [heapBytes(xmx)] : [],
    );
    const least = Math.min(...heaps);
    return buffer >= least
        ? [
              invalidValue(at(key), config[key], `less than the heap of the brokers, ${least}`, {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  reason: "the log cleaner allocates it at the start",
              }),
          ]
        : [];
}

/** Values with which brokers probably do not work. */
export const brokerLimitWarnings = ({ kafkaCluster }: ParsedSections): Issue[] =>
    kafkaCluster
        ? [
              ...classWarnings(kafkaCluster.config),
              ...requestWarnings(kafkaCluster.config),
              ...cleanerWarnings(kafkaCluster),
          ]
        : [];
