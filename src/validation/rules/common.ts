/** Keys that Connect reads of every source or sink: tasks, tolerance of errors, dead letter queues, topic creation. */
import type { ResolvedConnector } from "../../connectors/template";
import { clientTimingIssues } from "../clientTiming";
import { isReference, unlistedValues, type Finding, type PluginRule } from "./rule";
import { duplicates } from "../../util/data";
import { listItems } from "../../util/listItems";
import { didYouMean } from "../../util/nearest";

const isSource = /Source(Connector)?$|^io\.debezium\.connector\.(?!jdbc)/;
const isSink = /Sink(Connector)?$/;

/** Values that Connect's own definitions list, and with others of which it rejects the connector. */
const lowerCaseValues: Readonly<Record<string, readonly string[]>> = {
    "errors.tolerance": ["none", "all"],
    "config.action.reload": ["none", "restart"],
};

/** The same of keys that are read in any case. */
const listedValues: Readonly<Record<string, readonly string[]>> = {
    "exactly.once.support": ["requested", "required"],
    "transaction.boundary": ["poll", "interval", "connector"],
};

const checkValues = (connector: ResolvedConnector): Finding[] => [
    ...unlistedValues(connector, lowerCaseValues, false),
    ...unlistedValues(connector, listedValues),
];

/** Partitions and replicas of created topics: a positive number, or -1 for the broker's default. */
const checkTopicCreation = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config)
        .filter(([key]) => /^topic\.creation\.[^.]+\.(partitions|replication\.factor)$/.test(key))
        .filter(([, value]) => Number(value) < -1 || Number(value) === 0)
        .map(([key, value]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected a positive number, or -1 for the broker's default, received ${String(value)}`,
        }));

/** Groups of created topics that are configured and not listed: nothing reads them. */
function unlistedGroups({ config }: ResolvedConnector): Finding[] {
    const listed = ["default", ...listItems(config["topic.creation.groups"])];
    const unread = new Map<string, string>();
    for (const key of Object.keys(config)) {
        if (!key.startsWith("topic.creation.")) continue;
        const [, , group, ...rest] = key.split(".");
        if (rest.length > 0 && !listed.includes(group) && !unread.has(group)) unread.set(group, key);
    }
    return [...unread].map(([group, key]) => ({
        code: "KCP_UNUSED_SETTING",
        key,
        message: `unused: topic.creation.groups does not list "${group}"${didYouMean(group, listed)}`,
        isWarning: true,
    }));
}

/** Connect rejects a source with `required` where the workers write no transactions. */
const checkExactlyOnce: PluginRule["check"] = ({ config, template, overriddenKeys }, { exactlyOnce }) =>
    String(config["exactly.once.support"]).toLowerCase() === "required" &&
    !exactlyOnce &&
    // the templates report their own option
    (template === "raw" || overriddenKeys.includes("exactly.once.support"))
        ? [
              {
                  code: "KCP_CONFLICTING_SETTINGS",
                  key: "exactly.once.support",
                  message: "the workers reject the connector unless connect.exactlyOnce is true",
              },
          ]
        : [];

/** Connectors that define no boundaries of transactions: Connect rejects them with `connector`. */
const withoutBoundaries = /^(io\.debezium\.connector|org\.apache\.kafka\.connect\.(file|mirror))\./;

function checkBoundaries({ class: className, config }: ResolvedConnector): Finding[] {
    const boundary = String(config["transaction.boundary"] ?? "poll").toLowerCase();
    const interval = "transaction.boundary.interval.ms";
    if (boundary === "connector" && withoutBoundaries.test(className))
        return [
            {
                code: "KCP_INVALID_CONFIG_VALUE",
                key: "transaction.boundary",
                message: "expected poll or interval: the plugin defines no transactions, and Connect rejects it",
            },
        ];
    return config[interval] === undefined || boundary === "interval"
        ? []
        : [
              {
                  code: "KCP_UNUSED_SETTING",
                  key: interval,
                  message: `unused: transaction.boundary is ${boundary}`,
                  isWarning: true,
              },
          ];
}

/** A folder is no file: the task fails, or retries without end. */
const checkFolder = ({ config }: ResolvedConnector): Finding[] =>
    String(config.file ?? "").endsWith("/")
        ? [{ code: "KCP_INVALID_CONFIG_VALUE", key: "file", message: "expected a file, received a folder" }]
        : [];

/** Kafka 4 checks it by code, so that its definitions list no values. */
const checkOffsetReset = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config)
        .filter(([key]) => /^(consumer\.override|source\.consumer)\.auto\.offset\.reset$/.test(key))
        .filter(([, value]) => !isReference(value) && !/^(latest|earliest|none|by_duration:.+)$/i.test(String(value)))
        .map(([key, value]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected latest, earliest, none or by_duration:DURATION, received ${JSON.stringify(value)}`,
        }));

/** Brokers reject a record without a key in a compacted topic; a file has none. */
const checkCompactedFiles = ({ config }: ResolvedConnector): Finding[] =>
    Object.keys(config)
        .filter((key) => /^topic\.creation\.[^.]+\.cleanup\.policy$/.test(key))
        .filter((key) => String(config[key]).includes("compact") && config.transforms === undefined)
        .map((key) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: "expected delete: lines of a file have no key, and a compacted topic rejects records without one",
        }));

/** A topic that a sink or a mirror lists twice. */
const checkRepeatedTopics = ({ config, template }: ResolvedConnector): Finding[] =>
    ["topics", "groups"].flatMap((key) => {
        const names = listItems(config[key]);
        return duplicates(names).map((index) => ({
            code: "KCP_DUPLICATE_NAME" as const,
            key,
            message: `lists ${names[index]} twice; remove one`,
            isWarning: template === "raw",
        }));
    });

const queueKey = "errors.deadletterqueue.topic.name";

/** A sink without topics, and one that reads its own dead letter queue: Connect rejects both. */
function checkSinkTopics({ config }: ResolvedConnector): Finding[] {
    const names = listItems(config.topics);
    const findings: Finding[] = [];
    if (names.length === 0 && !config["topics.regex"])
        findings.push({
            code: "KCP_MISSING_CONFIG_KEY",
            key: "topics",
            message: "required, or topics.regex; Connect rejects a sink that reads no topic",
        });
    if (names.includes(String(config[queueKey])))
        findings.push({
            code: "KCP_CONFLICTING_SETTINGS",
            key: queueKey,
            message: "is one of the topics that the sink reads; Connect rejects the connector",
        });
    return findings;
}

/** Records that are lost without a trace, and a queue that does not keep the task running. */
function errorWarnings({ class: className, config }: ResolvedConnector): Finding[] {
    const toleratesAll = String(config["errors.tolerance"]).toLowerCase() === "all";
    const queue = config[queueKey];
    const isLogged = String(config["errors.log.enable"]) === "true";
    if (toleratesAll && !queue && !isLogged)
        return [
            {
                code: "KCP_SILENT_CORRUPTION",
                key: "errors.tolerance",
                message: `records that fail are skipped without a trace; set ${queueKey} or errors.log.enable`,
                isWarning: true,
            },
        ];
    if (!queue || toleratesAll || !isSink.test(className)) return [];
    return [
        {
            code: "KCP_UNUSED_SETTING",
            key: queueKey,
            message: "the first record that fails stops the task; set errors.tolerance to all to go on without it",
            isWarning: true,
        },
    ];
}

/** Keys that Connect reads of the other direction only. */
function unreadKeys({ class: className, config }: ResolvedConnector): Finding[] {
    const unread = (pattern: RegExp, reason: string) =>
        Object.keys(config)
            .filter((key) => pattern.test(key))
            .slice(0, 1)
            .map((key): Finding => ({
                code: "KCP_UNUSED_SETTING",
                key,
                message: `unused: ${reason}`,
                isWarning: true,
            }));
    if (isSink.test(className))
        return [
            ...unread(/^topic\.creation\./, "Connect creates topics of sources only"),
            ...(config[queueKey]
                ? []
                : unread(/^producer\.override\./, "a sink without a dead letter queue writes nothing")),
        ];
    return isSource.test(className) && config["exactly.once.support"] === undefined
        ? unread(/^consumer\.override\./, "a source has no consumer")
        : [];
}

/** Sources that run one task whatever `tasks.max` is. */
const singleTask =
    /(\.FileStreamSourceConnector|\.MirrorHeartbeatConnector|^io\.debezium\.connector\.(oracle|db2)\.\w+)$/;

const taskWarnings = ({ tasksMax }: ResolvedConnector): Finding[] =>
    tasksMax > 1
        ? [
              {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  key: "tasks.max",
                  message: `expected 1, received ${tasksMax}: the plugin runs one task`,
                  isWarning: true,
              },
          ]
        : [];

/** Tasks of a file sink, which open one path each by itself. */
const fileTaskWarnings = ({ tasksMax }: ResolvedConnector): Finding[] =>
    tasksMax > 1
        ? [
              {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  key: "tasks.max",
                  message: `expected 1, received ${tasksMax}: the tasks write the same file, or one on each worker`,
                  isWarning: true,
              },
          ]
        : [];

/** Timeouts of the connector's own clients, as findings of their keys. */
const checkTiming = ({ config }: ResolvedConnector): Finding[] =>
    clientTimingIssues(config, "producer.override.", "consumer.override.", (key) => [key]).map(
        ({ code, path, message }) => ({
            code,
            key: String(path[0]),
            message,
        }),
    );

export const commonRules: readonly PluginRule[] = [
    { classes: /./, check: checkValues },
    { classes: /./, check: checkTiming },
    { classes: isSource, check: checkTopicCreation },
    { classes: isSource, check: unlistedGroups },
    { classes: isSource, check: checkBoundaries },
    { classes: /\.FileStream(Source|Sink)Connector$/, check: checkFolder },
    { classes: isSource, check: checkExactlyOnce },
    { classes: isSink, check: checkSinkTopics },
    { classes: /\.FileStreamSourceConnector$/, check: checkCompactedFiles },
    { classes: /./, check: checkOffsetReset },
    { classes: /(Sink(Connector)?|\.Mirror\w+Connector)$/, check: checkRepeatedTopics },
    { classes: /./, check: errorWarnings },
    { classes: /./, check: unreadKeys },
    { classes: singleTask, check: taskWarnings },
    { classes: /\.FileStreamSinkConnector$/, check: fileTaskWarnings },
];
