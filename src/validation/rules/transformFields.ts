/**
 * Fields of Kafka's and Debezium's transforms that contradict each other, and options with which Connect rejects the
 * connector (connect-transforms 3.9 and 4.3, debezium-core 3.4).
 */
import type { ResolvedConnector } from "../../connectors/template";
import { duplicates } from "../../util/data";
import { didYouMean, nearest } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";
import { transformsOf, type TransformConfig } from "./transformConfig";

const rejected = "Connect rejects the connector";

/** What a transform does not do although it is configured. */
const unused = (key: string, message: string): Finding => ({
    code: "KCP_UNUSED_SETTING",
    key,
    message: `unused: ${message}`,
    isWarning: true,
});

/** Cast takes a type of the whole value, or one of each field. */
function checkCast({ start, value }: TransformConfig): Finding[] {
    const key = `${start}spec`;
    const items = listItems(value("spec"));
    if (items.length > 1 && items.some((item) => !item.includes(":")))
        return [invalid(key, `expected FIELD:TYPE in each item, or one type by itself; ${rejected}`)];
    const fields = items.map((item) => item.split(":")[0].trim());
    const [repeated] = duplicates(fields);
    return repeated === undefined ? [] : [invalid(key, `lists ${fields[repeated]} twice; the last type counts`, true)];
}

/** ReplaceField looks at the original names: it leaves out first, and then renames. */
function checkReplaceField({ start, value }: TransformConfig): Finding[] {
    const include = listItems(value("include") ?? value("whitelist"));
    const exclude = listItems(value("exclude") ?? value("blacklist"));
    const renames = listItems(value("renames")).map((item) => item.split(":").map((part) => part.trim()));
    const both = include.find((field) => exclude.includes(field));
    const lost = renames.find(([from]) => exclude.includes(from) || (include.length > 0 && !include.includes(from)));
    const names = renames.map(([, to]) => to);
    const [repeated] = duplicates(names);
    const same = renames.find(([from, to]) => from === to);
    return [
        ...(both === undefined ? [] : [unused(`${start}include`, `exclude has ${both} too, and leaves it out`)]),
        ...(lost === undefined
            ? []
            : [unused(`${start}renames`, `${lost[0]} is left out, and include and exclude have the original names`)]),
        ...(repeated === undefined
            ? []
            : [
                  invalid(
                      `${start}renames`,
                      `gives two fields the name ${names[repeated]}; the task fails where a record has both`,
                      true,
                  ),
              ]),
        ...(same === undefined ? [] : [unused(`${start}renames`, `${same[0]} keeps its name`)]),
    ];
}

const precisions = ["seconds", "milliseconds", "microseconds", "nanoseconds"];

function checkTimestampConverter({ start, value }: TransformConfig): Finding[] {
    const key = `${start}unix.precision`;
    const precision = value("unix.precision");
    if (precision === undefined || isReference(precision) || precisions.includes(precision)) return [];
    const received = `${JSON.stringify(precision)}${didYouMean(precision, precisions)}`;
    return [invalid(key, `expected one of ${precisions.join(", ")}, received ${received}; ${rejected}`)];
}

/** `value` reads an empty string as not set, but MaskField requires a non-empty one. */
const checkMaskField = ({ start }: TransformConfig, config: ResolvedConnector["config"]): Finding[] =>
    config[`${start}replacement`] === ""
        ? [invalid(`${start}replacement`, `expected a string that is not empty, or no replacement; ${rejected}`)]
        : [];

/** The fields of an event that `add.fields` and `add.headers` can name without their structure, by source. */
const sourceFields: readonly [classes: RegExp, fields: readonly string[]][] = [
    [/\.PostgresConnector$/, ["sequence", "schema", "table", "txId", "lsn", "xmin"]],
    [
        /\.(MySqlConnector|MariaDbConnector)$/,
        ["sequence", "table", "server_id", "gtid", "file", "pos", "row", "thread", "query"],
    ],
];

const commonFields = ["op", "ts_ms", "ts_us", "ts_ns", "version", "connector", "name", "snapshot", "db", "id"];

/** Misspelt fields of the event: Debezium adds nothing for a field that an event does not have. */
function checkUnwrap({ start, value }: TransformConfig, className: string): Finding[] {
    const own = sourceFields.find(([classes]) => classes.test(className))?.[1];
    if (own === undefined) return [];
    const known = [...commonFields, ...own];
    return ["add.fields", "add.headers"].flatMap((name) => {
        const unknown = listItems(value(name))
            .map((item) => item.split(":")[0].replace(/^source\./, ""))
            .find((field) => !field.includes(".") && !known.includes(field) && nearest(field, known) !== undefined);
        return unknown === undefined
            ? []
            : [invalid(start + name, `a change event has no ${unknown}${didYouMean(unknown, known)}`, true)];
    });
}

const placements = ["header", "envelope", "partition"];

/** COLUMN:PLACEMENT or COLUMN:PLACEMENT:ALIAS (EventRouterConfigDefinition). */
function checkPlacement({ start, value }: TransformConfig): Finding[] {
    const name = "table.fields.additional.placement";
    const malformed = listItems(value(name)).find((item) => {
        const parts = item.split(":");
        return ![2, 3].includes(parts.length) || !placements.includes(parts[1].trim().toLowerCase());
    });
    if (malformed === undefined || isReference(malformed)) return [];
    const message =
        `expected COLUMN:PLACEMENT or COLUMN:PLACEMENT:ALIAS with ${placements.join(", ")}, ` +
        `received ${JSON.stringify(malformed)}; the task fails`;
    return [invalid(start + name, message)];
}

/** Options that Connect reads as an integer or a boolean. */
const checkTypes = ({ start, value }: TransformConfig): Finding[] => [
    ...(/^-?\d+$/.test((value("schema.version") ?? "1").trim()) || isReference(value("schema.version"))
        ? []
        : [
              invalid(
                  `${start}schema.version`,
                  `expected an integer, received "${value("schema.version")}"; ${rejected}`,
              ),
          ]),
    ...(/^(true|false)$/i.test((value("replace.null.with.default") ?? "true").trim())
        ? []
        : [invalid(`${start}replace.null.with.default`, `expected true or false; ${rejected}`)]),
];

const checks: readonly [classes: RegExp, check: (transform: TransformConfig) => Finding[]][] = [
    [/^org\.apache\.kafka\.connect\.transforms\./, checkTypes],
    [/^org\.apache\.kafka\.connect\.transforms\.Cast\$/, checkCast],
    [/^org\.apache\.kafka\.connect\.transforms\.ReplaceField\$/, checkReplaceField],
    [/^org\.apache\.kafka\.connect\.transforms\.TimestampConverter\$/, checkTimestampConverter],
    [/^io\.debezium\.transforms\.outbox\.EventRouter$/, checkPlacement],
];

/** Connect reads `negate` as a boolean. */
const checkNegate = ({ start, value }: TransformConfig): Finding[] =>
    /^(true|false)$/i.test((value("negate") ?? "false").trim())
        ? []
        : [invalid(`${start}negate`, `expected true or false, received "${value("negate")}"; ${rejected}`)];

const check = ({ class: className, config }: ResolvedConnector): Finding[] =>
    transformsOf(config).flatMap((transform) => [
        ...checks.filter(([classes]) => classes.test(transform.className)).flatMap(([, run]) => run(transform)),
        ...(transform.className.startsWith("org.apache.kafka.connect.transforms.MaskField$")
            ? checkMaskField(transform, config)
            : []),
        ...(transform.className === "io.debezium.transforms.ExtractNewRecordState"
            ? checkUnwrap(transform, className)
            : []),
        ...checkNegate(transform),
    ]);

export const transformFieldRules: readonly PluginRule[] = [{ classes: /./, check }];
