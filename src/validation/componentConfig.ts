/** The keys of transforms, predicates and converters, against those that their classes list. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { componentOf } from "./pluginKeyLists";
import { removedKey } from "./removedConfig";

/** Where the class of a component is, and the keys that Connect itself reads. */
const kinds: readonly { prefix: RegExp; classKey: string; ownKeys: readonly string[] }[] = [
    {
        prefix: /^(transforms\.[^.]+\.)(.+)$/,
        classKey: "type",
        ownKeys: ["type", "predicate", "negate", "plugin.version"],
    },
    { prefix: /^(predicates\.[^.]+\.)(.+)$/, classKey: "type", ownKeys: ["type", "plugin.version"] },
    {
        prefix: /^((?:key|value|header)\.converter\.)(.+)$/,
        classKey: "",
        ownKeys: ["converter.type", "plugin.version"],
    },
];

/** Keys that are documented although the class does not list them. */
const documented: readonly [classes: RegExp, keys: RegExp][] = [
    [/\.ByLogicalTableRouter$/, /^(key\.field\.name|schema\.name\.adjustment\.mode|logical\.table\.cache\.size)$/],
    [/\.EventRouter$/, /^(table\.fields\.additional\.error\.on\.missing|debug\.)/],
    // the JSON converter's, which often stays when the converter is replaced
    [/Converter$/, /^schemas\.enable$/],
    [/\.TimescaleDb$/, /^database\./],
    // reported by removedConfig.ts, with what replaces them
    [/\.ExtractNew(Record|Document)State$/, /^(drop\.tombstones|delete\.handling\.mode)$/],
];

/** Whether a class reads a key; one that starts with a key of the class belongs to what that key names. */
const isKnown = (name: string, className: string, known: readonly string[]): boolean =>
    known.some((key) => name === key || name.startsWith(`${key}.`)) ||
    documented.some(([classes, keys]) => classes.test(className) && keys.test(name));

/** Keys of ReplaceField before Kafka 4. */
const earlierKeys = /^(blacklist|whitelist)$/;

/** The key of a transform, predicate or converter that a key of a configuration is. */
export interface ComponentKey {
    /** What precedes its name: `transforms.NAME.`. */
    readonly start: string;
    readonly name: string;
    /** Key of the class. */
    readonly classKey: string;
    readonly className: string;
    /** Whether Connect itself reads it. */
    readonly isOwn: boolean;
}

/** Undefined for a key that is of the connector itself. */
export function componentKeyOf(key: string, config: ResolvedConnector["config"]): ComponentKey | undefined {
    const kind = kinds.find(({ prefix }) => prefix.test(key));
    if (!kind) return undefined;
    const [, start, name] = kind.prefix.exec(key)!;
    const classKey = kind.classKey ? `${start}${kind.classKey}` : start.slice(0, -1);
    const className = String(config[classKey]);
    return { start, name, classKey, className, isOwn: kind.ownKeys.includes(name) };
}

/** A warning for each key that the class of its transform, predicate or converter does not list. */
export function checkComponentKeys(connector: ResolvedConnector, isKafka3: boolean): Issue[] {
    const { config, unknownKeys } = connector;
    return Object.keys(config).flatMap((key) => {
        const found = componentKeyOf(key, config);
        if (!found || unknownKeys?.includes(key)) return [];
        const { name, className, isOwn } = found;
        const keys = componentOf(className)?.keys;
        const known = keys && Object.keys(keys);
        // keys of `config` are checked with those of the plugin
        const removed = connector.overriddenKeys.includes(key) ? undefined : removedKey(key, connector, undefined);
        if (removed) return [issue("KCP_REMOVED_CONFIG_KEY", connector.settingPath(key), removed.message)];
        if (!known || isOwn || isKnown(name, className, known)) return [];
        if (isKafka3 && className.includes(".ReplaceField$") && earlierKeys.test(name)) return [];
        const message = `${className} does not list the key ${name} and probably ignores it${didYouMean(name, known)}`;
        return [issue("KCP_UNKNOWN_CONFIG_KEY", connector.settingPath(key), message)];
    });
}
