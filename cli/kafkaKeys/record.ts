/**
 * Records Kafka's own configuration definitions, of workers, brokers, topics and clients, and the defaults of clients
 * and of what every connector has:
 *
 *     node --import tsx cli/kafkaKeys/record.ts
 */
import { execFileSync } from "child_process";
import * as fs from "fs";
import * as path from "path";
import { kafkaRuntime } from "../../src/local/kafkaRuntime";
import { kafkaKeysFile, type KafkaKeys } from "../../src/validation/kafkaDefinitions";
import { kafkaDefaultsFile, type KafkaDefaults } from "../pages/kafkaDefaults";

/** The newest version of each major one that a supported Strimzi version has. */
const versions = ["3.9.0", "4.3.1"];

/** What is recorded of validators besides their limits. */
const kinds = [
    ["CaseInsensitive", " any case"],
    ["NotZero", " not zero"],
] as const;

/** Components whose defaults are recorded. */
const withDefaults = ["producer", "consumer", "connector"];

interface Definition {
    readonly component: string;
    readonly key: string;
    /** Type and limits. */
    readonly type: string;
    readonly fallback?: string;
}

function definitionOf(line: string): Definition {
    const [component, key, type, validator = "", fallback = ""] = line.split("\t");
    const limits = /\[[^\]]+\]/.exec(validator)?.[0] ?? "";
    const kind = kinds.find(([name]) => validator.startsWith(name))?.[1] ?? "";
    return {
        component,
        key,
        type: `${type}${limits && `${kind} ${limits}`}`,
        ...(fallback && { fallback: fallback.slice(1) }),
    };
}

async function definitionsOf(version: string): Promise<Definition[]> {
    const program = path.join(__dirname, "ConfigDefinitions.java");
    const classPath = path.join(await kafkaRuntime(version), "*");
    const output = execFileSync("java", ["-cp", classPath, program], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", 2],
    });
    return output.split("\n").filter(Boolean).map(definitionOf);
}

/** Component → key → what is recorded of it. */
function byComponent(
    definitions: readonly Definition[],
    valueOf: (definition: Definition) => string | undefined,
): Record<string, Record<string, string>> {
    const components: Record<string, Record<string, string>> = {};
    for (const definition of definitions) {
        const value = valueOf(definition);
        if (value !== undefined) (components[definition.component] ??= {})[definition.key] = value;
    }
    return components;
}

async function record(): Promise<void> {
    const keys: Record<string, KafkaKeys[string]> = {};
    const defaults: Record<string, KafkaDefaults[string]> = {};
    for (const version of versions) {
        const definitions = await definitionsOf(version);
        // a connector's keys are those that its plugin reports
        keys[version] = byComponent(definitions, ({ component, type }) =>
            component === "connector" ? undefined : type,
        );
        defaults[version] = byComponent(definitions, ({ component, fallback }) =>
            withDefaults.includes(component) ? fallback : undefined,
        );
    }
    fs.writeFileSync(kafkaKeysFile, `${JSON.stringify(keys, null, 1)}\n`);
    fs.writeFileSync(kafkaDefaultsFile, `${JSON.stringify(defaults, null, 2)}\n`);
}

void record();
