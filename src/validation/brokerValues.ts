/** Keys of `kafkaCluster.config` that Kafka accepts, and with which clients fail or records are lost. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { brokersOf } from "../strimzi/kafkaNodePool";

type Config = Readonly<Record<string, unknown>>;
type Cluster = NonNullable<ParsedSections["kafkaCluster"]>;

const at = (key: string) => ["kafkaCluster", "config", key];

const minute = 60_000;

/** A session or a transaction that the brokers do not allow: a limit of the brokers, and what a client uses. */
interface ClientLimit {
    readonly limit: string;
    readonly byDefault: number;
    readonly isMinimum?: boolean;
    readonly client: string;
    readonly clientDefault: number;
    readonly what: string;
}

const sessions = ["session.timeout.ms", "consumer.session.timeout.ms"].flatMap((client): ClientLimit[] => {
    const [clientDefault, what] =
        client === "session.timeout.ms" ? [10_000, "the workers"] : [45_000, "the consumers of sinks"];
    return [
        { limit: "group.max.session.timeout.ms", byDefault: 1_800_000, client, clientDefault, what },
        { limit: "group.min.session.timeout.ms", byDefault: 6000, isMinimum: true, client, clientDefault, what },
    ];
});

const transaction: ClientLimit = {
    limit: "transaction.max.timeout.ms",
    byDefault: 900_000,
    client: "producer.transaction.timeout.ms",
    clientDefault: minute,
    what: "the producers of exactlyOnce",
};

/** Workers and their clients against the brokers of the same stack, which reject what is outside of their limits. */
export function checkClientLimits({ kafkaCluster, connect }: ParsedSections): Issue[] {
    if (!kafkaCluster || !connect?.install) return [];
    const limits = [...sessions, ...(connect.exactlyOnce ? [transaction] : [])];
    return limits.flatMap(({ limit, byDefault, isMinimum, client, clientDefault, what }) => {
        const broker = Number(kafkaCluster.config[limit] ?? byDefault);
        const used = Number(connect.config[client] ?? clientDefault);
        const isOutside = isMinimum ? used < broker : used > broker;
        if (!isOutside) return [];
        const path = kafkaCluster.config[limit] === undefined ? ["connect", "config", client] : at(limit);
        const message =
            `${limit} (${broker}) is ${isMinimum ? "above" : "below"} ${client} of connect.config (${used}): ` +
            `the brokers reject ${what}`;
        return [issue("KCP_CONFLICTING_SETTINGS", path, message)];
    });
}

const doubt = (key: string, message: string, code: "KCP_INVALID_CONFIG_VALUE" | "KCP_WEAK_DURABILITY"): Issue =>
    issue(code, at(key), message);

/** Broker keys of one duration, of which the first that is set counts. */
const retentionKeys = { "log.retention.ms": 1, "log.retention.minutes": minute, "log.retention.hours": 60 * minute };

/** How long records are kept where a topic does not say it. */
function retentionWarnings(config: Config): Issue[] {
    const given = Object.entries(retentionKeys).filter(([key]) => config[key] !== undefined);
    const [first, ...ignored] = given;
    const milliseconds = first && Number(config[first[0]]) * first[1];
    return [
        ...ignored.map(([key]) => issue("KCP_UNUSED_SETTING", at(key), `unused: ${first[0]} precedes it; remove one`)),
        ...(milliseconds !== undefined && milliseconds >= 0 && milliseconds < 60 * minute
            ? [
                  doubt(
                      first[0],
                      "records that a sink has not read within an hour are lost, in every topic without its own " +
                          "retention",
                      "KCP_INVALID_CONFIG_VALUE",
                  ),
              ]
            : []),
    ];
}

/** Values with which groups, topics or Connect's own topics do not work as expected. */
function valueWarnings({ config }: Cluster, hasTopics: boolean): Issue[] {
    const is = (key: string, value: string) => String(config[key]).trim().toLowerCase() === value;
    const offsets = Number(config["offsets.retention.minutes"]);
    const bytes = Number(config["log.retention.bytes"]);
    const found: [applies: boolean, key: string, message: string][] = [
        [
            offsets < 3 * 24 * 60,
            "offsets.retention.minutes",
            `a sink that is stopped for ${offsets} minutes, such as over a weekend, loses its offsets and reads from ` +
                "the beginning or the end; use 10080, the default, or more",
        ],
        [
            bytes >= 0 && bytes < 1_048_576,
            "log.retention.bytes",
            "less than one segment: each partition keeps only the records of its last segment",
        ],
        [
            is("log.cleanup.policy", "compact"),
            "log.cleanup.policy",
            "every topic without its own policy rejects records without a key; set cleanupPolicy of the topics",
        ],
        [
            is("log.cleaner.enable", "false"),
            "log.cleaner.enable",
            "Kafka's and Connect's own topics grow without limit",
        ],
        [
            hasTopics && is("delete.topic.enable", "false"),
            "delete.topic.enable",
            "a topic that is removed from the stack cannot be deleted, and `pulumi up` waits for its deletion",
        ],
        [
            is("auto.create.topics.enable", "true"),
            "auto.create.topics.enable",
            "a client with a misspelt topic creates a topic without an error; declare topics in kafkaAccess.topics",
        ],
    ];
    return found
        .filter(([applies]) => applies)
        .map(([, key, message]) => doubt(key, message, "KCP_INVALID_CONFIG_VALUE"));
}

const replicationKeys = {
    "default.replication.factor": "topics that do not set theirs",
    "offsets.topic.replication.factor": "the offsets of all groups",
    "transaction.state.log.replication.factor": "the state of transactions",
};

/** Single replicas, and acknowledgements by one broker, although there are more. */
function replicaWarnings(cluster: Cluster): Issue[] {
    const brokers = brokersOf(cluster);
    if (brokers < 3) return [];
    const single = Object.entries(replicationKeys).filter(([key]) => String(cluster.config[key]) === "1");
    return [
        ...single.map(([key, what]) =>
            doubt(key, `with ${brokers} brokers, the loss of one loses ${what}; use 3`, "KCP_WEAK_DURABILITY"),
        ),
        ...(String(cluster.config["min.insync.replicas"]) === "1"
            ? [
                  doubt(
                      "min.insync.replicas",
                      "a record counts as written when one broker has it, and is lost with that broker; use 2",
                      "KCP_WEAK_DURABILITY",
                  ),
              ]
            : []),
    ];
}

/** Records larger than the brokers accept, although the workers' producers would send them. */
function sizeWarnings({ config }: Cluster, { connect, kafkaAccess }: ParsedSections): Issue[] {
    const key = "producer.max.request.size";
    const accepted = Number(config["message.max.bytes"] ?? 1_048_588);
    const sent = Number(connect?.config[key]);
    const larger = (kafkaAccess?.topics ?? []).some((topic) => Number(topic.config["max.message.bytes"]) > accepted);
    return connect?.install && sent > accepted && !larger
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["connect", "config", key],
                  `the brokers accept batches of ${accepted} bytes (message.max.bytes): a larger one fails the task; ` +
                      "set message.max.bytes in kafkaCluster.config, or max.message.bytes of the topics",
              ),
          ]
        : [];
}

/** What is probably wrong in the configuration of the brokers. */
export const brokerValueWarnings = (sections: ParsedSections): Issue[] => {
    const { kafkaCluster: cluster, kafkaAccess } = sections;
    if (!cluster) return [];
    return [
        ...retentionWarnings(cluster.config),
        ...valueWarnings(cluster, (kafkaAccess?.topics ?? []).length > 0),
        ...replicaWarnings(cluster),
        ...sizeWarnings(cluster, sections),
    ];
};
