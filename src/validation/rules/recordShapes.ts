/**
 * What records are when a transform gets them: the lines of a file are strings, on which transforms of fields fail, and
 * Debezium's change events have their row one level below, where transforms of fields do not look.
 */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import type { Finding, PluginRule } from "./rule";
import { transformsOf, type TransformConfig } from "./transformConfig";

const kafkaTransform = /^org\.apache\.kafka\.connect\.transforms\.(\w+)(?:\$(Key|Value))?$/;

/** Transforms that read fields, which a string does not have. */
const needsFields = /^(InsertField|ReplaceField|MaskField|Flatten|ExtractField|ValueToKey|HeaderFrom)$/;

/** Transforms that leave the value as it is. */
const keepsValue = /^(RegexRouter|TimestampRouter|InsertHeader|DropHeaders|Filter|SetSchemaMetadata)$/;

/** The value of a file's lines is a string until HoistField puts it into a structure. */
function checkLines({ config }: ResolvedConnector): Finding[] {
    for (const { className, start, value } of transformsOf(config)) {
        // a predicate can keep it from all records
        if (value("predicate") !== undefined) return [];
        const [, name, part] = kafkaTransform.exec(className) ?? [];
        if (name === undefined) return [];
        if (part === "Key" || keepsValue.test(name)) continue;
        if (!needsFields.test(name)) return [];
        return [
            {
                code: "KCP_FORMAT_MISMATCH",
                key: `${start}type`,
                message:
                    "needs a structure with fields, and the lines of a file are strings: the task fails at the first " +
                    "record. Put HoistField$Value before it",
            },
        ];
    }
    return [];
}

/** The fields of a change event. */
export const envelope: readonly string[] = [
    "before",
    "after",
    "source",
    "op",
    "ts_ms",
    "ts_us",
    "ts_ns",
    "transaction",
    "schema",
];

/** The fields of a value that a transform of Kafka reads or removes. */
function readFields(name: string, { value }: TransformConfig): string[] {
    if (name === "MaskField" || name === "ValueToKey") return listItems(value("fields"));
    if (name === "ReplaceField") return [...listItems(value("exclude")), ...listItems(value("blacklist"))];
    if (name === "ExtractField" || name === "TimestampConverter") return listItems(value("field"));
    if (name !== "Cast") return [];
    return listItems(value("spec")).flatMap((item) => (item.includes(":") ? [item.split(":")[0]] : []));
}

/** Transforms that fail where a field is missing; the others leave the record as it is. */
const failsWithout = /^(ValueToKey|ExtractField)$/;

function missingField(transform: TransformConfig, name: string, isAfterUnwrap: boolean): Finding | undefined {
    const fields = readFields(name, transform);
    const missing = isAfterUnwrap
        ? fields.find((field) => /^(before|after|source)\./.test(field))
        : fields.find((field) => !envelope.includes(field));
    if (missing === undefined) return undefined;
    const reason = isAfterUnwrap
        ? "the change events are flattened before it; name the column only"
        : "a change event has its columns in before and after; put unwrap before it";
    const consequence = failsWithout.test(name) ? "the task fails" : "nothing changes";
    return {
        code: name === "MaskField" ? "KCP_SILENT_CORRUPTION" : "KCP_UNUSED_SETTING",
        key: `${transform.start}type`,
        message: `there is no field ${missing}, and ${consequence}: ${reason}`,
        isWarning: true,
    };
}

const unwraps =
    /^io\.debezium\.(transforms\.ExtractNewRecordState|connector\.mongodb\.transforms\.ExtractNewDocumentState)$/;

/** Columns that a transform looks for at the wrong place of a change event. */
function checkEvents({ config }: ResolvedConnector): Finding[] {
    let isAfterUnwrap = false;
    for (const transform of transformsOf(config)) {
        const { className } = transform;
        if (unwraps.test(className)) {
            isAfterUnwrap = true;
            continue;
        }
        const [, name, part] = kafkaTransform.exec(className) ?? [];
        // others can change the value in any way
        if (name === undefined) return [];
        if (keepsValue.test(name) || part === "Key") continue;
        const found = missingField(transform, name, isAfterUnwrap);
        if (found) return [found];
        if (name !== "MaskField" && name !== "Cast" && name !== "InsertField" && name !== "HeaderFrom") return [];
    }
    return [];
}

export const recordShapeRules: readonly PluginRule[] = [
    { classes: /\.FileStreamSourceConnector$/, check: checkLines },
    { classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./, check: checkEvents },
];
