/** Single message transforms: any class, or a short name for the most common ones. */
import { boolean, object, array, configMap, string } from "../schema/primitives";
import type { ConnectorConfig } from "./template";

interface TransformPreset {
    readonly type: string;
    /** Class of the predicate that selects the records. */
    readonly predicate?: string;
    /** Whether the transform applies to the records for which the predicate is false. */
    readonly negate?: boolean;
}

const tombstonePredicate = "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone";

/** The transforms that have a short name. */
export const transformPresets: Readonly<Record<string, TransformPreset>> = {
    /** Replaces Debezium's envelope by the row after the change. */
    unwrap: { type: "io.debezium.transforms.ExtractNewRecordState" },
    /** Sets the record's timestamp from a field of the value. It fails on tombstones, so it skips them. */
    "extract-timestamp": {
        type: "com.github.jcustenborder.kafka.connect.transform.common.ExtractTimestamp$Value",
        predicate: tombstonePredicate,
        negate: true,
    },
    /** Changes the topic by a regular expression; needs `regex` and `replacement`. */
    route: { type: "org.apache.kafka.connect.transforms.RegexRouter" },
    /** Drops the records without value that follow deletions. */
    "drop-tombstones": { type: "org.apache.kafka.connect.transforms.Filter", predicate: tombstonePredicate },
};

const classPattern = /^[\w$]+(\.[\w$]+)+$/;
const presetNames = Object.keys(transformPresets);

/** The option `transforms`. */
export const transformsShape = {
    transforms: array(
        object({
            type: string(
                `a class name, or one of ${presetNames.join(", ")}`,
                new RegExp(`${classPattern.source}|^(${presetNames.join("|")})$`),
            ).describe(`Its class, or one of ${presetNames.map((name) => `\`${name}\``).join(", ")}`),
            name: string("an identifier of letters, digits and _", /^[A-Za-z][A-Za-z0-9_]*$/)
                .optional()
                .describe("Name of the transform in the configuration. Default: derived from its type"),
            config: configMap().describe("Its configuration keys, without the prefix `transforms.NAME.`"),
            predicate: string("a class name", classPattern)
                .optional()
                .describe(
                    "Class of a predicate; the transform applies only to records for which it is true. " +
                        "Default: none, or the one that the short name includes",
                ),
            negate: boolean()
                .default(false)
                .describe("Whether the transform applies to the records for which the predicate is false instead"),
        }),
    ).describe("Single message transforms, in order"),
};

/** An item of `transforms` as it is parsed. */
export interface Transform {
    type: string;
    name?: string;
    config: ConnectorConfig;
    predicate?: string;
    negate: boolean;
}

/** `com.example.DropField$Value` → `dropField`. */
function shortName(type: string): string {
    const className = type.split(".").pop()!.split("$")[0];
    const camelCase = className.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return camelCase[0].toLowerCase() + camelCase.slice(1);
}

/** The base name, with a number where an earlier transform has it already. */
function uniqueName(baseName: string, names: readonly string[]): string {
    const count = names.filter((name) => name === baseName || name.replace(/\d+$/, "") === baseName).length;
    return count === 0 ? baseName : `${baseName}${count + 1}`;
}

/** The configuration of transforms, in their order, and of the predicates they use. */
export function transformsConfig(transforms: readonly Transform[]): ConnectorConfig {
    const config: ConnectorConfig = {};
    const names: string[] = [];
    const predicates = new Set<string>();
    for (const transform of transforms) {
        const preset: TransformPreset | undefined = transformPresets[transform.type];
        const name = uniqueName(transform.name ?? shortName(transform.type), names);
        names.push(name);
        config[`transforms.${name}.type`] = preset?.type ?? transform.type;
        for (const [key, value] of Object.entries(transform.config)) config[`transforms.${name}.${key}`] = value;
        const predicate = transform.predicate ?? preset?.predicate;
        if (!predicate) continue;
        const predicateName = shortName(predicate);
        predicates.add(predicateName);
        config[`predicates.${predicateName}.type`] = predicate;
        config[`transforms.${name}.predicate`] = predicateName;
        const presetNegates = !transform.predicate && preset?.negate === true;
        if (transform.negate !== presetNegates) config[`transforms.${name}.negate`] = true;
    }
    if (names.length > 0) config.transforms = names.join(",");
    if (predicates.size > 0) config.predicates = [...predicates].join(",");
    return config;
}

/** The topics of records after the transforms that change them. */
export function routedTopics(topics: readonly string[], transforms: readonly Transform[]): string[] {
    return transforms
        .filter(({ type }) => type === "route" || type === transformPresets.route.type)
        .reduce((names, { config }) => names.map((name) => routedTopic(name, config)), [...topics]);
}

function routedTopic(topic: string, { regex, replacement = "" }: ConnectorConfig): string {
    try {
        return topic.replace(new RegExp(`^(?:${regex})$`), String(replacement));
    } catch {
        return topic; // syntax that only Java's regular expressions have
    }
}
