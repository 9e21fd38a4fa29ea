/** Contracts (`expect`) that `kcp contract` cannot run, or whose records can never arrive. */
import type { ResolvedConnector } from "../connectors/template";
import { writesTopic } from "../connectors/topics";
import { invalidValue, issue, type Issue } from "../schema/issues";
import { firstFew } from "../util/firstFew";
import { valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";

/** Sources whose database runs SQL in the sandbox. */
const withSql = /^io\.debezium\.connector\.(mysql|mariadb|postgresql)\./;

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
        records.flatMap(({ topic, value, tombstone, absent }, record): Issue[] => {
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
            return [...unwritten, ...contradicted, ...withoutTombstones];
        }),
    );
}
