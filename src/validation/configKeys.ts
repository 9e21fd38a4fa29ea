/**
 * The configuration keys that plugins know. Kafka Connect ignores an unknown key without an error, so that a misspelt
 * one is found here or never. The lists are what the plugins of the manifest report themselves (`npm run check --
 * --write-keys`).
 */
import * as fs from "fs";
import * as path from "path";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ResolvedConnector } from "../connectors/template";
import { didYouMean } from "../util/nearest";
import { isDocumentedKey } from "./documentedKeys";
import { removedKey } from "./removedConfig";

/**
 * Families of keys that are valid although no plugin lists them: they are passed to clients, converters and drivers.
 */
const families = [
    /^(producer|consumer|admin)\.override\../,
    /^(key|value|header)\.converter\../,
    /^transforms\.[^.]+\../,
    /^predicates\.[^.]+\../,
    /^topic\.creation\.[^.]+\.(partitions|replication\.factor|include|exclude)$/,
    /^topic\.creation\.[^.]+\.[a-z.]+\.(ms|bytes|messages|ratio|policy|type)$/,
    /^schema\.history\.internal\.(kafka|producer|consumer)\../,
    /^signal\.(kafka|consumer)\../,
    /^driver\../,
    /^hibernate\../,
    /^(source|target)\.(cluster|consumer|producer|admin)\../,
    /^snapshot\.select\.statement\.overrides\../,
];

/** File with the keys of the manifest's plugins: class → version of the plugin and its keys with their types. */
export const keysFile = path.join(__dirname, "pluginKeys.json");

type KeyTypes = Record<string, string>;
export type KnownKeys = Record<string, { version: string; keys: KeyTypes }>;

let loaded: KnownKeys | undefined;
const knownKeys = (): KnownKeys => (loaded ??= JSON.parse(fs.readFileSync(keysFile, "utf8")) as KnownKeys);

/** Some keys are patterns, such as `column.mask.with.(d+).chars`, in the notation that Debezium reports them in. */
function matches(key: string, known: string): boolean {
    if (!known.includes("(")) return key === known;
    return new RegExp(
        `^${known
            .replace(/\./g, "\\.")
            .replace(/\(d\+\)/g, "\\d+")
            .replace(/\(\[\^\\\.\]\+\)/g, "[^.]+")
            .replace(/\(\\\.\+\)/g, ".+")}$`,
    ).test(key);
}

/** Whether a key is in the plugin's list, of a family, or documented. */
const isKnown = (key: string, known: readonly string[], connector: ResolvedConnector): boolean =>
    known.some((candidate) => matches(key, candidate)) ||
    families.some((family) => family.test(key)) ||
    isDocumentedKey(key, connector);

/** Types of Kafka's configuration definitions: what a value looks like as a string, and what is expected. */
const types: Readonly<Record<string, { pattern: RegExp; expected: string }>> = {
    INT: { pattern: /^-?\d+$/, expected: "an integer" },
    LONG: { pattern: /^-?\d+$/, expected: "an integer" },
    SHORT: { pattern: /^-?\d+$/, expected: "an integer" },
    DOUBLE: { pattern: /^-?\d+(\.\d+)?([eE]-?\d+)?$/, expected: "a number" },
    BOOLEAN: { pattern: /^(true|false)$/i, expected: "true or false" },
};

/**
 * The keys of `config` that the connector's plugin does not know or no longer has, and values of another type. Of a
 * class whose keys are not recorded, only keys that are known to be removed are reported.
 */
export const checkConfigKeys = (connector: ResolvedConnector, known = knownKeys()[connector.class]?.keys): Issue[] =>
    connector.overriddenKeys
        .filter((key) => !connector.unknownKeys?.includes(key))
        .flatMap((key) => checkKey(key, connector, known));

/** Plugins whose earlier keys are known. A `table.whitelist` of another plugin can be current. */
const renamingPlugins = /^(io\.debezium|io\.aiven|org\.apache\.kafka\.connect\.mirror)\./;

function checkKey(key: string, connector: ResolvedConnector, known?: KeyTypes): Issue[] {
    const { class: className, config, index } = connector;
    const path = ["connectors", index, "config", key];
    const removed = known?.[key] || !renamingPlugins.test(className) ? undefined : removedKey(key);
    if (removed) return [issue("KCP_REMOVED_CONFIG_KEY", path, removed)];
    if (!known) return [];
    const type = types[known[key]];
    const value = String(config[key]).trim();
    if (type && !value.includes("${") && !type.pattern.test(value))
        return [invalidValue(path, config[key], type.expected)];
    const names = Object.keys(known);
    if (isKnown(key, names, connector)) return [];
    return [
        issue(
            "KCP_UNKNOWN_CONFIG_KEY",
            path,
            `${className} does not know this key and would ignore it${didYouMean(key, names)}`,
        ),
    ];
}
