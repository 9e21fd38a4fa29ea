/**
 * Topics that two connectors use for different records: a schema history or signals beside rows, or a dead letter queue
 * beside the records of a source. Two sinks can share a dead letter queue.
 */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { isReference } from "./rules/rule";

/** Keys that name a topic of a connector's own records, and what these are. */
const ownRecords: Readonly<Record<string, string>> = {
    "schema.history.internal.kafka.topic": "the schema history",
    "signal.kafka.topic": "the signals",
    "errors.deadletterqueue.topic.name": "the dead letter queue",
    "notification.sink.topic.name": "the notifications",
    "offsets.storage.topic": "the offsets",
};

const queueKey = "errors.deadletterqueue.topic.name";

/** Topics whose name shows that a sink reads failed records on purpose. */
const isNamedAsQueue = (topic: string): boolean => /dlq|dead|dlt|error|fail|invalid|poison|reject|retry/i.test(topic);

/** Sinks that keep any record as it is. */
const keepsAnyRecord = /\.FileStreamSink(Connector)?$/;

const topicsKeyOf = ({ config }: ResolvedConnector): string =>
    config.topics === undefined ? "topics.regex" : "topics";

/** The topics that a connector writes: records and, where it has a schema history, changes of the schema. */
const writtenTopics = ({ config, outputTopics }: ResolvedConnector): readonly string[] =>
    config["schema.history.internal.kafka.topic"] === undefined ||
    config["topic.prefix"] === undefined ||
    String(config["include.schema.changes"]) === "false"
        ? outputTopics
        : [...outputTopics, String(config["topic.prefix"])];

interface OwnTopic {
    readonly topic: string;
    readonly key: string;
    readonly connector: ResolvedConnector;
}

const ownTopics = (connectors: readonly ResolvedConnector[]): OwnTopic[] =>
    connectors.flatMap((connector) =>
        Object.keys(ownRecords)
            .filter((key) => connector.config[key] && !isReference(connector.config[key]))
            .map((key) => ({ topic: String(connector.config[key]), key, connector })),
    );

const conflict = (connector: ResolvedConnector, key: string, message: string): Issue =>
    issue("KCP_CONFLICTING_SETTINGS", connector.settingPath(key), message);

/** A warning for each topic that holds two kinds of records. */
export function topicRoleWarnings(connectors: readonly ResolvedConnector[]): Issue[] {
    const byTopic = new Map<string, OwnTopic>();
    const shared = ownTopics(connectors).flatMap((own): Issue[] => {
        const earlier = byTopic.get(own.topic);
        if (!earlier) byTopic.set(own.topic, own);
        if (!earlier || earlier.key === own.key) return [];
        const other = `${ownRecords[earlier.key]} of ${earlier.connector.declaredAt}`;
        return [conflict(own.connector, own.key, `${own.topic} is ${other} too; use a topic for each`)];
    });
    const written = connectors.flatMap((source) =>
        writtenTopics(source).flatMap((topic) => {
            const own = byTopic.get(topic);
            if (!own) return [];
            return [conflict(own.connector, own.key, `${source.declaredAt} writes its records to ${topic} too`)];
        }),
    );
    const read = connectors.flatMap((sink) =>
        sink.inputTopics.flatMap((topic) => {
            const own = byTopic.get(topic);
            if (!own) return [];
            const what = `${ownRecords[own.key]} of ${own.connector.declaredAt}`;
            if (own.key !== queueKey) return [conflict(sink, topicsKeyOf(sink), `${topic} is ${what}, not rows`)];
            if (isNamedAsQueue(topic) || keepsAnyRecord.test(sink.class)) return [];
            return [conflict(sink, topicsKeyOf(sink), `${topic} is ${what}: records that failed there`)];
        }),
    );
    return [...shared, ...written, ...read];
}
