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
import { definitionOf, type AskPlugin } from "./probeDefinitions";

/** Classes without a template whose keys are recorded where the worker has them. */
const furtherClasses = ["io.debezium.connector.mariadb.MariaDbConnector"];

const readJson = <T>(file: string): T => JSON.parse(fs.readFileSync(file, "utf8")) as T;
const writeJson = (file: string, content: unknown): void =>
    fs.writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);

/** Key → its definition, as the plugin answers. */
async function definedKeys(definitions: readonly KeyDefinition[], ask: AskPlugin): Promise<Record<string, string>> {
    const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
    const found = await Promise.all(sorted.map((definition) => definitionOf(ask, definition)));
    return Object.fromEntries(sorted.map(({ name }, index) => [name, found[index]]));
}

/**
 * Asks a connector's validation about one key after the other. A worker answers with an error of HTTP where the plugin
 * throws an exception, which says nothing about the key.
 */
function askConnector(api: ConnectApi, className: string, further: Record<string, string>, prefix = ""): AskPlugin {
    return async (key, value) => {
        const name = prefix + key;
        const config = { "connector.class": className, name: "probe", ...further };
        const asked = value === undefined ? config : { ...config, [name]: value };
        try {
            const found = await api.validate(className, asked);
            return found.find((answer) => answer.name === name)?.errors ?? [];
        } catch {
            return [];
        }
    };
}

async function listOf(
    api: ConnectApi,
    className: string,
    definitions: readonly KeyDefinition[],
    recorded: readonly KeyList[],
): Promise<KeyList> {
    const version = definitions.find(({ name }) => name === "connector.plugin.version")?.default_value ?? "";
    const topics: Record<string, string> = isSink.test(className) ? { topics: "probe" } : {};
    const keys = await definedKeys(definitions, askConnector(api, className, topics));
    // a plugin that is built without Maven does not know its version
    return { version: /\d/.test(version) ? version : (recorded[0]?.version ?? version), keys };
}

const isSink = /Sink(Connector)?$/;

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
        const list = definitions && (await listOf(api, className, definitions, earlier));
        const documented = definitions ? defaultsOf(className, definitions) : readPluginDefaults()[className];
        if (documented && Object.keys(documented).length > 0) defaults[className] = documented;
        const lists = list ? [list, ...earlier.filter(({ version }) => version !== list.version)] : earlier;
        if (lists.length > 0) known[className] = lists;
    }
    writeJson(keysFile, known);
    fs.writeFileSync(pluginDefaultsFile, `${JSON.stringify(defaults, null, 2)}\n`);
    writeJson(componentKeysFile, { ...readJson<ComponentKeys>(componentKeysFile), ...(await componentsOf(api)) });
}

const fileSource = "org.apache.kafka.connect.file.FileStreamSourceConnector";

/** How a connector names a component of each type, and the prefix of the component's keys. */
const places: Readonly<Record<string, { config: (className: string) => Record<string, string>; prefix: string }>> = {
    transformation: {
        config: (className) => ({ transforms: "x", "transforms.x.type": className }),
        prefix: "transforms.x.",
    },
    predicate: {
        config: (className) => ({ predicates: "x", "predicates.x.type": className }),
        prefix: "predicates.x.",
    },
    converter: { config: (className) => ({ "value.converter": className }), prefix: "value.converter." },
    header_converter: { config: (className) => ({ "header.converter": className }), prefix: "header.converter." },
};

async function componentsOf(api: ConnectApi): Promise<ComponentKeys> {
    const found: ComponentKeys = {};
    for (const { class: className, type } of await api.components()) {
        const definitions = await api.definitions(className);
        const { config, prefix } = places[type];
        const ask = askConnector(api, fileSource, { topic: "probe", ...config(className) }, prefix);
        // several plugins can have a class
        const types = [...new Set([...(found[className]?.types ?? []), type])];
        // some classes outside Kafka read keys and report none
        if (definitions && (definitions.length > 0 || className.startsWith("org.apache.kafka.")))
            found[className] = { types, keys: await definedKeys(definitions, ask) };
        else found[className] = { types };
    }
    return found;
}
