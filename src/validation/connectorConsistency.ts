/**
 * Mistakes within one configuration that Connect's own validation lets through, and that show only when the connector runs:
 * transforms, predicates and converters that are named and not declared, and topic creation groups without their parts.
 */
import { issue, type Issue } from "../schema/issues";
import type { ResolvedConnector } from "../connectors/template";

const names = (value: unknown): string[] =>
    String(value ?? "")
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean);

/** What is named somewhere and declared nowhere. */
export function checkConsistency({ config, index }: Pick<ResolvedConnector, "config" | "index">): Issue[] {
    const problem = (key: string, message: string): Issue =>
        issue("KCP_TODO", ["connectors", index, "config", key], message);
    const issues: Issue[] = [];
    // the key that lists names, and the prefix under which each is declared
    for (const [lister, prefix] of [
        ["transforms", "transforms."],
        ["predicates", "predicates."],
        ["converters", ""],
    ] as const) {
        for (const name of names(config[lister])) {
            if (config[`${prefix}${name}.type`] === undefined)
                issues.push(
                    problem(lister, `names "${name}", and ${prefix}${name}.type is not set: the task would fail`),
                );
        }
    }
    for (const [key, value] of Object.entries(config)) {
        if (/^transforms\.[^.]+\.predicate$/.test(key) && !names(config.predicates).includes(String(value)))
            issues.push(
                problem(key, `names the predicate "${value}", which predicates does not list: the task would fail`),
            );
        if (
            /^topic\.creation\.[^.]+\.cleanup\.policy$/.test(key) &&
            !names(value).every((policy) => policy === "compact" || policy === "delete")
        )
            issues.push(
                problem(
                    key,
                    `is ${JSON.stringify(value)}, wants compact, delete or both: Connect would try to create the topic for ever`,
                ),
            );
    }
    for (const name of names(config["topic.creation.groups"])) {
        if (config[`topic.creation.${name}.include`] === undefined)
            issues.push(
                problem(
                    "topic.creation.groups",
                    `names "${name}", and topic.creation.${name}.include is not set: the connector would fail`,
                ),
            );
    }
    // one of the two alone fails the connector; other keys of the group are nothing without them
    const creates = Object.keys(config).some(
        (key) => key.startsWith("topic.creation.default.") || key === "topic.creation.groups",
    );
    for (const part of ["partitions", "replication.factor"]) {
        const key = `topic.creation.default.${part}`;
        if (creates && config[key] === undefined)
            issues.push(problem(key, "is missing: with any topic creation, the connector fails without it"));
    }
    return issues;
}
