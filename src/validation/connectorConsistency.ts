/**
 * Mistakes within one configuration that Connect's own validation accepts, and that show only when the connector runs:
 * transforms, predicates and converters that are listed and not configured, and incomplete topic creation.
 */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { IssueCode } from "../schema/issueCodes";
import { duplicates } from "../util/data";
import { listItems } from "../util/listItems";

type Config = ResolvedConnector["config"];
type Finding = readonly [code: IssueCode, key: string, message: string];

/** The names that are listed and not configured, and topic creation that is incomplete. */
export const checkConsistency = ({
    config,
    index,
    settingPath,
}: Pick<ResolvedConnector, "config" | "index" | "settingPath">): Issue[] =>
    [...undeclaredNames(config), ...undeclaredPredicates(config), ...topicCreation(config)].map(
        ([code, key, message]) =>
            issue(code, key in config ? settingPath(key) : ["connectors", index, "config", key], message),
    );

/** Keys that list names, each with the prefix under which the names are configured. */
const listedNames = [
    ["transforms", "transforms."],
    ["predicates", "predicates."],
    ["converters", ""],
    ["post.processors", ""],
] as const;

const undeclaredNames = (config: Config): Finding[] =>
    listedNames.flatMap(([key, prefix]) =>
        listItems(config[key])
            .filter((name) => String(config[`${prefix}${name}.type`] ?? "").trim() === "")
            .map((name): Finding => [
                "KCP_UNDECLARED_NAME",
                key,
                `lists "${name}", but ${prefix}${name}.type is not set; the task would fail`,
            ]),
    );

const undeclaredPredicates = (config: Config): Finding[] =>
    Object.entries(config)
        .filter(([key, value]) => /^transforms\.[^.]+\.predicate$/.test(key) && !isPredicate(config, String(value)))
        .map(([key, value]): Finding => [
            "KCP_UNDECLARED_NAME",
            key,
            `names the predicate "${value}", which \`predicates\` does not list; the task would fail`,
        ]);

const isPredicate = (config: Config, name: string): boolean => listItems(config.predicates).includes(name);

function topicCreation(config: Config): Finding[] {
    const policies = Object.entries(config)
        .filter(([key]) => /^topic\.creation\.[^.]+\.cleanup\.policy$/.test(key))
        .filter(([, value]) => !listItems(value).every((policy) => policy === "compact" || policy === "delete"))
        .map(([key, value]): Finding => [
            "KCP_INVALID_CONFIG_VALUE",
            key,
            `expected compact, delete or both, received "${value}"; Connect would retry to create the topic forever`,
        ]);
    const names = listItems(config["topic.creation.groups"]);
    const repeated = duplicates(names).map((index): Finding => [
        "KCP_DUPLICATE_NAME",
        "topic.creation.groups",
        `lists "${names[index]}" twice; Connect rejects the connector`,
    ]);
    const groups = names
        .filter((name) => config[`topic.creation.${name}.include`] === undefined)
        .map((name): Finding => [
            "KCP_UNDECLARED_NAME",
            "topic.creation.groups",
            `lists "${name}", but topic.creation.${name}.include is not set; the connector would fail`,
        ]);
    // without both keys of the default group the connector fails, and the other keys have no effect
    const createsTopics = Object.keys(config).some(
        (key) => key.startsWith("topic.creation.default.") || key === "topic.creation.groups",
    );
    const missing = ["topic.creation.default.partitions", "topic.creation.default.replication.factor"]
        .filter((key) => createsTopics && config[key] === undefined)
        .map((key): Finding => [
            "KCP_MISSING_CONFIG_KEY",
            key,
            "required with any other key of topic.creation; the connector would fail",
        ]);
    return [...policies, ...repeated, ...groups, ...missing];
}
