/** Records the keys that the worker's plugins report: `kcp check --write-keys`. */
import * as fs from "fs";
import { templateClasses } from "../../src/connectors/templates";
import type { ConnectApi, KeyDefinition } from "../../src/local/connectApi";
import { documentedKeys, pluginDefaultsFile, readPluginDefaults, type PluginDefaults } from "../pages/pluginDefaults";
import {
    componentKeysFile,
    keysFile,
    type ComponentKeys,
    type KeyList,
    type KnownKeys,
} from "../../src/validation/pluginKeyLists";

/** Classes without a template whose keys are recorded where the worker has them. */
const furtherClasses = ["io.debezium.connector.mariadb.MariaDbConnector"];

const readJson = <T>(file: string): T => JSON.parse(fs.readFileSync(file, "utf8")) as T;
const writeJson = (file: string, content: unknown): void =>
    fs.writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);

const byName = (definitions: readonly KeyDefinition[]): [string, string][] =>
    definitions.map(({ name, type }): [string, string] => [name, type]).sort(([a], [b]) => (a < b ? -1 : 1));

function listOf(definitions: readonly KeyDefinition[]): KeyList {
    const version = definitions.find(({ name }) => name === "connector.plugin.version")?.default_value ?? "";
    return { version, keys: Object.fromEntries(byName(definitions)) };
}

/** The defaults of the keys that docs/defaults.md documents. */
function defaultsOf(className: string, definitions: readonly KeyDefinition[]): Record<string, string> {
    const keys = documentedKeys(className);
    return Object.fromEntries(
        definitions
            .filter(({ name }) => keys.includes(name))
            .flatMap(({ name, default_value: value }) =>
                value === undefined || value === null ? [] : [[name, value]],
            ),
    ) as Record<string, string>;
}

/**
 * Records the keys of connectors, and of transforms, predicates and converters. The recorded keys of plugins that are
 * not here, and of further versions, are kept.
 */
export async function writeKeys(api: ConnectApi, say: (text: string) => void): Promise<void> {
    const recorded = readJson<KnownKeys>(keysFile);
    const known: KnownKeys = {};
    const defaults: PluginDefaults = {};
    for (const className of [...templateClasses, ...furtherClasses].sort()) {
        const definitions = await api.definitions(className);
        const earlier = recorded[className] ?? [];
        if (!definitions) say(`no plugin with ${className} is available here; its recorded keys are kept`);
        const list = definitions && listOf(definitions);
        const documented = definitions ? defaultsOf(className, definitions) : readPluginDefaults()[className];
        if (documented && Object.keys(documented).length > 0) defaults[className] = documented;
        const lists = list ? [list, ...earlier.filter(({ version }) => version !== list.version)] : earlier;
        if (lists.length > 0) known[className] = lists;
    }
    writeJson(keysFile, known);
    fs.writeFileSync(pluginDefaultsFile, `${JSON.stringify(defaults, null, 2)}\n`);
    writeJson(componentKeysFile, { ...readJson<ComponentKeys>(componentKeysFile), ...(await componentsOf(api)) });
}

async function componentsOf(api: ConnectApi): Promise<ComponentKeys> {
    const keys: Record<string, string[]> = {};
    for (const className of await api.components()) {
        const definitions = await api.definitions(className);
        // some classes outside Kafka read keys and report none
        if (definitions && (definitions.length > 0 || className.startsWith("org.apache.kafka.")))
            keys[className] = byName(definitions).map(([name]) => name);
    }
    return keys;
}
