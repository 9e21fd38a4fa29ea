/**
 * The keys of a connector's configuration, against those that its plugin lists. Kafka Connect ignores an unknown key
 * without an error, so that a misspelt one is found here or never. But libraries and drivers of a plugin read keys that
 * it does not list: an unknown key is a warning.
 */
import { defaultKafkaVersion } from "../release/releases";
import { issue, type Issue } from "../schema/issues";
import type { ConnectContext, ResolvedConnector } from "../connectors/template";
import { didYouMean, nearest } from "../util/nearest";
import { checkComponentKeys } from "./componentConfig";
import { isDocumentedKey } from "./documentedKeys";
import { keyLists, type KeyList } from "./pluginKeyLists";
import { removedKey } from "./removedConfig";
import { listItems } from "../util/listItems";

/**
 * Families of keys that are valid although no plugin lists them: they are passed to clients, converters and drivers.
 */
const families = [
    /^(producer|consumer|admin)\.override\../,
    /^(key|value|header)\.converter\../,
    /^transforms\.[^.]+\../,
    /^predicates\.[^.]+\../,
    // kafkaConfig.ts compares these with the keys of topics
    /^topic\.creation\.[^.]+\./,
    /^schema\.history\.internal\.(kafka|producer|consumer)\../,
    /^signal\.(kafka|consumer)\../,
    /^driver\../,
    /^hibernate\../,
    /^(source|target)\.(cluster|consumer|producer|admin)\../,
    /^snapshot\.select\.statement\.overrides\../,
];

/** Keys that Connect itself reads of every connector, and that some lists lack. */
const connectKeys = /^(name|connector\.class|connector\.plugin\.version|tasks\.max|tasks\.max\.enforce)$/;

/** A key that is a pattern, such as `column.mask.with.(d+).chars`, in the notation that Debezium reports it in. */
const patternOf = (known: string): RegExp =>
    new RegExp(
        `^${known
            .replace(/\./g, "\\.")
            .replace(/\(d\+\)/g, "\\d+")
            .replace(/\(\[\^\\\.\]\+\)/g, "[^.]+")
            .replace(/\(\\\.\+\)/g, ".+")}$`,
    );

/** The keys that a plugin lists, and whether it lists one. */
interface ListedKeys {
    readonly names: readonly string[];
    has(key: string): boolean;
}

/** By the first list, and by the versions of all. */
const merged = new WeakMap<KeyList, Map<string, ListedKeys>>();

/** The keys of the lists of a plugin's versions, made once for all of its connectors. */
function listedKeys(lists: readonly KeyList[]): ListedKeys {
    if (lists.length === 0) return mergedKeys(lists);
    const known = merged.get(lists[0]) ?? new Map<string, ListedKeys>();
    merged.set(lists[0], known);
    const versions = lists.map(({ version }) => version).join();
    const keys = known.get(versions) ?? mergedKeys(lists);
    known.set(versions, keys);
    return keys;
}

function mergedKeys(lists: readonly KeyList[]): ListedKeys {
    const names = [...new Set(lists.flatMap(({ keys }) => Object.keys(keys)))];
    const isPattern = (name: string) => name.includes("(");
    const literal = new Set(names.filter((name) => !isPattern(name)));
    const patterns = names.filter(isPattern).map(patternOf);
    return { names, has: (key) => literal.has(key) || patterns.some((pattern) => pattern.test(key)) };
}

/** What is wrong with the keys of a configuration, and what probably is. */
export interface KeyIssues {
    readonly issues: Issue[];
    readonly warnings: Issue[];
}

/**
 * Errors: keys that the plugin renamed, whose setting would be lost. Warnings: keys that
 * the plugin does not list. Of a class whose keys are not recorded, only keys that earlier versions had are reported.
 */
export function checkConfigKeys(
    connector: ResolvedConnector,
    { usesManifest = true, release }: Partial<ConnectContext>,
): KeyIssues {
    const isKafka3 = release !== undefined && defaultKafkaVersion(release).startsWith("3.");
    const keys = connector.overriddenKeys.filter((key) => !connector.unknownKeys?.includes(key));
    // most connectors have none
    const lists =
        keys.length > 0 ? keyLists(connector.class, { pluginVersion: connector.pluginVersion, usesManifest }) : [];
    const plugin = { lists, listed: listedKeys(lists), versionIsKnown: usesManifest && lists.length === 1 };
    const found = keys.map((key) => checkKey(key, connector, plugin));
    return {
        issues: found.flatMap(({ issues }) => issues),
        warnings: [
            ...found.flatMap(({ warnings }) => warnings),
            ...listedUnknownKeys(connector),
            ...checkComponentKeys(connector, isKafka3),
        ],
    };
}

/** Keys of `unknownKeys` that the plugin lists: they are not checked, for no reason. */
function listedUnknownKeys({ class: className, index, pluginVersion, unknownKeys = [] }: ResolvedConnector): Issue[] {
    if (unknownKeys.length === 0) return [];
    // in all of its versions, as the image's can be another than the manifest's
    const lists = keyLists(className, { pluginVersion, usesManifest: false });
    const listed = lists.length === 0 ? undefined : lists.map((list) => listedKeys([list]));
    return unknownKeys.flatMap((key, position) =>
        listed?.every((keys) => keys.has(key))
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      ["connectors", index, "unknownKeys", position],
                      `unused: the plugin lists ${key}; remove it, so that its value is checked`,
                  ),
              ]
            : [],
    );
}

const none: KeyIssues = { issues: [], warnings: [] };

interface Plugin {
    readonly lists: readonly KeyList[];
    readonly listed: ListedKeys;
    /** Whether the image has one known version of the plugin. */
    readonly versionIsKnown: boolean;
}

function checkKey(key: string, connector: ResolvedConnector, { lists, listed, versionIsKnown }: Plugin): KeyIssues {
    const { class: className, index } = connector;
    const path = ["connectors", index, "config", key];
    if (listed.has(key) || connectKeys.test(key)) return none;

    const isListed = (name: string) => listed.has(name) || isFamily(name, connector);
    const removed = removedKey(key, connector, lists.length > 0 ? isListed : undefined);
    if (removed) {
        const found = issue("KCP_REMOVED_CONFIG_KEY", path, removed.message);
        // without its replacement the setting has no effect; with both the old key is left over
        const isLost = removed.replacement !== undefined && !connector.overriddenKeys.includes(removed.replacement);
        return isLost && versionIsKnown ? { issues: [found], warnings: [] } : { issues: [], warnings: [found] };
    }
    if (lists.length === 0 || isFamily(key, connector) || isDocumented(key, listed.names, connector)) return none;
    const versions = lists.map(({ version }) => version).filter((version) => /^\d/.test(version));
    const plugin = [className, versions.join(", ")].filter(Boolean).join(" ");
    const message = `${plugin} does not list this key and probably ignores it${didYouMean(key, listed.names)}`;
    return { issues: [], warnings: [issue("KCP_UNKNOWN_CONFIG_KEY", path, message)] };
}

const isFamily = (key: string, { config }: ResolvedConnector): boolean =>
    families.some((family) => family.test(key)) || isOfListedName(key, config);

/** A documented key. One of a driver's many can also be a misspelling of a key of the plugin. */
const isDocumented = (key: string, names: readonly string[], { class: className }: ResolvedConnector): boolean =>
    isDocumentedKey(key, className) && !(key.startsWith("database.") && isMisspelt(key, names));

function isMisspelt(key: string, names: readonly string[]): boolean {
    const name = nearest(key, names);
    return name !== undefined && Math.abs(name.length - key.length) <= 1 && differences(key, name) <= 2;
}

/** The number of characters after the common start and before the common end of the longer string. */
function differences(one: string, other: string): number {
    const length = Math.max(one.length, other.length);
    let start = 0;
    while (start < length && one[start] === other[start]) start += 1;
    let end = 0;
    while (end < length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    return length - start - end;
}

/** Keys whose value lists names; keys that start with one of these names belong to what it names. */
const nameLists: readonly [key: string, prefix: string][] = [
    ["converters", ""],
    ["post.processors", ""],
    ["transforms", "transforms."],
    ["predicates", "predicates."],
];

/** Whether a key belongs to a converter, post-processor, transform or predicate that the configuration lists. */
const isOfListedName = (key: string, config: Readonly<Record<string, unknown>>): boolean =>
    nameLists.some(([list, prefix]) => listItems(config[list]).some((name) => key.startsWith(`${prefix}${name}.`)));
