/**
 * Names derived from the names of databases and tables, in which more characters are legal than in Kubernetes and
 * Kafka.
 */
import { sha256 } from "../util/data";

const shortHash = (name: string): string => sha256(name).slice(0, 6);

/**
 * A part of a Kubernetes name: lower case, underscores removed, as common Helm templates of such connectors do it. A
 * character that is still illegal becomes a dash, and the part then ends in a hash of the original, so that different
 * names stay different.
 */
export function namePart(original: string): string {
    const lowerCase = original.toLowerCase().replace(/_/g, "");
    if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(lowerCase)) return lowerCase;
    const label = lowerCase.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return label ? `${label}-${shortHash(original)}` : shortHash(original);
}

/** A topic as a part of a Kubernetes name: as `namePart`, but dots stay where a DNS name can have them. */
export function topicPart(topic: string): string {
    const lowerCase = topic.toLowerCase().replace(/_/g, "");
    const dnsName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
    return dnsName.test(lowerCase) ? lowerCase : namePart(topic);
}

/** A name of at most `length` characters: a longer one is cut and ends in a hash of the whole. */
export function truncateName(name: string, length: number, separator = "-"): string {
    if (name.length <= length) return name;
    return `${name.slice(0, length - 7).replace(/[^A-Za-z0-9]+$/, "")}${separator}${shortHash(name)}`;
}

/** The base name of a connector: at most 200 characters, which leaves room for a version. */
export const connectorName = (parts: string[]): string => truncateName(parts.join("-"), 200);

/** A PostgreSQL identifier that needs no quotes, at most 63 bytes: the name of a slot or a publication. */
export const postgresIdentifier = (prefix: string, name: string): string =>
    truncateName(`${prefix}${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`, 63, "_");

/**
 * A MySQL server id for a connector: stable for its name, and above the small numbers that servers usually have. Of two
 * replicas with the same id the server disconnects one, so the stack's checks reject equal ids.
 */
export const mysqlServerId = (name: string): number =>
    100_000 + (parseInt(sha256(name).slice(0, 12), 16) % 2_000_000_000);

/** A name as an item of Debezium's include lists, which are regular expressions separated by commas. */
export const literalPattern = (name: string): string =>
    name.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&").replace(/,/g, "\\x2C");

/** What a pattern without its escapes is: a name, where the pattern matches one name only. */
export const withoutEscapes = (pattern: string): string => pattern.replace(/\\(.)/g, "$1");

/** The topic of a table: Debezium's naming strategy replaces every character that a topic's name cannot have. */
export const topicName = (...parts: string[]): string => parts.join(".").replace(/[^A-Za-z0-9._-]/g, "_");

const kubernetesName = /^(?=.{1,200}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A name that Kubernetes accepts, made of one that it does not; names that differ stay different. */
export function resourceName(original: string): string {
    if (kubernetesName.test(original)) return original;
    const legal = original
        .toLowerCase()
        .replace(/[^a-z0-9.]+/g, "-")
        .replace(/[-.]*\.[-.]*/g, ".")
        .replace(/^[-.]+|[-.]+$/g, "")
        .slice(0, 180)
        .replace(/[-.]+$/, "");
    // what was changed could meet another name
    return `${legal || "connector"}-${sha256(original).slice(0, 6)}`;
}
