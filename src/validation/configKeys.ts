/**
 * Keys that plugins know. Kafka Connect ignores a key that nobody reads, without a word, so a misspelt one is found here or
 * never. The lists are what the plugins of the manifest report themselves (`npm run check -- --write-keys`).
 */
import * as fs from "fs";
import * as path from "path";
import { invalidValue, issue, type Issue } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import type { ResolvedConnector } from "../connectors/template";

/** Families of keys that are valid although no plugin lists them: they are handed on to clients, converters and drivers. */
const families = [
    /^(producer|consumer|admin)\.override\../,
    /^(key|value|header)\.converter\../,
    /^transforms\.[^.]+\../,
    /^predicates\.[^.]+\../,
    /^topic\.creation\.[^.]+\.(partitions|replication\.factor|include|exclude|cleanup\.policy|compression\.type|[a-z.]+(\.ms|\.bytes|\.messages|\.ratio|\.policy|\.type))$/,
    /^schema\.history\.internal\.(kafka|producer|consumer)\../,
    /^signal\.(kafka|consumer)\../,
    /^driver\../,
    /^hibernate\../,
    /^(source|target)\.(cluster|consumer|producer|admin)\../,
    /^snapshot\.select\.statement\.overrides\../,
];

/**
 * File with the keys of the manifest's plugins: class → version of the plugin and its keys with their types. Not called keys.json: Node looks
 * for `./keys` as JSON before ts-node is asked for TypeScript.
 */
export const keysFile = path.join(__dirname, "pluginKeys.json");

export type KnownKeys = Record<string, { version: string; keys: Record<string, string> }>;

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

/** Whether a key is one of the plugin's, of its converters' (`converters` names them), or of a family. */
function isKnown(key: string, known: readonly string[], config: ResolvedConnector["config"]): boolean {
    const customConverters = String(config.converters ?? "")
        .split(",")
        .filter(Boolean);
    return (
        known.some((candidate) => matches(key, candidate)) ||
        families.some((family) => family.test(key)) ||
        customConverters.some((name) => key.startsWith(`${name.trim()}.`))
    );
}

/** Keys that plugins once had, by what stands in their place; null where nothing does (Debezium's release notes). */
const renamed: readonly [RegExp, string | null][] = [
    [/^database\.server\.name$/, "topic.prefix"],
    [/^database\.history(\..+)?$/, "schema.history.internal$1"],
    [/^(.+)\.whitelist$/, "$1.include.list"],
    [/^transaction\.topic$/, "topic.transaction"],
    [/^toasted\.value\.placeholder$/, "unavailable.value.placeholder"],
    [/^snapshot\.custom\.class$/, "snapshot.mode.custom.name"],
    [/^slot\.drop_on_stop$/, "slot.drop.on.stop"],
    [/^(transforms\.[^.]+)\.(drop\.tombstones|delete\.handling\.mode)$/, "$1.delete.tombstone.handling.mode"],
    [
        /^(sanitize\.field\.names|source\.struct\.version|snapshot\.new\.tables|snapshot\.minimal\.locks|gtid\.new\.channel\.position)$/,
        null,
    ],
    [
        /^(mongodb\.members\.auto\.discover|initial\.sync\.max\.threads|connect\.max\.attempts|use\.incremental\.alter\.configs)$/,
        null,
    ],
    [/^mongodb\.hosts$/, "mongodb.connection.string"],
    [/^mongodb\.name$/, "topic.prefix"],
    [/^(topics|groups|config\.properties)\.blacklist$/, "$1.exclude"],
    [/^(.+)\.blacklist$/, "$1.exclude.list"],
    // Confluent's HTTP sink has other names for what Aiven's does
    [/^http\.api\.url$/, "http.url"],
    [/^(request\.method|reporter\..+)$/, null],
];

/** What became of a key of older versions: a message, or undefined for a key that never was one. */
function formerKey(key: string): string | undefined {
    const entry = renamed.find(([pattern]) => pattern.test(key));
    if (!entry) return undefined;
    const [pattern, now] = entry;
    return now === null
        ? "was removed from the plugin, which ignores it"
        : `is no longer the plugin's, which ignores it; it is called ${key.replace(pattern, now).replace(/undefined$/, "")} now`;
}

/** What a value of one of Kafka's types looks like as text, and what to say of one that does not. */
const types: Readonly<Record<string, { pattern: RegExp; wants: string }>> = {
    INT: { pattern: /^-?\d+$/, wants: "a whole number" },
    LONG: { pattern: /^-?\d+$/, wants: "a whole number" },
    SHORT: { pattern: /^-?\d+$/, wants: "a whole number" },
    DOUBLE: { pattern: /^-?\d+(\.\d+)?([eE]-?\d+)?$/, wants: "a number" },
    BOOLEAN: { pattern: /^(true|false)$/i, wants: "true or false" },
};

/** Keys a user wrote that the connector's plugin does not know, or whose type is another. Where the class is in no list, only those known to be gone. */
export function checkConfigKeys(connector: ResolvedConnector, known = knownKeys()[connector.class]?.keys): Issue[] {
    return connector.overriddenKeys.flatMap((key): Issue[] => {
        const path = ["connectors", connector.index, "config", key];
        if (connector.unknownKeys?.includes(key)) return [];
        const former = known?.[key] ? undefined : formerKey(key);
        if (former) return [issue("KCP_TODO", path, former)];
        if (!known) return [];
        const type = types[known[key]];
        const value = String(connector.config[key]).trim();
        if (type && !value.includes("${") && !type.pattern.test(value))
            return [invalidValue(path, connector.config[key], type.wants)];
        if (isKnown(key, Object.keys(known), connector.config)) return [];
        return [
            issue(
                "KCP_TODO",
                path,
                `is not a setting of ${connector.class}, which would ignore it${didYouMean(key, Object.keys(known))}`,
            ),
        ];
    });
}
