/** Single message transforms: any class, or by name those that nearly everybody needs. */
import { boolean, object, array, configMap, string } from "../schema/primitives";
import type { ConnectorConfig } from "./template";

interface Named {
    readonly type: string;
    readonly config: ConnectorConfig;
    /** Class of the predicate that says which records it is for, and whether it is for the others. */
    readonly predicate?: string;
    readonly negate?: boolean;
}

const tombstones = "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone";

/** The transforms that can be named instead of written out. */
export const namedTransforms: Readonly<Record<string, Named>> = {
    /** The row alone, out of Debezium's envelope of before, after and source. */
    unwrap: { type: "io.debezium.transforms.ExtractNewRecordState", config: {} },
    /** The record's timestamp from a field of the value; it fails on tombstones, which it is therefore kept from. */
    "extract-timestamp": {
        type: "com.github.jcustenborder.kafka.connect.transform.common.ExtractTimestamp$Value",
        config: {},
        predicate: tombstones,
        negate: true,
    },
    /** Another topic by a regular expression; wants `regex` and `replacement`. */
    route: { type: "org.apache.kafka.connect.transforms.RegexRouter", config: {} },
    /** Drops the empty records that follow a deletion. */
    "drop-tombstones": { type: "org.apache.kafka.connect.transforms.Filter", config: {}, predicate: tombstones },
};

const isClass = /^[\w$]+(\.[\w$]+)+$/;
const known = Object.keys(namedTransforms);

export const transformsShape = {
    transforms: array(
        object({
            type: string(
                `a class name, or one of ${known.join(", ")}`,
                new RegExp(`${isClass.source}|^(${known.join("|")})$`),
            ).describe(`Its class, or a name: ${known.map((name) => `\`${name}\``).join(", ")}`),
            name: string("a word", /^[A-Za-z][A-Za-z0-9_]*$/)
                .optional()
                .describe("Name of the transformation in the configuration. Default: made of its type"),
            config: configMap().describe("Its options"),
            predicate: string("a class name", isClass)
                .optional()
                .describe(
                    "Class of a predicate: records for which it is false pass unchanged. Default: none, or what a named transformation needs",
                ),
            negate: boolean()
                .default(false)
                .describe("Whether the records pass unchanged for which the predicate is true"),
        }),
    ).describe("Single message transforms, in order"),
};

export interface Transform {
    type: string;
    name?: string;
    config: ConnectorConfig;
    predicate?: string;
    negate: boolean;
}

/** `com.example.DropField$Value` → `dropField`. */
const shortName = (type: string): string => {
    const last = type
        .split(".")
        .pop()!
        .split("$")[0]
        .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return last[0].toLowerCase() + last.slice(1);
};

/** The keys of a list of transforms, in its order, with the predicates they need. Names that repeat get a number. */
export function transformsConfig(transforms: readonly Transform[]): ConnectorConfig {
    const config: ConnectorConfig = {};
    const names: string[] = [];
    const predicates: string[] = [];
    for (const transform of transforms) {
        const named = namedTransforms[transform.type];
        const wanted = transform.name ?? shortName(transform.type);
        const taken = names.filter((name) => name === wanted || name.replace(/\d+$/, "") === wanted).length;
        const name = taken === 0 ? wanted : `${wanted}${taken + 1}`;
        names.push(name);
        config[`transforms.${name}.type`] = named?.type ?? transform.type;
        for (const [key, value] of Object.entries({ ...named?.config, ...transform.config }))
            config[`transforms.${name}.${key}`] = value;
        const predicate = transform.predicate ?? named?.predicate;
        if (!predicate) continue;
        const predicateName = shortName(predicate);
        if (!predicates.includes(predicateName)) predicates.push(predicateName);
        config[`predicates.${predicateName}.type`] = predicate;
        config[`transforms.${name}.predicate`] = predicateName;
        if (transform.negate !== (!transform.predicate && named?.negate === true))
            config[`transforms.${name}.negate`] = true;
    }
    if (names.length > 0) config.transforms = names.join(",");
    if (predicates.length > 0) config.predicates = predicates.join(",");
    return config;
}

/** The topics that records end in after the transforms that route them. */
export function routedTopics(topics: readonly string[], transforms: readonly Transform[]): string[] {
    return transforms
        .filter(({ type }) => [namedTransforms.route.type, "route"].includes(type))
        .reduce<string[]>(
            (names, { config }) => {
                let pattern: RegExp;
                try {
                    pattern = new RegExp(`^(?:${config.regex})$`);
                } catch {
                    return names; // Java's syntax where it differs: the names stay as they are
                }
                return names.map((name) => name.replace(pattern, String(config.replacement ?? "")));
            },
            [...topics],
        );
}
