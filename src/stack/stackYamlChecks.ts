/** What Pulumi's engine would refuse in a stack file, or read as something else than it looks like. */
import * as YAML from "yaml";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { ambiguity } from "./engineScalars";
import { settingNameOf } from "./settingNames";

type Document = YAML.Document.Parsed;
type Ancestors = readonly unknown[];

/** A place in a stack file that cannot be read. */
export const unreadable = (message: string, path: SettingPath, line?: number): Issue => ({
    ...issue("KCP_INVALID_STACK_FILE", path, message),
    line,
});

/** The issues of all nodes, each at its line. */
export function nodeIssues(document: Document, lineOf: (node: unknown) => number | undefined): Issue[] {
    const issues: Issue[] = [];
    // returns nothing: the parser takes a number that a visitor returns as the index of the next node
    const report = (node: unknown, found: readonly Issue[]): void => {
        issues.push(...found.map((item) => ({ ...item, line: item.line ?? lineOf(node) })));
    };
    const anchors = anchorsOf(document);
    YAML.visit(document, {
        Alias: (_key, node, ancestors) => report(node, aliasIssues(node, ancestors, document, anchors)),
        Value: (_key, node, ancestors) => report(node, tagIssues(node, ancestors)),
        Scalar: (_key, node, ancestors) =>
            report(node, [...tagIssues(node, ancestors), ...scalarIssues(node, ancestors)]),
        Map: (_key, node, ancestors) =>
            report(node, [...tagIssues(node, ancestors), ...keyIssues(node, ancestors, document, lineOf)]),
    });
    return issues;
}

function anchorsOf(document: Document): string[] {
    const names: string[] = [];
    YAML.visit(document, { Value: (_key, node) => void (node.anchor && names.push(node.anchor)) });
    return names;
}

function aliasIssues(node: YAML.Alias, ancestors: Ancestors, document: Document, anchors: readonly string[]): Issue[] {
    const path = pathOf(ancestors, node);
    const target = node.resolve(document);
    if (!target)
        return [unreadable(`the alias *${node.source} has no anchor${didYouMean(node.source, anchors)}`, path)];
    return ancestors.includes(target) ? [unreadable(`the anchor &${node.source} contains itself`, path)] : [];
}

/** Tags with the same meaning for every reader. */
const plainTags = ["str", "int", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`);

function tagIssues(node: YAML.Node, ancestors: Ancestors): Issue[] {
    if (!node.tag || plainTags.includes(node.tag)) return [];
    const tag = node.tag.replace("tag:yaml.org,2002:", "!!");
    return [unreadable(`the tag ${tag} is not supported; remove it`, pathOf(ancestors, node))];
}

function scalarIssues(node: YAML.Scalar, ancestors: Ancestors): Issue[] {
    const unclear = node.type === "PLAIN" && !node.tag ? ambiguity(node.source ?? "", node.value) : undefined;
    if (!unclear) return [];
    // without the value, which can be a credential
    return [issue("KCP_UNQUOTED_VALUE", pathOf(ancestors, node), `without quotes this is ${unclear}; quote it`)];
}

function keyIssues(
    map: YAML.YAMLMap,
    ancestors: Ancestors,
    document: Document,
    lineOf: (node: unknown) => number | undefined,
): Issue[] {
    const names = map.items.map(({ key }) => nameOf(key));
    return map.items.flatMap(({ key, value }, index) => {
        const message =
            keyMessage(key, value, document) ??
            (names.indexOf(names[index]) < index && "the same key twice; remove one");
        return message ? [unreadable(message, pathOf([...ancestors, map], names[index] ?? ""), lineOf(key))] : [];
    });
}

function keyMessage(key: unknown, value: unknown, document: Document): string | undefined {
    if (!YAML.isScalar(key) || key.value === null) return "a key that is not a string; write a name before the colon";
    if (key.source !== "<<") return undefined;
    if (key.type !== "PLAIN") return "a quoted <<, which Pulumi merges and other readers do not; remove the quotes";
    return isMergeable(value, document) ? undefined : "<< takes an object, an alias of one, or an array of them";
}

/** Whether the value of `<<` is an object or an array of objects. */
function isMergeable(value: unknown, document: Document, inArray = false): boolean {
    const resolved = YAML.isAlias(value) ? value.resolve(document) : value;
    if (YAML.isSeq(resolved) && !inArray) return resolved.items.every((item) => isMergeable(item, document, true));
    // an alias without anchor is reported by itself
    return YAML.isMap(resolved) || resolved === undefined;
}

const nameOf = (key: unknown): string => (YAML.isScalar(key) ? (key.source ?? String(key.value)) : "");

/** The setting's path of a node; `last` is the node itself, or the name of a key that is added. */
function pathOf(ancestors: Ancestors, last: unknown): SettingPath {
    const steps = ancestors.flatMap((ancestor, index): (string | number)[] => {
        const child = ancestors[index + 1] ?? last;
        if (YAML.isPair(ancestor)) return [nameOf(ancestor.key)];
        return YAML.isSeq(ancestor) ? [ancestor.items.indexOf(child)] : [];
    });
    const path = typeof last === "string" && last !== "" ? [...steps, last] : steps;
    if (path[0] !== "config" || path.length < 2) return path;
    return [settingNameOf(String(path[1])) ?? path[1], ...path.slice(2)];
}
