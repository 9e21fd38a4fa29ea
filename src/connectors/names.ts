/** Names made from the names of databases and tables, which allow far more than Kubernetes, Kafka and PostgreSQL do. */
import { sha256 } from "../util/data";

const shortHash = (text: string): string => sha256(text).slice(0, 6);

/**
 * A part of a Kubernetes name, by the rule that Helm templates of such connectors use: lower case, underscores dropped. What the rule leaves illegal
 * becomes a dash and the part gets a hash of the original, so that two names that differ stay different.
 */
export function namePart(original: string): string {
    const byRule = original.toLowerCase().replace(/_/g, "");
    if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(byRule)) return byRule;
    const legal = byRule.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return legal ? `${legal}-${shortHash(original)}` : shortHash(original);
}

/** A topic as a part of a Kubernetes name: by the same rule, dots kept where they may stand. */
export function topicPart(topic: string): string {
    const byRule = topic.toLowerCase().replace(/_/g, "");
    return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(byRule) ? byRule : namePart(topic);
}

/** At most `length` characters: a longer text is cut and ends in a hash of the whole. */
export function fit(text: string, length: number, separator = "-"): string {
    if (text.length <= length) return text;
    return `${text.slice(0, length - 7).replace(/[^A-Za-z0-9]+$/, "")}${separator}${shortHash(text)}`;
}

/** The base name of a connector, made of parts: at most 200 characters, so that a version still fits. */
export const connectorName = (parts: string[]): string => fit(parts.join("-"), 200);

/** A PostgreSQL identifier that needs no quotes: what slots and publications are named with (63 bytes at most). */
export const postgresIdentifier = (prefix: string, name: string): string =>
    fit(`${prefix}${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`, 63, "_");

/**
 * A MySQL server id for a connector: stable for its name, and far from the small numbers that real servers have.
 * Two replicas with one id throw each other off the server, so the stack's checks refuse equal ones.
 */
export const mysqlServerId = (name: string): number =>
    100_000 + (parseInt(sha256(name).slice(0, 12), 16) % 2_000_000_000);

/** A name as an item of Debezium's include lists, which are regular expressions separated by commas. */
export const literalPattern = (name: string): string =>
    name.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&").replace(/,/g, "\\x2C");

/** The topic Debezium writes a table to: its topic naming strategy replaces what a topic name cannot have. */
export const topicName = (...parts: string[]): string => parts.join(".").replace(/[^A-Za-z0-9._-]/g, "_");
