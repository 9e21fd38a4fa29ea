/** Classes of transforms, predicates and converters that do not exist, or that Connect loads as something else. */
import { distance } from "fastest-levenshtein";
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { nearest } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { typeProblem } from "../kafkaDefinitions";
import { componentClasses, componentOf } from "../pluginKeyLists";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

/** A key that names a class, and what Connect loads the class as. */
interface ClassKey {
    readonly key: string;
    readonly type: string;
}

const converterKeys: readonly ClassKey[] = [
    { key: "key.converter", type: "converter" },
    { key: "value.converter", type: "converter" },
    { key: "header.converter", type: "header_converter" },
];

const classKeys = (config: ResolvedConnector["config"]): ClassKey[] => [
    ...converterKeys,
    ...listItems(config.transforms).map((name) => ({ key: `transforms.${name}.type`, type: "transformation" })),
    ...listItems(config.predicates).map((name) => ({ key: `predicates.${name}.type`, type: "predicate" })),
];

const names: Readonly<Record<string, string>> = {
    transformation: "a transform",
    predicate: "a predicate",
    converter: "a converter",
    header_converter: "a converter of headers",
};

const kafkaPackage = /^org\.apache\.kafka\.connect\.(transforms|json|storage|converters)\./;

/** Packages of the manifest's plugins, whose classes are recorded. */
const pluginPackage = /^(io\.debezium|com\.github\.jcustenborder\.kafka\.connect\.transform\.common|io\.apicurio)\./;

/** A class that is recorded as something else, as of a converter in place of a transform. */
const otherKind = ({ key, type }: ClassKey, className: string, types: readonly string[]): Finding[] =>
    types.includes(type)
        ? []
        : [
              {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  key,
                  message: `expected ${names[type]}, received ${className}, which is ${names[types[0]]}`,
              },
          ];

const simpleName = (className: string): string => className.slice(className.lastIndexOf(".") + 1);

/** Other projects add classes to the packages of Debezium, so that a similar name is not enough. */
const isMisspelt = (className: string, known: string): boolean =>
    distance(simpleName(className).toLowerCase(), simpleName(known).toLowerCase()) <= 2;

/** A class of a known package that is not recorded, and the one that it most likely stands for. */
function unknownClass({ key, type }: ClassKey, className: string, isCertain: boolean): Finding[] {
    const isKafka = kafkaPackage.test(className);
    if (!isKafka && !pluginPackage.test(className)) return [];
    const known = componentClasses().filter((name) => componentOf(name)?.types.includes(type));
    // a later version can have further ones
    const suggestion =
        known.find((name) => name === `${className}$Value`) ??
        (isKafka ? nearest(className, known) : known.find((name) => isMisspelt(className, name)));
    if (suggestion === undefined) return [];
    const message = `${isKafka ? "Kafka" : "the plugin"} has no ${className}; did you mean "${suggestion}"?`;
    return [{ code: "KCP_MISSING_PLUGIN", key, message, isWarning: !isKafka && !isCertain }];
}

function checkClasses({ config }: ResolvedConnector, { usesManifest = true }: ConnectContext): Finding[] {
    return classKeys(config).flatMap((classKey) => {
        const className = String(config[classKey.key] ?? "").trim();
        if (className === "" || isReference(className)) return [];
        const expected = typeProblem("CLASS", className);
        if (expected !== undefined)
            return [invalid(classKey.key, `expected ${expected}, received ${JSON.stringify(className)}`)];
        const component = componentOf(className);
        return component === undefined
            ? unknownClass(classKey, className, usesManifest)
            : otherKind(classKey, className, component.types);
    });
}

export const componentClassRules: readonly PluginRule[] = [{ classes: /./, check: checkClasses }];
