/** Parses a stack file with the meaning that Pulumi's engine gives it. */
import * as YAML from "yaml";
import { unknownSetting, type Issue } from "../schema/issues";
import { nodeLine } from "../util/yamlLines";
import { engineTags } from "./engineScalars";
import { nodeIssues, unreadable } from "./stackYamlChecks";

/** Top-level keys that Pulumi reads. */
const pulumiKeys = ["config", "environment", "secretsprovider", "encryptionsalt", "encryptedkey"];

/** The options of the YAML parser: merge keys and numbers as in Pulumi's engine. Equal keys have their own check. */
export const yamlOptions = {
    merge: true,
    uniqueKeys: false,
    customTags: (tags: YAML.Tags) => [...engineTags, ...tags],
};

/** The top level of a stack file as plain values, and what is wrong with its notation: one of the two. */
export function parseStackYaml(text: string): { content?: unknown; issues: readonly Issue[] } {
    const lineCounter = new YAML.LineCounter();
    const document = YAML.parseDocument(text, { ...yamlOptions, lineCounter, logLevel: "error" });
    const [error] = document.errors;
    if (error) return { issues: [unreadable(syntaxMessage(error), [], error.linePos?.[0].line)] };
    if (document.directives.yaml.explicit)
        return { issues: [unreadable("a %YAML directive, which Pulumi does not read; remove it", [], 1)] };
    const lineOf = (node: unknown) => nodeLine(lineCounter, node);
    const issues = [...topLevelIssues(document, lineOf), ...nodeIssues(document, lineOf)];
    if (issues.length > 0) return { issues };
    // a copy, because aliases share values: a change of one must not change the other
    return { content: JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: -1 }) ?? null)), issues };
}

function syntaxMessage({ code, message }: YAML.YAMLParseError): string {
    if (code === "MULTIPLE_DOCS") return "a second document after ---, which Pulumi ignores; keep one";
    if (code === "TAB_AS_INDENT") return "a tab in the indentation, where YAML allows spaces only";
    return `not valid YAML: ${message.split("\n")[0].replace(/ at line \d+, column \d+:?$/, "")}`;
}

/** Keys beside `config` are those that Pulumi reads, and those that only hold values for aliases. */
function topLevelIssues({ contents }: YAML.Document.Parsed, lineOf: (node: unknown) => number | undefined): Issue[] {
    if (!YAML.isMap(contents)) return [];
    return contents.items.flatMap(({ key, value }) => {
        const name = String(YAML.isScalar(key) ? key.value : key);
        const holdsValues = name.startsWith("x-") || (YAML.isNode(value) && !YAML.isAlias(value) && value.anchor);
        if (pulumiKeys.includes(name) || holdsValues) return [];
        return [{ ...unknownSetting([name], pulumiKeys), line: lineOf(key) }];
    });
}
