/** Names of topics, tables and classes that no server has: too long, with other characters, or that only look right. */
import { isLiteral } from "../../connectors/tablePatterns";
import { withoutEscapes } from "../../connectors/names";
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";
import { capturedPatterns } from "./tableMatching";

/** Keys whose value is the name of one topic. */
const topicKeys = [
    "errors.deadletterqueue.topic.name",
    "schema.history.internal.kafka.topic",
    "signal.kafka.topic",
    "notification.sink.topic.name",
    "offsets.storage.topic",
];

const isSink = /Sink(Connector)?$/;
const isFileSource = /(^|\.)FileStreamSource(Connector)?$/;

const legalTopic = /^[A-Za-z0-9._-]{1,249}$/;

const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 40)}… (${name.length})` : name);

/** Names that no topic can have: brokers reject them, and the task fails. */
function checkTopics({ class: className, config }: ResolvedConnector): Finding[] {
    const single = isFileSource.test(className) ? [...topicKeys, "topic"] : topicKeys;
    const named = single.filter((key) => config[key]).map((key) => ({ key, names: [String(config[key])] }));
    const listed = isSink.test(className) ? [{ key: "topics", names: listItems(config.topics) }] : [];
    return [...named, ...listed].flatMap(({ key, names }): Finding[] => {
        const illegal = names.find((name) => !isReference(name) && !legalTopic.test(name));
        if (illegal === undefined) return [];
        const hint = key === "topics" && /[*?|]/.test(illegal) ? "; topics.regex takes an expression" : "";
        const message =
            "expected at most 249 letters, digits, ., _ and -, " +
            `received ${JSON.stringify(shortened(illegal))}${hint}`;
        return [invalid(key, message)];
    });
}

/** Topics whose name becomes too long with its prefix. */
function checkLength({ class: className, outputTopics }: ResolvedConnector): Finding[] {
    const long = outputTopics.find((name) => name.length > 249);
    if (long === undefined) return [];
    const key = className.startsWith("org.apache.kafka.connect.mirror.") ? "source.cluster.alias" : "topic.prefix";
    const message = `makes the topic ${shortened(long)}; topics have at most 249 characters`;
    return [invalid(key, message)];
}

/** The longest name of a table or of what contains it; PostgreSQL cuts a longer one, MySQL rejects it. */
const longest: readonly [classes: RegExp, length: number, key: string][] = [
    [/\.PostgresConnector$/, 63, "table.include.list"],
    [/\.(MySqlConnector|MariaDbConnector)$/, 64, "table.include.list"],
];

function checkTables(connector: ResolvedConnector): Finding[] {
    const [, length, key] = longest.find(([classes]) => classes.test(connector.class)) ?? [];
    if (length === undefined || key === undefined || connector.config[key] === undefined) return [];
    // most are short
    if (String(connector.config[key]).length <= length) return [];
    const long = (capturedPatterns(connector) ?? [])
        .filter(isLiteral)
        .flatMap((pattern) => withoutEscapes(pattern).split("."))
        .find((name) => Buffer.byteLength(name) > length);
    if (long === undefined) return [];
    const message = `no table or schema has the name ${shortened(long)}: names have at most ${length} characters`;
    return [invalid(key, message, true)];
}

/** Characters without a shape, and those that only look like a blank. */
const invisible = /[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/;

/** A Latin letter beside a Cyrillic or Greek one within a name. */
const mixed = /[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]/;

/** \s is not part of it: that has U+00A0 and U+FEFF too. */
const isAscii = /^[\t\n\r\x20-\x7e]*$/;

/** Why a string is not what it looks like. */
function deception(text: string): string | undefined {
    if (isAscii.test(text)) return undefined;
    const character = invisible.exec(text)?.[0] ?? mixed.exec(text)?.[0].replace(/[A-Za-z]/, "");
    if (character === undefined) return undefined;
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return `contains the character U+${code}, which cannot be seen or looks like another; type it again`;
}

const checkCharacters = ({ config, overriddenKeys }: ResolvedConnector): Finding[] =>
    Object.entries(config).flatMap(([key, value]) => {
        const writtenKey = overriddenKeys.length > 0 ? deception(key) : undefined;
        const reason = writtenKey ?? (typeof value === "string" ? deception(value) : undefined);
        return reason === undefined ? [] : [invalid(key, reason, true)];
    });

export const nameRules: readonly PluginRule[] = [
    { classes: /./, check: checkTopics },
    { classes: /./, check: checkLength },
    { classes: /^io\.debezium\./, check: checkTables },
    { classes: /./, check: checkCharacters },
];
