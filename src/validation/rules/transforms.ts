/** Transforms and predicates: what Connect rejects when the connector is created, or never reports. */
import type { ResolvedConnector } from "../../connectors/template";
import { duplicates } from "../../util/data";
import { nearest } from "../../util/nearest";
import { componentClasses, componentOf } from "../pluginKeyLists";
import type { Finding, PluginRule } from "./rule";
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

/** Keys without which Kafka's classes reject their configuration. */
const requiredByClass: readonly [classes: RegExp, keys: readonly string[]][] = [
    [/\.RegexRouter$/, ["regex", "replacement"]],
    [/\.(HoistField|ExtractField)\$/, ["field"]],
    [/\.ValueToKey$/, ["fields"]],
    [/\.MaskField\$/, ["fields"]],
    [/\.Cast\$/, ["spec"]],
    [/\.TimestampConverter\$/, ["target.type"]],
    [/\.InsertHeader$/, ["header", "value.literal"]],
    [/\.DropHeaders$/, ["headers"]],
    [/\.HeaderFrom\$/, ["fields", "headers", "operation"]],
    [/\.TopicNameMatches$/, ["pattern"]],
    [/\.HasHeaderKey$/, ["name"]],
    [/^io\.debezium\.transforms\.ByLogicalTableRouter$/, ["topic.regex", "topic.replacement"]],
    [/^io\.debezium\.transforms\.Filter$/, ["language", "condition"]],
];

const kafkaPackage = /^org\.apache\.kafka\.connect\.transforms\./;

const debeziumPackage = /^io\.debezium\.transforms\./;

/** Classes of Kafka that do not exist, and keys that Kafka's and Debezium's require. */
const checkClasses = ({ config }: ResolvedConnector): Finding[] =>
    components(config)
        .filter(({ className }) => kafkaPackage.test(className) || debeziumPackage.test(className))
        .flatMap(({ start, className }): Finding[] => {
            if (componentOf(className) === undefined && kafkaPackage.test(className)) {
                const known = componentClasses().filter((name) => kafkaPackage.test(name));
                // a later version of Kafka can have further ones
                const suggestion = known.find((name) => name === `${className}$Value`) ?? nearest(className, known);
                if (suggestion === undefined) return [];
                const message = `Kafka has no ${className}; did you mean "${suggestion}"?`;
                return [{ code: "KCP_MISSING_PLUGIN", key: `${start}type`, message }];
            }
            const required = requiredByClass.find(([classes]) => classes.test(className))?.[1] ?? [];
            return required
                .filter((key) => config[start + key] === undefined || config[start + key] === "")
                .map((key) => ({
                    code: "KCP_MISSING_CONFIG_KEY",
                    key: start + key,
                    message: `required by ${className.split(".").at(-1)}; Connect rejects the connector`,
                }));
        });

const converterPackage = /^org\.apache\.kafka\.connect\.(json|storage|converters)\./;

/** Converters of Kafka that do not exist. */
const checkConverters = ({ config }: ResolvedConnector): Finding[] =>
    ["key.converter", "value.converter", "header.converter"].flatMap((key): Finding[] => {
        const className = String(config[key] ?? "");
        if (!converterPackage.test(className) || componentOf(className) !== undefined) return [];
        const known = componentClasses().filter((name) => converterPackage.test(name));
        const suggestion = nearest(className, known);
        if (suggestion === undefined) return [];
        const message = `Kafka has no ${className}; did you mean "${suggestion}"?`;
        return [{ code: "KCP_MISSING_PLUGIN", key, message }];
    });

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
    { classes: /./, check: unlisted },
    { classes: /./, check: checkClasses },
    { classes: /./, check: checkConverters },
    { classes: /./, check: checkFilters },
    { classes: /./, check: filterWarnings },
];
