/** Configuration keys of connectors whose change does more than restart tasks. Pure. */
import { isBelow, type ChangedSetting } from "./changedSettings";
import type { ConnectorFacts } from "./connectorFacts";
import type { Consequence, ConsequenceClass } from "./consequence";
import { subjectOf, type RenderedObject } from "./renderedStack";
import { list, verb } from "./sentences";
import { sizeOfTables, type Statistics } from "./statistics";

/** Keys that decide how a record is written. */
const formatKeys =
    /^(key|value|header)\.converter\b|^(transforms|predicates)\b|^(decimal|binary|interval|hstore|bigint\.unsigned|money)\..*mode$|^time\.precision\.mode$|^tombstones\.on\.delete$|^topic\.naming\.strategy|^(field|schema)\.name\.adjustment\.mode$/;

const changedKeys = (settings: readonly ChangedSetting[]): string[] =>
    settings.filter((setting) => isBelow(setting, "spec", "config")).map(({ path }) => path[2]);

const without = (items: readonly string[], others: readonly string[]): string[] =>
    items.filter((item) => !others.includes(item));

/** Keys that change how records look; of a sink, what it understands. */
function formatConsequences(object: RenderedObject, keys: readonly string[], what: string): Consequence[] {
    const changed = keys.filter((key) => formatKeys.test(key));
    if (changed.length === 0) return [];
    return [
        {
            class: "record-format",
            subject: subjectOf(object),
            text: `\`${object.name}\` ${what} from then on: ${list(changed)}`,
        },
    ];
}

const noMoreRecords = (topics: readonly string[]): string =>
    `${list(topics, "topics of the old prefix")} ${verb(topics, "receives", "receive")} no more records`;

/** Consequences of a source's keys, beyond the restart. */
export function sourceKeyConsequences(
    object: RenderedObject,
    before: ConnectorFacts,
    after: ConnectorFacts,
    settings: readonly ChangedSetting[],
    statistics: Statistics,
): Consequence[] {
    const keys = changedKeys(settings);
    const { name } = object;
    const found: Consequence[] = formatConsequences(object, keys, "writes records of another form");
    const add = (kind: ConsequenceClass, text: string) => found.push({ class: kind, subject: subjectOf(object), text });
    if (!after.isDebeziumSource) return found;
    if (keys.includes("topic.prefix")) {
        // Debezium's offsets are stored under the prefix
        add("snapshot", `\`${name}\` finds no offsets under its new topic prefix and ${reading(after, statistics)}`);
        add("orphan", noMoreRecords(before.outputTopics));
        return found;
    }
    if (keys.includes("slot.name"))
        add(
            "data-loss",
            `\`${name}\` reads from a new slot, which begins when it is created: changes that were not read through ` +
                `\`${before.slot}\` until then are missing`,
        );
    if (keys.includes("schema.history.internal.kafka.topic"))
        add(
            "data-loss",
            `\`${name}\` has offsets but no schema history under its new name, and fails until the history ` +
                "is recovered",
        );
    if (keys.includes("database.hostname") || keys.includes("database.dbname"))
        add("data-loss", `\`${name}\` applies the offsets of the former database to another one`);
    const added = without(after.tables, before.tables);
    if (added.length > 0)
        add(
            "data-loss",
            `\`${name}\` reads changes of ${list(added)}, but not the rows that exist already` +
                `${sizeOfTables(added, statistics)}: they need a snapshot of these tables`,
        );
    const removed = without(before.outputTopics, after.outputTopics);
    if (removed.length > 0) add("orphan", noMoreRecords(removed));
    return found;
}

const reading = (facts: ConnectorFacts, statistics: Statistics): string =>
    facts.takesSnapshot
        ? `reads every row of ${list(facts.tables, "its tables")} again${sizeOfTables(facts.tables, statistics)}`
        : "reads only changes from its start on";

/** Consequences of a sink's keys, beyond the restart. */
export function sinkKeyConsequences(
    object: RenderedObject,
    before: ConnectorFacts,
    after: ConnectorFacts,
    settings: readonly ChangedSetting[],
): Consequence[] {
    const keys = changedKeys(settings);
    const subject = subjectOf(object);
    const found = formatConsequences(object, keys, "reads records in another form");
    const text = `\`${object.name}\` reads`;
    if (before.consumerGroup !== after.consumerGroup)
        found.push({
            class: "snapshot",
            subject,
            text: `${text} ${list(after.inputTopics, "its topics")} from the beginning, as a new consumer group`,
        });
    else {
        const added = without(after.inputTopics, before.inputTopics);
        if (added.length > 0)
            found.push({ class: "snapshot", subject, text: `${text} ${list(added)} from the beginning` });
    }
    return found;
}
