/** Consequences of changes of one connector. Pure. */
import { changedSettings, isBelow, type ChangedSetting } from "./changedSettings";
import { connectorFacts, type ConnectorFacts } from "./connectorFacts";
import type { Consequence, ConsequenceClass } from "./consequence";
import { sourceKeyConsequences, sinkKeyConsequences } from "./connectorKeys";
import { leftBehind } from "./leftBehind";
import { subjectOf, type RenderedObject } from "./renderedStack";
import { sizeOfTables, type Statistics } from "./statistics";
import { list, verb } from "./sentences";

/** What a connector without offsets reads, as the rest of a sentence. */
export function firstRead(facts: ConnectorFacts, statistics: Statistics): string {
    if (facts.takesSnapshot)
        return `reads every row of ${list(facts.tables, "its tables")}${sizeOfTables(facts.tables, statistics)}`;
    if (facts.isDebeziumSource) return "reads no rows that exist already, only changes from its start on";
    if (facts.isMirror) return `copies ${list(facts.inputTopics, "its topics")} from the beginning`;
    if (facts.isSink) return `reads ${list(facts.inputTopics, "its topics")} from the beginning`;
    return "starts without offsets";
}

/** A connector that is new. */
export function addedConnector(object: RenderedObject, statistics: Statistics): Consequence[] {
    const facts = connectorFacts(object);
    const stopped = object.content.spec.state === "stopped" || object.content.spec.state === "paused";
    const reads = `${stopped ? `when it is resumed, it ` : ""}${firstRead(facts, statistics)}`;
    const state = stopped ? ` (${object.content.spec.state})` : "";
    return [{ class: "new", subject: subjectOf(object), text: `\`${object.name}\` is new${state}: ${reads}` }];
}

/** A connector that is removed, and what it leaves behind. */
export function removedConnector(object: RenderedObject): Consequence[] {
    const facts = connectorFacts(object);
    const topics = facts.outputTopics;
    const kept = topics.length > 0 ? `; ${list(topics)} ${verb(topics, "keeps", "keep")} the records` : "";
    return [
        { class: "removed", subject: subjectOf(object), text: `\`${object.name}\` is removed${kept}` },
        ...leftBehind(object, facts, undefined),
    ];
}

const receive = (topics: readonly string[]): string => verb(topics, "receives", "receive");

/** What a second read of the same rows or records means for those who read them. */
function duplicatesOf(facts: ConnectorFacts): string {
    if (facts.takesSnapshot)
        return `; ${list(facts.outputTopics, "its topics")} ${receive(facts.outputTopics)} the rows a second time`;
    if (facts.isSink) return "; the destination receives every record a second time, unless it overwrites by key";
    return "";
}

/** A connector whose version changed: Connect stores offsets by the connector's name, so it starts without any. */
function replacedConnector(before: RenderedObject, after: RenderedObject, statistics: Statistics): Consequence[] {
    const facts = connectorFacts(after);
    const subject = subjectOf(after);
    const again: ConsequenceClass = facts.isDebeziumSource && !facts.takesSnapshot ? "data-loss" : "snapshot";
    const reads = firstRead(facts, statistics);
    return [
        {
            class: "replacement",
            subject,
            text:
                `\`${after.name}\` replaces \`${before.name}\`, which is deleted first; ` +
                "its offsets are not carried over",
        },
        { class: again, subject, text: `\`${after.name}\` ${reads}${duplicatesOf(facts)}` },
        ...leftBehind(before, connectorFacts(before), facts),
    ];
}

const stateTexts: Record<string, string> = {
    running: "is resumed",
    paused: "is paused; its tasks and offsets are kept",
    stopped: "is stopped; its tasks are removed, its offsets are kept",
};

function stateConsequence(object: RenderedObject, settings: readonly ChangedSetting[]): Consequence[] {
    const change = settings.find((setting) => isBelow(setting, "spec", "state"));
    if (!change) return [];
    const facts = connectorFacts(object);
    const state = String(change.to ?? "running");
    const slot = facts.slot && state !== "running" ? `; meanwhile slot \`${facts.slot}\` keeps WAL` : "";
    return [
        {
            class: "hot",
            subject: subjectOf(object),
            text: `\`${object.name}\` ${stateTexts[state] ?? `becomes ${state}`}${slot}`,
        },
    ];
}

const restarts = (setting: ChangedSetting): boolean =>
    isBelow(setting, "spec") && !["state", "autoRestart"].includes(setting.path[1]);

/** A connector on both sides. */
export function changedConnector(before: RenderedObject, after: RenderedObject, statistics: Statistics): Consequence[] {
    if (before.name !== after.name) return replacedConnector(before, after, statistics);
    const settings = changedSettings(before.content, after.content);
    if (settings.length === 0) return [];
    const [earlier, facts] = [connectorFacts(before), connectorFacts(after)];
    const subject = subjectOf(after);
    const changed = settings.filter(restarts).map(({ path }) => path.slice(path[1] === "config" ? 2 : 1).join("."));
    const restart: Consequence = {
        class: "task-restart",
        subject,
        text:
            `the tasks of \`${after.name}\` (at most ${facts.tasksMax}) restart and continue at their offsets: ` +
            list(changed),
    };
    const onlyMetadata: Consequence = {
        class: "hot",
        subject,
        text: `\`${after.name}\`: ${list(settings.map(({ path }) => path.join(".")))} without a restart`,
    };
    const state = stateConsequence(after, settings);
    const keys = facts.isSink
        ? sinkKeyConsequences(after, earlier, facts, settings)
        : sourceKeyConsequences(after, earlier, facts, settings, statistics);
    return [
        ...(changed.length > 0 ? [restart] : []),
        ...(changed.length === 0 && state.length === 0 ? [onlyMetadata] : []),
        ...state,
        ...keys,
        ...leftBehind(before, earlier, facts),
    ];
}

/** Secrets that connectors referred to and none refers to any more. */
export function unusedSecrets(before: readonly RenderedObject[], after: readonly RenderedObject[]): Consequence[] {
    const secretsOf = (objects: readonly RenderedObject[]) =>
        new Set(objects.flatMap((object) => connectorFacts(object).secrets));
    const used = secretsOf(after);
    return [...secretsOf(before)]
        .filter((secret) => !used.has(secret))
        .map((secret) => ({
            class: "orphan",
            subject: `Secret ${secret}`,
            text: `no connector uses secret \`${secret}\` any more`,
        }));
}
