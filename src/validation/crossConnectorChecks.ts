/** Checks between the connectors of a stack: what only one of them can have, and what one writes that another cannot read. */
import { issue, type Issue } from "../schema/issues";
import type { ResolvedConnector } from "../connectors/template";

/** Connectors that claim the same thing, which only one can have. */
export function checkExclusiveNames(connectors: readonly ResolvedConnector[]): Issue[] {
    const holders = new Map<string, ResolvedConnector>();
    const issues: Issue[] = [];
    const reported = new Set<number>();
    for (const connector of connectors) {
        for (const { kind, value, option } of connector.exclusiveNames) {
            const key = `${kind} ${value}`;
            const holder = holders.get(key);
            if (!holder) holders.set(key, connector);
            // one issue a connector: a name that collides makes all that derives from it collide too
            else if (!reported.has(connector.index)) {
                reported.add(connector.index);
                issues.push(
                    issue(
                        "KCP_TODO",
                        ["connectors", connector.index],
                        `has the ${kind} ${value}, as has connectors[${holder.index}]; give one of them another ${option}`,
                    ),
                );
            }
        }
    }
    return [...issues, ...checkCapturedTables(connectors.filter(({ index }) => !reported.has(index)))];
}

/** The include list as it is in the end: a user's own wins. */
function tablesOf({
    capturedTables: captures,
    config,
    overriddenKeys: override,
}: ResolvedConnector): readonly string[] {
    const key = ["table.include.list", "collection.include.list"].find((candidate) => override.includes(candidate));
    return key
        ? String(config[key])
              .split(",")
              .map((item) => item.trim())
        : (captures?.tables ?? []);
}

/** An item of an include list: the name it stands for where it is one, and what it matches where it is an expression. */
interface Item {
    text: string;
    name: string;
    matches: (name: string) => boolean;
}

function itemOf(text: string): Item {
    const name = text.replace(/\\(.)/g, "$1");
    try {
        const pattern = new RegExp(`^(?:${text})$`);
        return { text, name, matches: (other) => pattern.test(other) };
    } catch {
        return { text, name, matches: () => false };
    }
}

/** Whether two items mean a table in common, as far as can be told. */
const overlap = (one: Item, two: Item): boolean =>
    one.text === two.text || one.matches(two.name) || two.matches(one.name);

/** Tables that two connectors read: twice the load on the database, and each row in two topics. */
function checkCapturedTables(connectors: readonly ResolvedConnector[]): Issue[] {
    const readers = new Map<string, { index: number; items: Item[] }[]>();
    return connectors.flatMap((connector) => {
        if (!connector.capturedTables) return [];
        const { database } = connector.capturedTables;
        const items = tablesOf(connector).map(itemOf);
        const others = readers.get(`${connector.class} ${database}`) ?? [];
        const earlier = others.find((other) => items.some((item) => other.items.some((its) => overlap(item, its))));
        others.push({ index: connector.index, items });
        readers.set(`${connector.class} ${database}`, others);
        return earlier
            ? [
                  issue(
                      "KCP_TODO",
                      ["connectors", connector.index],
                      `reads a table that connectors[${earlier.index}] reads too (${tablesOf(connector).join(", ")} of ${database}): have one of them read it`,
                  ),
              ]
            : [];
    });
}

const dropsTombstones = ({ config }: ResolvedConnector): boolean =>
    Object.entries(config).some(
        ([key, value]) =>
            /^transforms\.[^.]+\.type$/.test(key) &&
            value === "org.apache.kafka.connect.transforms.Filter" &&
            String(config[`predicates.${config[key.replace(/type$/, "predicate")]}.type`]).endsWith(
                ".RecordIsTombstone",
            ),
    );

/** The transforms that fail on a record without value, and are not kept from it. */
const failingTransforms = ({ config }: ResolvedConnector): string[] =>
    Object.entries(config).flatMap(([key, value]) =>
        /^transforms\.[^.]+\.type$/.test(key) &&
        /\.ExtractTimestamp\$Value$/.test(String(value)) &&
        config[key.replace(/type$/, "predicate")] === undefined
            ? [key]
            : [],
    );

/** Whether Debezium follows each deletion by a tombstone, which it does unless it is told not to or its unwrapping drops them. */
const writesTombstones = ({ class: className, config }: ResolvedConnector): boolean =>
    /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./.test(className) &&
    String(config["tombstones.on.delete"] ?? true) === "true";

/**
 * Tombstones where nothing can read them: the record that follows a deletion has no value, and Aiven's HTTP sink and
 * ExtractTimestamp fail on it. The first deletion then stops the task, long after the deployment.
 */
export function checkTombstones(connectors: readonly ResolvedConnector[]): Issue[] {
    const writers = connectors.filter((connector) => writesTombstones(connector) && !dropsTombstones(connector));
    return connectors.flatMap((connector): Issue[] => {
        if (dropsTombstones(connector)) return [];
        const own = writers.includes(connector);
        const writer = own
            ? connector
            : writers.find(({ outputTopics: topics }) => topics.some((topic) => connector.inputTopics.includes(topic)));
        const mend = "put the transform drop-tombstones before";
        const transforms = writer
            ? failingTransforms(connector).map((key): Issue =>
                  issue(
                      "KCP_TODO",
                      connector.settingPath(key),
                      `is ExtractTimestamp, which fails on the tombstones that ${own ? "follow deletions" : `connectors[${writer.index}] writes after deletions`}: ${mend} it, or name it extract-timestamp`,
                  ),
              )
            : [];
        const sink =
            writer && /^io\.aiven\.kafka\.connect\.http\./.test(connector.class)
                ? [
                      issue(
                          "KCP_TODO",
                          ["connectors", connector.index],
                          `reads what connectors[${writer.index}] writes, tombstones too, on which the HTTP sink fails: add the transform drop-tombstones`,
                      ),
                  ]
                : [];
        return [...transforms, ...sink];
    });
}

/** What may work and deserves a second thought. */
export function crossConnectorWarnings(connectors: readonly ResolvedConnector[]): Issue[] {
    return connectors
        .filter(
            ({ class: className, config }) =>
                className.endsWith(".PostgresConnector") && Number(config["heartbeat.interval.ms"] ?? 0) === 0,
        )
        .map((connector) =>
            issue(
                "KCP_TODO",
                connector.settingPath("heartbeat.interval.ms"),
                "has no heartbeat: while its table is quiet and others are not, PostgreSQL keeps all of its log for the slot, until the disk is full",
            ),
        );
}
