/**
 * Values that a plugin's own validation rejects, and keys that it requires, as `kcp check --write-keys` records them of
 * connectors, transforms, predicates and converters.
 */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { defaultKafkaVersion } from "../../release/releases";
import { didYouMean } from "../../util/nearest";
import { componentKeyOf } from "../componentConfig";
import { isRequired, listedValues, typeProblem, valueProblem } from "../kafkaDefinitions";
import { componentOf, keyLists, type KeyList } from "../pluginKeyLists";
import { removedKey } from "../removedConfig";
import { invalid, isReference, requiredKeys, type Finding } from "./rule";

const rejected = "Connect rejects the connector without it";

/** A class that is loaded by its full name: only those of converters and components have short ones. */
const checkClass = (key: string, definition: string, value: unknown): Finding[] =>
    definition.startsWith("CLASS") && !key.endsWith("converter") && !isReference(value) && !String(value).includes(".")
        ? [invalid(key, `expected a class with its package, received ${JSON.stringify(value)}`, true)]
        : [];

/** A value that is not as defined: an error where the version of the class is known, or its type is wrong. */
function checkValue(key: string, definition: string, value: unknown, isCertain: boolean): Finding[] {
    const expected = valueProblem(definition, value);
    if (expected === undefined) return checkClass(key, definition, value);
    const suggestion = didYouMean(String(value), listedValues(definition));
    const isWarning = !isCertain && typeProblem(definition, value) === undefined;
    return [invalid(key, `expected ${expected}, received ${JSON.stringify(value)}${suggestion}`, isWarning)];
}

const requiredOfList = new WeakMap<KeyList, readonly string[]>();

/** The required keys of a list, found once for all connectors of a class. */
function requiredIn(list: KeyList): readonly string[] {
    const found = requiredOfList.get(list) ?? Object.keys(list.keys).filter((key) => isRequired(list.keys[key]));
    requiredOfList.set(list, found);
    return found;
}

function ofConnector(connector: ResolvedConnector, usesManifest: boolean): Finding[] {
    const { class: className, config, overriddenKeys, unknownKeys = [], pluginVersion } = connector;
    const lists = keyLists(className, { pluginVersion, usesManifest });
    const isCertain = usesManifest && lists.length === 1;
    const values = overriddenKeys
        .filter((key) => !unknownKeys.includes(key))
        .flatMap((key) => {
            const definition = lists.find(({ keys }) => Object.hasOwn(keys, key))?.keys[key];
            return definition === undefined ? [] : checkValue(key, definition, config[key], isCertain);
        });
    return isCertain ? [...values, ...checkRequired(connector, lists[0])] : values;
}

/** Required keys, unless a key that earlier versions had is reported with the required one as its replacement. */
function checkRequired(connector: ResolvedConnector, list: KeyList): Finding[] {
    const missing = requiredKeys(connector, requiredIn(list), rejected);
    if (missing.length === 0) return [];
    const replacements = connector.overriddenKeys.map((key) => removedKey(key, connector, undefined)?.replacement);
    return missing.filter(({ key }) => !replacements.includes(key));
}

const startsComponent = /^(transforms|predicates)\.|\.converter(\.|$)/;

/** The keys of transforms, predicates and converters, and their classes. */
function ofComponents(connector: ResolvedConnector, { usesManifest = true, release }: ConnectContext): Finding[] {
    const { config, unknownKeys = [] } = connector;
    // Kafka's own are recorded of Kafka 4
    const isKafka4 = !defaultKafkaVersion(release).startsWith("3.");
    const keys = Object.keys(config).filter((key) => startsComponent.test(key) && !unknownKeys.includes(key));
    return keys.flatMap((key) => {
        const found = componentKeyOf(key, config);
        if (!found || found.isOwn) return [];
        const definition = componentOf(found.className)?.keys?.[found.name];
        const isCertain = found.className.startsWith("org.apache.kafka.") ? isKafka4 : usesManifest;
        return definition === undefined ? [] : checkValue(key, definition, config[key], isCertain);
    });
}

/** What the recorded definitions find; a rule that finds the same explains it better. */
export const definitionFindings = (connector: ResolvedConnector, context: ConnectContext): Finding[] => [
    ...ofConnector(connector, context.usesManifest ?? true),
    ...ofComponents(connector, context),
];
