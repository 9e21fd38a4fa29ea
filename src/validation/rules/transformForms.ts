/**
 * Values of the transforms of plugins that their own definitions do not limit and that their `configure` rejects: the
 * task fails when it starts (found by configuring the classes of Debezium 3.7 and transform-common 0.1.0.14).
 */
import type { ResolvedConnector } from "../../connectors/template";
import { isTimeZone } from "../../util/timeZone";
import { didYouMean } from "../../util/nearest";
import { invalid, isReference, requiredKeys, type Finding, type PluginRule } from "./rule";
import { transformsOf, type TransformConfig } from "./transformConfig";

const caseFormats = ["LOWER_HYPHEN", "LOWER_UNDERSCORE", "LOWER_CAMEL", "UPPER_CAMEL", "UPPER_UNDERSCORE"];
const namingStyles = ["SNAKE_CASE", "CAMEL_CASE", "UPPER_CASE", "LOWER_CASE", "DEFAULT"];

/** Values by key, and the classes that have it; `exact` where their case matters. */
const listedValues: readonly { classes: RegExp; key: string; values: readonly string[]; exact?: boolean }[] = [
    { classes: /\.Change(Topic)?Case(\$|$)/, key: "from", values: caseFormats, exact: true },
    { classes: /\.Change(Topic)?Case(\$|$)/, key: "to", values: caseFormats, exact: true },
    { classes: /\.CollectionNameTransformation$/, key: "collection.naming.style", values: namingStyles },
    { classes: /\.FieldNameTransformation$/, key: "column.naming.style", values: namingStyles },
    { classes: /\.ExtractNewDocumentState$/, key: "array.encoding", values: ["array", "document"] },
    { classes: /EventRouter$/, key: "table.op.invalid.behavior", values: ["warn", "error", "fatal"] },
    { classes: /EventRouter$/, key: "table.json.payload.null.behavior", values: ["ignore", "optional_bytes"] },
    { classes: /\.GeometryFormatTransformer$/, key: "format", values: ["wkb", "ewkb"] },
    { classes: /\.HeaderToValue$/, key: "operation", values: ["move", "copy"], exact: true },
];

const checkListed = ({ className, start, value }: TransformConfig): Finding[] =>
    listedValues
        .filter(({ classes, key }) => value(key) !== undefined && classes.test(className))
        .flatMap(({ key, values, exact = false }) => {
            const given = value(key)!.trim();
            const isListed = values.some((item) => given === item || (!exact && same(given, item)));
            if (isListed || isReference(given)) return [];
            const expected = `expected one of ${values.join(", ")}, received ${JSON.stringify(given)}`;
            return [invalid(start + key, `${expected}${didYouMean(given, values)}; the task does not start`)];
        });

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Keys that the classes require although they do not publish it. */
const required: Readonly<Record<string, readonly string[]>> = {
    "io.debezium.transforms.ByLogicalTableRouter": ["topic.regex", "topic.replacement"],
    "io.debezium.transforms.ToLogicalTopicRouter": ["topic.regex", "topic.replacement"],
    "io.debezium.transforms.Filter": ["language", "condition"],
    "io.debezium.transforms.ContentBasedRouter": ["language", "topic.expression"],
    "io.debezium.transforms.HeaderToValue": ["headers", "fields", "operation"],
    "io.debezium.transforms.SchemaChangeEventFilter": ["schema.change.event.exclude.list"],
    "io.debezium.transforms.TimezoneConverter": ["converted.timezone"],
    "io.debezium.transforms.partitions.PartitionRouting": ["partition.payload.fields", "partition.topic.num"],
};

function checkRequired(connector: ResolvedConnector, { className, start, value }: TransformConfig): Finding[] {
    // one that takes the key apart needs both
    const replaced = value("key.field.regex") === undefined ? [] : ["key.field.replacement"];
    const keys = [...(required[className] ?? []), ...(/LogicalT\w+Router$/.test(className) ? replaced : [])];
    return requiredKeys(
        connector,
        keys.map((key) => start + key),
        `${className.split(".").at(-1)} does not start without it`,
    );
}

/** Numbers below which Debezium's transforms do not start. */
const least: readonly [classes: RegExp, key: string, number: number][] = [
    [/\.EnforceRecordSize$/, "max.bytes", 1],
    [/\.EnforceRecordSize$/, "min.field.size", 0],
    [/\.PartitionRouting$/, "partition.topic.num", 1],
];

const checkNumbers = ({ className, start, value }: TransformConfig): Finding[] =>
    least
        .filter(([classes, key, number]) => classes.test(className) && Number(value(key) ?? number) < number)
        .map(([, key, number]) =>
            invalid(start + key, `expected at least ${number}, received ${value(key)}; the task does not start`),
        );

function checkTimeZone({ className, start, value }: TransformConfig): Finding[] {
    const key = "converted.timezone";
    const zone = value(key);
    if (!className.endsWith(".TimezoneConverter") || zone === undefined || isReference(zone)) return [];
    return isTimeZone(zone) || /^[+-]\d\d:\d\d$/.test(zone)
        ? []
        : [
              invalid(
                  start + key,
                  `expected a time zone such as Europe/Berlin, or an offset such as +08:00, received ` +
                      `${JSON.stringify(zone)}; the task does not start`,
              ),
          ];
}

const pluginTransform = /^(io\.debezium|com\.github\.jcustenborder)\./;

const check = (connector: ResolvedConnector): Finding[] =>
    transformsOf(connector.config)
        .filter(({ className }) => pluginTransform.test(className))
        .flatMap((transform) => [
            ...checkListed(transform),
            ...checkRequired(connector, transform),
            ...checkNumbers(transform),
            ...checkTimeZone(transform),
        ]);

export const transformFormRules: readonly PluginRule[] = [{ classes: /./, check }];
