/** A file with connectors, which `connectors` of a stack file names. */
import * as fs from "fs";
import * as YAML from "yaml";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import { lineIn } from "../util/yamlLines";
import { isObject } from "../util/data";

/** A connector of a file. */
export interface FileItem {
    readonly item: unknown;
    /** Its path within the file; empty for the only one. */
    readonly path: SettingPath;
}

/** What a file contains. */
export interface ConnectorFile {
    readonly items: readonly FileItem[];
    readonly issues: readonly Issue[];
    /** The line of a path within the file. */
    readonly lineOf: (path: SettingPath) => number | undefined;
}

/**
 * A connector as Connect's REST API defines it, `{ name, config }` or the configuration alone, as a declaration of the
 * template `raw`. Everything else stays as it is.
 */
function fromRestApi(item: unknown): unknown {
    if (!isObject(item) || item.connectorTemplate !== undefined) return item;
    if ("connector.class" in item) return { connectorTemplate: "raw", config: item };
    const isRest = isObject(item.config) && "connector.class" in item.config;
    return isRest ? { connectorTemplate: "raw", ...item } : item;
}

function itemsOf(content: unknown): FileItem[] | undefined {
    if (content === null || content === undefined) return [];
    if (Array.isArray(content)) return content.map((item, index) => ({ item: fromRestApi(item), path: [index] }));
    return isObject(content) ? [{ item: fromRestApi(content), path: [] }] : undefined;
}

function parse(file: string): ConnectorFile {
    const counter = new YAML.LineCounter();
    const document = YAML.parseDocument(fs.readFileSync(file, "utf8"), { lineCounter: counter });
    const [error] = document.errors;
    if (error) {
        const line = counter.linePos(error.pos[0]).line;
        const reason = error.message.split("\n")[0].replace(/ at line \d+, column \d+:?$/, "");
        return { items: [], issues: [issue("KCP_INVALID_VALUE", [], `invalid YAML: ${reason}`)], lineOf: () => line };
    }
    const items = itemsOf(document.toJS());
    const issues = items ? [] : [issue("KCP_INVALID_VALUE", [], "expected a connector or an array of connectors")];
    return { items: items ?? [], issues, lineOf: (path) => lineIn(document.contents, path, counter) };
}

/** Parsed files. A file is parsed again only when it changes: with thousands of connectors, parsing takes seconds. */
const parsed = new Map<string, { changed: number; content: ConnectorFile }>();

/** Reads a file with connectors: a connector, or an array of them, in YAML or JSON. */
export function readConnectorFile(file: string): ConnectorFile {
    const changed = fs.statSync(file).mtimeMs;
    const known = parsed.get(file);
    if (known?.changed === changed) return known.content;
    const content = parse(file);
    parsed.set(file, { changed, content });
    return content;
}
