/** Transforms and predicates in each other's place, without each other, and unused. */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import type { Finding, PluginRule } from "./rule";
import { transformsOf } from "./transformConfig";

const rejected = "Connect rejects the connector";

/** Connect rejects a transform that negates no predicate. */
const checkNegate = ({ config }: ResolvedConnector): Finding[] =>
    transformsOf(config)
        .filter(({ value }) => value("negate") !== undefined && value("predicate") === undefined)
        .map(({ start }) => ({
            code: "KCP_MISSING_CONFIG_KEY",
            key: `${start}predicate`,
            message: `required with ${start}negate; ${rejected}`,
        }));

const predicatePackage = /^org\.apache\.kafka\.connect\.transforms\.predicates\./;

/** A predicate in place of a transform, and the other way round: Connect rejects both. */
function checkRoles({ config }: ResolvedConnector): Finding[] {
    const wrong = (key: string, className: string, expected: string, actual: string): Finding => ({
        code: "KCP_INVALID_CONFIG_VALUE",
        key,
        message: `expected the class of a ${expected}, received the ${actual} ${className}; ${rejected}`,
    });
    const transforms = transformsOf(config)
        .filter(({ className }) => predicatePackage.test(className))
        .map(({ start, className }) => wrong(`${start}type`, className, "transform", "predicate"));
    const predicates = listItems(config.predicates)
        .map((name) => ({ key: `predicates.${name}.type`, className: String(config[`predicates.${name}.type`] ?? "") }))
        .filter(({ className }) => className.startsWith("org.apache.kafka.connect.transforms."))
        .filter(({ className }) => !predicatePackage.test(className))
        .map(({ key, className }) => wrong(key, className, "predicate", "transform"));
    return [...transforms, ...predicates];
}

/** Predicates that no transform names. */
function unusedPredicates({ config }: ResolvedConnector): Finding[] {
    const used = transformsOf(config).map(({ value }) => value("predicate"));
    return listItems(config.predicates)
        .filter((name) => !used.includes(name) && config[`predicates.${name}.type`] !== undefined)
        .map((name) => ({
            code: "KCP_UNUSED_SETTING",
            key: `predicates.${name}.type`,
            message: "unused: no transform names the predicate",
            isWarning: true,
        }));
}

export const transformRoleRules: readonly PluginRule[] = [checkNegate, checkRoles, unusedPredicates].map((check) => ({
    classes: /./,
    check,
}));
