/** Reads Kubernetes objects and connectors from files and folders. */
import * as fs from "fs";
import * as path from "path";
import * as YAML from "yaml";
import { isPlainObject } from "../util/mergePatch";
import { parseProperties } from "../util/parseProperties";
import { ImportError, type ImportSource, type SourceConnector, type SourceObject } from "./source";

const extensions = [".yaml", ".yml", ".json", ".properties"];

/** The files that a path stands for: itself, or everything readable in a folder and below. */
function filesIn(given: string): string[] {
    if (!fs.existsSync(given)) throw new ImportError(`${given}: no such file or folder.`);
    if (!fs.statSync(given).isDirectory()) return [given];
    const files = fs
        .readdirSync(given, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && extensions.includes(path.extname(entry.name)))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
    if (files.length === 0) throw new ImportError(`${given}: the folder has no ${extensions.join(", ")} file.`);
    return files;
}

const helmHint = (text: string): string =>
    text.includes("{{") ? " It looks like a Helm template: import the output of `helm template`." : "";

/** The documents of a YAML or JSON file. */
function documentsOf(file: string, text: string): unknown[] {
    const documents = YAML.parseAllDocuments(text);
    const error = (Array.isArray(documents) ? documents : []).flatMap((document) => document.errors)[0];
    if (error) {
        const line = error.linePos?.[0].line;
        const reason = error.message.split("\n")[0].replace(/:$/, "");
        throw new ImportError(
            `${file}${line ? `, line ${line}` : ""}: not valid YAML or JSON (${reason}).${helmHint(text)}`,
        );
    }
    // in Kubernetes null is the absence of a field
    return (Array.isArray(documents) ? documents : []).map((document) => withoutNulls(document.toJS()));
}

function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutNulls);
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)]])),
    );
}

const isKubernetesObject = (value: unknown): value is Record<string, unknown> =>
    isPlainObject(value) && typeof value.apiVersion === "string" && typeof value.kind === "string";

/** The objects of a document: itself, or the items of a list. */
function objectsOf(document: Record<string, unknown>, origin: string): SourceObject[] {
    if (Array.isArray(document.items) && String(document.kind).endsWith("List"))
        return document.items.filter(isKubernetesObject).flatMap((item) => objectsOf(item, origin));
    const metadata = document.metadata as SourceObject["metadata"] | undefined;
    if (typeof metadata?.name !== "string")
        throw new ImportError(
            document.kind === "Kustomization"
                ? `${origin}: a Kustomization names the objects; import the output of \`kubectl kustomize\`.`
                : `${origin}: the ${String(document.kind)} has no metadata.name.`,
        );
    return [{ ...(document as unknown as SourceObject), origin }];
}

const hasClass = (config: unknown): boolean => isPlainObject(config) && typeof config["connector.class"] === "string";

/**
 * The connectors of a document: `{name, config}`, the configuration alone, or the answer of `GET
 * /connectors?expand=info`.
 */
function connectorsOf(document: unknown, origin: string): SourceConnector[] {
    if (Array.isArray(document)) return document.flatMap((item) => connectorsOf(item, origin));
    if (!isPlainObject(document)) return [];
    if (hasClass(document)) {
        const name = document.name ?? path.basename(origin).replace(/\.[^.]+$/, "");
        return [{ name: String(name), config: document, origin }];
    }
    if (isPlainObject(document.config) && hasClass(document.config))
        return [{ name: String(document.name), config: document.config, origin }];
    return Object.values(document).flatMap((item) =>
        isPlainObject(item) && isPlainObject(item.info) ? connectorsOf(item.info, origin) : [],
    );
}

/** The items of a chart's values, `connectors: [{ connectorTemplate, … }]`, or of the list alone. */
function declarationsOf(document: unknown): Record<string, unknown>[] {
    const list = isPlainObject(document) ? document.connectors : document;
    if (!Array.isArray(list)) return [];
    return list.filter((item) => isPlainObject(item) && typeof item.connectorTemplate === "string");
}

/** Everything in the files and folders. */
export function readFiles(paths: readonly string[]): ImportSource {
    const objects: SourceObject[] = [];
    const connectors: SourceConnector[] = [];
    const declarations: Record<string, unknown>[] = [];
    for (const file of paths.flatMap(filesIn)) {
        const text = fs.readFileSync(file, "utf8");
        const documents = file.endsWith(".properties") ? [parseProperties(text)] : documentsOf(file, text);
        const read = documents.filter((document) => document !== null && document !== undefined);
        if (read.length === 0) throw new ImportError(`${file}: the file is empty.`);
        for (const document of read) {
            const found = isKubernetesObject(document) ? [] : connectorsOf(document, file);
            const declared = isKubernetesObject(document) ? [] : declarationsOf(document);
            declarations.push(...declared);
            if (isKubernetesObject(document)) objects.push(...objectsOf(document, file));
            else if (found.length > 0) connectors.push(...found);
            else if (declared.length === 0)
                throw new ImportError(
                    `${file}: neither a Kubernetes object (apiVersion and kind) nor a connector's configuration ` +
                        `(connector.class, or connectorTemplate in a chart's values).${helmHint(text)}`,
                );
        }
    }
    return { objects, connectors, declarations };
}
