/**
 * Values of Kafka's transforms with which Connect rejects the connector or its task fails, and transforms that do
 * nothing (their sources in connect-transforms 3.9 and 4.3).
 */
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";
import { transformsOf, type TransformConfig } from "./transformConfig";

const rejected = "Connect rejects the connector";

const castTypes = ["int8", "int16", "int32", "int64", "float32", "float64", "boolean", "string"];

function checkCast({ start, value }: TransformConfig): Finding[] {
    const spec = value("spec");
    if (spec === undefined || isReference(spec)) return [];
    const type = listItems(spec)
        .map((item) => item.split(":").at(-1)!.trim())
        .find((name) => !castTypes.includes(name.toLowerCase()));
    return type === undefined
        ? []
        : [
              invalid(
                  `${start}spec`,
                  `expected FIELD:TYPE with a type of ${castTypes.join(", ")}, received ${JSON.stringify(type)}` +
                      `${didYouMean(type, castTypes)}; ${rejected}`,
              ),
          ];
}

function checkReplaceField({ start, value }: TransformConfig): Finding[] {
    const renames = value("renames");
    const malformed = listItems(renames).find((item) => !/^[^:]+:[^:]+$/.test(item));
    if (malformed !== undefined)
        return [
            invalid(`${start}renames`, `expected FIELD:NEW_NAME, received ${JSON.stringify(malformed)}; ${rejected}`),
        ];
    return ["include", "exclude", "renames", "whitelist", "blacklist"].some((key) => value(key) !== undefined)
        ? []
        : [
              {
                  code: "KCP_UNUSED_SETTING",
                  key: `${start}type`,
                  message: "unused: it neither removes nor renames a field",
              },
          ];
}

const insertedFields = ["topic.field", "partition.field", "offset.field", "timestamp.field", "static.field"];

function checkInsertField({ start, value }: TransformConfig, isSource: boolean): Finding[] {
    if (insertedFields.every((key) => value(key) === undefined))
        return [
            {
                code: "KCP_MISSING_CONFIG_KEY",
                key: `${start}static.field`,
                message: `required, or another of ${insertedFields.join(", ")}; ${rejected}`,
            },
        ];
    if (value("static.field") !== undefined && value("static.value") === undefined)
        return [
            {
                code: "KCP_MISSING_CONFIG_KEY",
                key: `${start}static.value`,
                message: "required with static.field; without it the field is not inserted, or the connector rejected",
            },
        ];
    return isSource && value("offset.field") !== undefined
        ? [invalid(`${start}offset.field`, "a source's records have no offset yet; the task fails at the first one")]
        : [];
}

const timestampTypes = ["string", "unix", "Date", "Time", "Timestamp"];

function checkTimestampConverter({ start, value }: TransformConfig): Finding[] {
    const type = value("target.type");
    if (type === undefined || isReference(type)) return [];
    if (!timestampTypes.includes(type))
        return [
            invalid(
                `${start}target.type`,
                `expected one of ${timestampTypes.join(", ")}, received ${JSON.stringify(type)}` +
                    `${didYouMean(type, timestampTypes)}; ${rejected}`,
            ),
        ];
    return type === "string" && value("format") === undefined
        ? [
              {
                  code: "KCP_MISSING_CONFIG_KEY",
                  key: `${start}format`,
                  message: `required with target.type string; ${rejected}`,
              },
          ]
        : [];
}

function checkHeaderFrom({ start, value }: TransformConfig): Finding[] {
    const operation = value("operation");
    if (operation !== undefined && !["move", "copy"].includes(operation))
        return [
            invalid(`${start}operation`, `expected move or copy, received ${JSON.stringify(operation)}; ${rejected}`),
        ];
    const [fields, headers] = ["fields", "headers"].map((key) => listItems(value(key)).length);
    return fields > 0 && headers > 0 && fields !== headers
        ? [
              invalid(
                  `${start}headers`,
                  `expected ${fields} headers, as many as fields, received ${headers}; ${rejected}`,
              ),
          ]
        : [];
}

const deletionModes = ["drop", "tombstone", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone"];

function checkUnwrap({ start, value }: TransformConfig): Finding[] {
    const key = "delete.tombstone.handling.mode";
    const mode = value(key);
    return mode === undefined || isReference(mode) || deletionModes.includes(mode.toLowerCase())
        ? []
        : [
              invalid(
                  start + key,
                  `expected one of ${deletionModes.join(", ")}, received ${JSON.stringify(mode)}` +
                      didYouMean(mode, deletionModes),
              ),
          ];
}

const checkSchemaMetadata = ({ start, value }: TransformConfig): Finding[] =>
    value("schema.name") === undefined && value("schema.version") === undefined
        ? [
              {
                  code: "KCP_MISSING_CONFIG_KEY",
                  key: `${start}schema.name`,
                  message: `required, or schema.version; ${rejected}`,
              },
          ]
        : [];

const checks: readonly [classes: RegExp, check: (transform: TransformConfig, isSource: boolean) => Finding[]][] = [
    [/^org\.apache\.kafka\.connect\.transforms\.Cast\$/, checkCast],
    [/^org\.apache\.kafka\.connect\.transforms\.ReplaceField\$/, checkReplaceField],
    [/^org\.apache\.kafka\.connect\.transforms\.InsertField\$/, checkInsertField],
    [/^org\.apache\.kafka\.connect\.transforms\.TimestampConverter\$/, checkTimestampConverter],
    [/^org\.apache\.kafka\.connect\.transforms\.HeaderFrom\$/, checkHeaderFrom],
    [/^org\.apache\.kafka\.connect\.transforms\.SetSchemaMetadata\$/, checkSchemaMetadata],
    [/^io\.debezium\..*\.ExtractNew(Record|Document)State$/, checkUnwrap],
];

const isSink = /Sink(Connector)?$/;

const checkValues = ({ class: className, config }: ResolvedConnector): Finding[] =>
    transformsOf(config).flatMap((transform) =>
        checks
            .filter(([classes]) => classes.test(transform.className))
            .flatMap(([, check]) => check(transform, !isSink.test(className))),
    );

export const transformValueRules: readonly PluginRule[] = [{ classes: /./, check: checkValues }];
