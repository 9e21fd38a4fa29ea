/**
 * The topics of a connector's records, transform by transform: transforms, predicates and groups of created topics that
 * no record reaches. Only where all topics are known by their names.
 */
import { writtenTopic } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { connectorTopics } from "../../strimzi/connectorTopics";
import { firstFew } from "../../util/firstFew";
import { listItems } from "../../util/listItems";
import { invalid, type Finding, type PluginRule } from "./rule";
import { capturedPatterns } from "./tableMatching";

/** Transforms that leave the topic of a record as it is. */
const keepsTopic =
    /\.(ExtractNewRecordState|ExtractNewDocumentState|Filter|Cast\$\w+|Flatten\$\w+|HoistField\$\w+|ExtractField\$\w+|InsertField\$\w+|ReplaceField\$\w+|MaskField\$\w+|TimestampConverter\$\w+|ValueToKey|InsertHeader|DropHeaders|HeaderFrom\$\w+|SetSchemaMetadata\$\w+|ExtractTimestamp\$\w+)$/;

const router = "org.apache.kafka.connect.transforms.RegexRouter";
const topicPredicate = "org.apache.kafka.connect.transforms.predicates.TopicNameMatches";

/** An expression that means the same in JavaScript as in Java, where that is certain. */
export function portable(expression: string): RegExp | undefined {
    if (/\\[QEpPZzA]|\(\?(?![:=!])|[*+?}]\+|\[[^\]]*(\[|&&)|\$\{/.test(expression)) return undefined;
    try {
        return new RegExp(`^(?:${expression})$`);
    } catch {
        return undefined;
    }
}

/** The topics before the first transform. */
function initialTopics(connector: ResolvedConnector): string[] | undefined {
    const { class: className, config } = connector;
    if (/Sink(Connector)?$/.test(className))
        return config["topics.regex"] === undefined ? listItems(config.topics) : undefined;
    if (className === "org.apache.kafka.connect.file.FileStreamSourceConnector") return listItems(config.topic);
    if (config["topic.naming.strategy"] !== undefined || config["topic.delimiter"] !== undefined) return undefined;
    const tables = capturedPatterns(connector)?.map((item) => writtenTopic(String(config["topic.prefix"]), item));
    if (!tables) return undefined;
    const { produce, own } = connectorTopics([{ ...connector, outputTopics: [] }]);
    return [...tables, ...produce, ...own];
}

/** What a walk through the transforms finds, and the topics after the last of them; undefined where not known. */
interface Walk {
    readonly findings: Finding[];
    readonly topics?: string[];
}

const unused = (key: string, message: string): Finding => ({
    code: "KCP_UNUSED_SETTING",
    key,
    message: `unused: ${message}`,
    isWarning: true,
});

function route(topics: readonly string[], start: string, { config, class: className }: ResolvedConnector): Walk {
    const [regex, replacement] = [String(config[`${start}regex`] ?? ""), String(config[`${start}replacement`] ?? "")];
    const pattern = portable(regex);
    if (!pattern) return { findings: [] };
    if (!topics.some((topic) => pattern.test(topic)))
        return {
            findings: [unused(`${start}regex`, `${regex} matches none of the topics ${firstFew(topics)}`)],
            topics: [...topics],
        };
    const literal = replacement.replace(/\$(\d+|\{\w+\})|\\./g, "");
    if (!/Sink(Connector)?$/.test(className) && /[^A-Za-z0-9._-]/.test(literal))
        return {
            findings: [
                invalid(
                    `${start}replacement`,
                    `expected a topic of letters, digits, ., _ and -, received ${JSON.stringify(replacement)}`,
                ),
            ],
        };
    // other forms of replacements than Java's and JavaScript's common one
    if (/\$\{|\\/.test(replacement)) return { findings: [] };
    return { findings: [], topics: topics.map((topic) => topic.replace(pattern, replacement)) };
}

function step(topics: readonly string[], name: string, connector: ResolvedConnector): Walk {
    const { config } = connector;
    const start = `transforms.${name}.`;
    const type = String(config[`${start}type`]);
    const predicate = String(config[`${start}predicate`] ?? "");
    const key = `predicates.${predicate}.pattern`;
    if (config[`predicates.${predicate}.type`] === topicPredicate) {
        const pattern = portable(String(config[key] ?? ""));
        const isNegated = String(config[`${start}negate`]) === "true";
        if (pattern && !isNegated && !topics.some((topic) => pattern.test(topic)))
            return {
                findings: [unused(key, `${String(config[key])} matches none of the topics ${firstFew(topics)}`)],
                topics: [...topics],
            };
    }
    // the value of a column becomes the topic
    if (config[`${start}route.by.field`]) return { findings: [] };
    if (keepsTopic.test(type)) return { findings: [], topics: [...topics] };
    return type === router && predicate === "" ? route(topics, start, connector) : { findings: [] };
}

/** Debezium's own records that the last router puts into a topic of rows. */
function mixed(connector: ResolvedConnector, first: readonly string[], last: readonly string[]): Finding[] {
    const tables = capturedPatterns(connector)?.length ?? 0;
    // the topics of tables come first
    const rows = last.slice(0, tables);
    const place = last.findIndex((topic, index) => index >= tables && rows.includes(topic) && first[index] !== topic);
    const name = listItems(connector.config.transforms).findLast(
        (item) => connector.config[`transforms.${item}.type`] === router,
    );
    if (tables === 0 || place < 0 || name === undefined) return [];
    const message = `also puts the records of ${first[place]}, which are no rows, into ${last[place]}; narrow it`;
    return [{ code: "KCP_UNINTENDED_TOPIC", key: `transforms.${name}.regex`, message, isWarning: true }];
}

function walk(connector: ResolvedConnector): Walk {
    const topics = initialTopics(connector);
    if (!topics || topics.length === 0 || topics.some((topic) => topic.endsWith("*"))) return { findings: [] };
    return listItems(connector.config.transforms).reduce<Walk>(
        (before, name) => {
            if (!before.topics) return before;
            const after = step(before.topics, name, connector);
            return { findings: [...before.findings, ...after.findings], topics: after.topics };
        },
        { findings: [], topics },
    );
}

/** Whether one of a list of expressions matches; undefined where that is not certain. */
function matchesOne(expressions: unknown): ((topic: string) => boolean) | undefined {
    const patterns = listItems(expressions).map(portable);
    return patterns.some((pattern) => !pattern)
        ? undefined
        : (topic) => patterns.some((pattern) => pattern!.test(topic));
}

/** Groups of created topics that match no topic, or only those of an earlier group. */
function checkGroups({ config }: ResolvedConnector, topics: readonly string[]): Finding[] {
    const taken = new Map<string, string>();
    const findings: Finding[] = [];
    for (const name of listItems(config["topic.creation.groups"])) {
        const key = `topic.creation.${name}.include`;
        const includes = matchesOne(config[key]);
        const excludes = matchesOne(config[`topic.creation.${name}.exclude`]);
        if (!includes || !excludes) return findings;
        const matched = topics.filter((topic) => includes(topic) && !excludes(topic));
        const own = matched.filter((topic) => !taken.has(topic));
        if (matched.length === 0)
            findings.push(unused(key, `the group matches none of the topics ${firstFew(topics)}`));
        else if (own.length === 0)
            findings.push(unused(key, `the group "${taken.get(matched[0])}" comes first and has all of its topics`));
        for (const topic of own) taken.set(topic, name);
    }
    return findings;
}

function check(connector: ResolvedConnector): Finding[] {
    const { transforms, "topic.creation.groups": groups } = connector.config;
    if (transforms === undefined && groups === undefined) return [];
    const { findings, topics } = walk(connector);
    const first =
        topics && /^io\.debezium\.connector\.(?!jdbc)/.test(connector.class) ? initialTopics(connector) : undefined;
    return [
        ...findings,
        ...(first && topics ? mixed(connector, first, topics) : []),
        ...(topics ? checkGroups(connector, topics) : []),
    ];
}

export const topicWalkRules: readonly PluginRule[] = [{ classes: /./, check }];
