/** Transforms and predicates: what Connect rejects when the connector is created, or never reports. */
import type { ResolvedConnector } from "../../connectors/template";
import { duplicates } from "../../util/data";
import { isRequired } from "../kafkaDefinitions";
import { componentOf } from "../pluginKeyLists";
import { invalid, type Finding, type PluginRule } from "./rule";
import { listItems } from "../../util/listItems";

type Config = ResolvedConnector["config"];

const lists = ["transforms", "predicates"] as const;

/** Names that are listed twice, which Connect rejects. */
const checkDuplicates = ({ config }: ResolvedConnector): Finding[] =>
    lists.flatMap((list) => {
        const names = listItems(config[list]);
        return duplicates(names).map((index) => ({
            code: "KCP_DUPLICATE_NAME" as const,
            key: list,
            message: `lists "${names[index]}" twice; Connect rejects the connector`,
        }));
    });

/** Items without a name: Connect requires their class. */
const checkEmptyNames = ({ config }: ResolvedConnector): Finding[] =>
    lists
        .filter((list) => String(config[list] ?? "").trim() !== "" && /^\s*,|,\s*(,|$)/.test(String(config[list])))
        .map((key) => invalid(key, "has a comma without a name before or after it; Connect rejects the connector"));

/** What is configured and not listed: nothing applies it. */
const unlisted = ({ config }: ResolvedConnector): Finding[] =>
    lists.flatMap((list) =>
        Object.keys(config)
            .filter((key) => key.startsWith(`${list}.`) && key.endsWith(".type") && key.split(".").length === 3)
            .map((key) => ({ key, name: key.split(".")[1] }))
            .filter(({ name }) => !listItems(config[list]).includes(name))
            .map(({ key, name }) => ({
                code: "KCP_UNUSED_SETTING" as const,
                key,
                message: `unused: ${list} does not list "${name}"`,
                isWarning: true,
            })),
    );

/** The listed transforms and predicates with their classes. */
const components = (config: Config): { readonly start: string; readonly className: string }[] =>
    lists.flatMap((list) =>
        listItems(config[list])
            .map((name) => ({ start: `${list}.${name}.`, className: String(config[`${list}.${name}.type`] ?? "") }))
            .filter(({ className }) => className !== ""),
    );

const requiredOf = (className: string): readonly string[] => {
    const keys = componentOf(className)?.keys ?? {};
    return Object.keys(keys).filter((key) => isRequired(keys[key]));
};

/** Keys that the classes require. */
const checkRequired = ({ config }: ResolvedConnector): Finding[] =>
    components(config).flatMap(({ start, className }) =>
        requiredOf(className)
            .filter((key) => config[start + key] === undefined || config[start + key] === "")
            .map((key) => ({
                code: "KCP_MISSING_CONFIG_KEY",
                key: start + key,
                message: `required by ${className.split(".").at(-1)}; Connect rejects the connector`,
            })),
    );

/** Debezium's transform of the same name has a condition instead. */
const filterClass = "org.apache.kafka.connect.transforms.Filter";

/** Filter drops every record that reaches it: without a predicate, all. */
const checkFilters = ({ config }: ResolvedConnector): Finding[] =>
    components(config)
        .filter(({ start, className }) => start.startsWith("transforms.") && className === filterClass)
        .filter(({ start }) => config[`${start}predicate`] === undefined)
        .map(({ start }) => ({
            code: "KCP_SILENT_CORRUPTION",
            key: `${start}type`,
            message: `Filter without a predicate drops every record; set ${start}predicate`,
        }));

const predicatePackage = "org.apache.kafka.connect.transforms.predicates.";

/** Whether a predicate is true of every record with a value. */
function isTrueOfAll(config: Config, predicate: string, isNegated: boolean): boolean {
    const type = String(config[`predicates.${predicate}.type`] ?? "");
    if (type === `${predicatePackage}RecordIsTombstone`) return isNegated;
    const pattern = String(config[`predicates.${predicate}.pattern`] ?? "");
    return type === `${predicatePackage}TopicNameMatches` && !isNegated && [".*", ".+"].includes(pattern);
}

/** Filters whose predicate keeps nothing. */
const filterWarnings = ({ config }: ResolvedConnector): Finding[] =>
    components(config)
        .filter(({ start, className }) => start.startsWith("transforms.") && className === filterClass)
        .filter(({ start }) => {
            const predicate = config[`${start}predicate`];
            const isNegated = String(config[`${start}negate`]).toLowerCase() === "true";
            return predicate !== undefined && isTrueOfAll(config, String(predicate), isNegated);
        })
        .map(({ start }) => ({
            code: "KCP_SILENT_CORRUPTION",
            key: `${start}predicate`,
            message: "is true of every record with a value, and Filter drops all of them",
            isWarning: true,
        }));

export const transformRules: readonly PluginRule[] = [
    { classes: /./, check: checkDuplicates },
    { classes: /./, check: checkEmptyNames },
    { classes: /./, check: unlisted },
    { classes: /./, check: checkRequired },
    { classes: /./, check: checkFilters },
    { classes: /./, check: filterWarnings },
];
