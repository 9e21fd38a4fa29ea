/** Kafka's own defaults, as `cli/kafkaKeys/record.ts` records them from its classes. */
import * as fs from "fs";
import * as path from "path";

/** Version → component → key → its default. */
export type KafkaDefaults = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** File with the defaults. */
export const kafkaDefaultsFile = path.join(__dirname, "kafkaDefaults.json");

const clients: readonly (readonly [prefix: string, component: string])[] = [
    ["producer.override.", "producer"],
    ["consumer.override.", "consumer"],
    ["", "connector"],
];

const recorded = JSON.parse(fs.readFileSync(kafkaDefaultsFile, "utf8")) as KafkaDefaults;
const versions = Object.keys(recorded).reverse();

/** Newest version of Kafka that is recorded. */
export const newestKafka = versions[0];

/**
 * Kafka's defaults of a connector's key, by version, newest first: of a client's key, or of one that every connector
 * has. Empty for a key of the plugin, and for one without a default.
 */
export function kafkaDefaults(key: string): { readonly version: string; readonly value: string }[] {
    const [prefix, component] = clients.find(([start]) => key.startsWith(start))!;
    return versions.flatMap((version) => {
        const value = recorded[version][component]?.[key.slice(prefix.length)];
        return value === undefined ? [] : [{ version, value }];
    });
}
