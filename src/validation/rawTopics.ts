/** Topics that a connector of the template `raw` is said to write or read, against its configuration. */
import { writtenTopic } from "../connectors/tablePatterns";
import { matchesTopic } from "../connectors/topicItems";
import type { ResolvedConnector } from "../connectors/template";
import { writesTopic } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";
import { connectorTopics } from "../strimzi/connectorTopics";
import { firstFew } from "../util/firstFew";
import { listItems } from "../util/listItems";
import { capturedPatterns } from "./rules/tableMatching";

const isSink = /Sink(Connector)?$/;
const fileSource = /\.FileStreamSource(Connector)?$/;
const debezium = /^io\.debezium\.connector\.(?!.*Sink)/;

/** Sinks that write topics with what the other system answers. */
const writesAnswers = (config: ResolvedConnector["config"]): boolean =>
    Object.keys(config).some((key) => /^reporter\.|(success|error|result|response)\.topic/.test(key));

/** The topics that a source writes by its configuration; undefined where transforms or a strategy decide them. */
function configured(connector: ResolvedConnector): string[] | undefined {
    const { class: className, config } = connector;
    if (config.transforms !== undefined) return undefined;
    if (fileSource.test(className)) return listItems(config.topic);
    const isOther = config["topic.naming.strategy"] !== undefined || config["topic.delimiter"] !== undefined;
    if (!debezium.test(className) || isOther || config["topic.prefix"] === undefined) return undefined;
    const prefix = String(config["topic.prefix"]);
    const tables = capturedPatterns(connector)?.map((item) => writtenTopic(prefix, item)) ?? [`${prefix}.*`];
    const { produce, own } = connectorTopics([{ ...connector, outputTopics: [] }]);
    return [...tables, ...produce, ...own];
}

function written(connector: ResolvedConnector): Issue[] {
    const { class: className, config, index, outputTopics } = connector;
    if (outputTopics.length === 0) return [];
    const at = ["connectors", index, "topics"];
    if (isSink.test(className))
        return writesAnswers(config)
            ? []
            : [issue("KCP_UNUSED_SETTING", at, "are topics that it writes, and a sink writes none; remove them")];
    const known = configured(connector);
    const place = known ? outputTopics.findIndex((topic) => !writesTopic(known, topic)) : -1;
    if (!known || place < 0) return [];
    const message = `by its configuration it does not write ${outputTopics[place]}, but ${firstFew(known)}`;
    return [issue("KCP_UNWRITTEN_TOPIC", [...at, place], message)];
}

function read({ class: className, config, index, inputTopics }: ResolvedConnector): Issue[] {
    if (inputTopics.length === 0) return [];
    const at = ["connectors", index, "reads"];
    // by default they are those of the configuration
    const isByDefault = config.topics !== undefined || config["topics.regex"] !== undefined;
    if (!isByDefault && (debezium.test(className) || fileSource.test(className)))
        return [issue("KCP_UNUSED_SETTING", at, "are topics that it reads, and this source reads none; remove them")];
    const expression = config["topics.regex"];
    if (!isSink.test(className) || (config.topics === undefined && expression === undefined)) return [];
    const names = listItems(config.topics);
    const isRead = (topic: string) =>
        topic.endsWith("*") ||
        (expression === undefined ? names.includes(topic) : matchesTopic(String(expression), topic));
    const place = inputTopics.findIndex((topic) => !isRead(topic));
    if (place < 0) return [];
    const key = expression === undefined ? "topics" : "topics.regex";
    return [
        issue(
            "KCP_UNWRITTEN_TOPIC",
            [...at, place],
            `by its configuration it does not read ${inputTopics[place]}: ${key} is ${String(config[key])}`,
        ),
    ];
}

/** Warnings for topics that are of the other direction, or that the configuration does not have. */
export const rawTopicWarnings = (connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors
        .filter(({ template }) => template === "raw")
        .flatMap((connector) => [...written(connector), ...read(connector)]);
