/** Transforms and predicates without each other. */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { componentClasses } from "../pluginKeyLists";
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

/** Names without a package, which Connect finds by themselves; the checks of their configuration do not. */
const shortNames = ({ config }: ResolvedConnector): Finding[] =>
    transformsOf(config)
        .filter(({ className }) => /^\w+(\$\w+)?$/.test(className))
        .flatMap(({ start, className }): Finding[] => {
            const full = componentClasses().find(
                (name) => name.endsWith(`.${className}`) || name.endsWith(`.${className}$Value`),
            );
            if (full === undefined) return [];
            const message = `is a short name, by which its configuration is not checked; write ${full}`;
            return [{ code: "KCP_MISSING_PLUGIN", key: `${start}type`, message, isWarning: true }];
        });

export const transformRoleRules: readonly PluginRule[] = [checkNegate, unusedPredicates, shortNames].map((check) => ({
    classes: /./,
    check,
}));
