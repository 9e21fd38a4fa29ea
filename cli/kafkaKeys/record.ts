/**
 * Records Kafka's own configuration definitions, of workers, brokers, topics and clients:
 *
 *     node --import tsx cli/kafkaKeys/record.ts
 */
import { execFileSync } from "child_process";
import * as fs from "fs";
import * as path from "path";
import { kafkaRuntime } from "../../src/local/kafkaRuntime";
import { kafkaKeysFile, type KafkaKeys } from "../../src/validation/kafkaDefinitions";

/** The newest version of each major one that a supported Strimzi version has. */
const versions = ["3.9.0", "4.3.1"];

/** What is recorded of validators besides their limits. */
const kinds = [
    ["CaseInsensitive", " any case"],
    ["NotZero", " not zero"],
] as const;

async function definitionsOf(version: string): Promise<KafkaKeys[string]> {
    const program = path.join(__dirname, "ConfigDefinitions.java");
    const classPath = path.join(await kafkaRuntime(version), "*");
    const output = execFileSync("java", ["-cp", classPath, program], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", 2],
    });
    const components: Record<string, Record<string, string>> = {};
    for (const line of output.trim().split("\n")) {
        const [component, key, type, validator = ""] = line.split("\t");
        const limits = /\[[^\]]+\]/.exec(validator)?.[0] ?? "";
        const kind = kinds.find(([name]) => validator.startsWith(name))?.[1] ?? "";
        (components[component] ??= {})[key] = `${type}${limits && `${kind} ${limits}`}`;
    }
    return components;
}

async function record(): Promise<void> {
    const recorded: Record<string, KafkaKeys[string]> = {};
    for (const version of versions) recorded[version] = await definitionsOf(version);
    fs.writeFileSync(kafkaKeysFile, `${JSON.stringify(recorded, null, 1)}\n`);
}

void record();
