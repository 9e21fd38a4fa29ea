/** Contracts (`expect`) that `kcp contract` cannot run, or whose records can never arrive. */
import type { ResolvedConnector } from "../connectors/template";
import type { ExpectedRecord } from "../connectors/expectations";
import { writesTopic } from "../connectors/topics";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import { firstFew } from "../util/firstFew";
import { isObject, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";
import { envelope } from "./rules/recordShapes";
import { transformsOf } from "./rules/transformConfig";

/** Sources whose database runs SQL in the sandbox. */
const withSql = /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./;

const operations = ["c", "u", "d", "r", "t"];

/** What a contract says of a change event, or of the row that `unwrap` makes of one, in the form of the other. */
function formIssues(
    { value, absent }: ExpectedRecord,
    here: SettingPath,
    { config }: Pick<ResolvedConnector, "config">,
): Issue[] {
    const malformed = absent.findIndex((path) => /^\$|^\.|\s$|^\s|\.\.|\.$/.test(path));
    if (malformed >= 0)
        return [
            invalidValue([...here, "absent", malformed], absent[malformed], "names of fields with dots between them"),
        ];
    const transforms = transformsOf(config).map(({ className }) => className);
    if (transforms.length === 0) {
        const foreign = absent.findIndex((path) => !envelope.includes(path.split(".")[0]));
        if (foreign >= 0)
            return [
                invalidValue([...here, "absent", foreign], absent[foreign], "a field of the change event", {
                    reason: `columns are in before and after: after.${absent[foreign]}`,
                }),
            ];
        const fields = isObject(value) ? Object.keys(value) : [];
        if (fields.length > 0 && !fields.some((field) => envelope.includes(field)))
            return [
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    [...here, "value", fields[0]],
                    "a change event has its columns in before and after; write { after: { … } }, or add unwrap",
                ),
            ];
        const op = valueAt(value, ["op"]);
        return op === undefined || operations.includes(String(op))
            ? []
            : [invalidValue([...here, "value", "op"], op, `one of ${operations.join(", ")}`)];
    }
    const isFlat = transforms.length === 1 && transforms[0] === "io.debezium.transforms.ExtractNewRecordState";
    const part = isFlat ? ["after", "before"].find((name) => isObject(valueAt(value, [name]))) : undefined;
    return part === undefined
        ? []
        : [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  [...here, "value", part],
                  "the transform unwrap makes a row of the change event; write the columns without it",
              ),
          ];
}

/** The issues of a connector's contracts. */
export function checkContracts({
    class: className,
    config,
    expect = [],
    index,
    outputTopics,
}: ResolvedConnector): Issue[] {
    if (expect.length === 0) return [];
    const at = ["connectors", index, "expect"];
    if (!withSql.test(className))
        return [
            issue(
                "KCP_UNUSED_SETTING",
                at,
                "unused: `kcp contract` runs SQL in the databases of MySQL and PostgreSQL sources",
            ),
        ];
    const hasTombstones = String(config["tombstones.on.delete"] ?? true) === "true";
    return expect.flatMap(({ records }, step) =>
        records.flatMap((expected, record): Issue[] => {
            const { topic, value, tombstone, absent } = expected;
            const here = [...at, step, "records", record];
            const unwritten =
                topic === undefined || writesTopic(outputTopics, topic)
                    ? []
                    : [
                          invalidValue(
                              [...here, "topic"],
                              topic,
                              `a topic of the connector: ${firstFew(outputTopics)}`,
                              {
                                  reason: suggestionFor(topic, outputTopics),
                              },
                          ),
                      ];
            const contradicted = absent
                .map((path, position) => ({ path, position }))
                .filter(({ path }) => valueAt(value, path.split(".")) !== undefined)
                .map(({ path, position }) =>
                    issue("KCP_CONFLICTING_SETTINGS", [...here, "absent", position], `value expects ${path}`),
                );
            const withoutTombstones =
                tombstone && !hasTombstones
                    ? [
                          issue(
                              "KCP_CONFLICTING_SETTINGS",
                              [...here, "tombstone"],
                              "the connector writes none: tombstones.on.delete is false",
                          ),
                      ]
                    : [];
            return [...unwritten, ...contradicted, ...withoutTombstones, ...formIssues(expected, here, { config })];
        }),
    );
}
