/** Consequences of changes of Kafka itself, its topics and its users. Pure. */
import { changedSettings, isBelow } from "./changedSettings";
import type { Consequence } from "./consequence";
import { subjectOf, type RenderedObject } from "./renderedStack";
import { list } from "./sentences";
import { plural } from "../util/plural";

const topicName = ({ name, content }: RenderedObject): string => String(content.spec.topicName ?? name);

const unset = "the broker's default";

const hour = 3_600_000;

/** A time in milliseconds: `7 days`, `12 hours`; -1 is without a limit. */
export function formatMilliseconds(value: unknown): string {
    const ms = Number(value);
    if (value === undefined) return unset;
    if (ms < 0) return "no limit";
    if (ms >= 48 * hour && ms % (24 * hour) === 0) return plural(ms / (24 * hour), "day");
    return ms % hour === 0 ? plural(ms / hour, "hour") : `${ms} ms`;
}

/** A topic that is removed. */
export const removedTopic = (object: RenderedObject): Consequence => ({
    class: "data-loss",
    subject: subjectOf(object),
    text: `topic \`${topicName(object)}\` is deleted with its records`,
});

/** A topic on both sides. */
export function changedTopic(before: RenderedObject, after: RenderedObject): Consequence[] {
    const subject = subjectOf(after);
    const topic = `topic \`${topicName(after)}\``;
    const settings = changedSettings(before.content.spec, after.content.spec);
    return settings.map(({ path, from, to }): Consequence => {
        const key = path.at(-1)!;
        if (key === "partitions" && Number(to) > Number(from))
            return {
                class: "record-format",
                subject,
                text:
                    `${topic} has ${to} partitions instead of ${from}: ` +
                    "records of a key go to another partition from then on",
            };
        if (key === "partitions" || key === "replicas")
            return { class: "data-loss", subject, text: `${topic}: ${key} cannot change from ${from} to ${to}` };
        if (key === "retention.ms") {
            const kept = `${topic} keeps ${formatMilliseconds(to)} instead of ${formatMilliseconds(from)}`;
            const shorter =
                to !== undefined &&
                Number(to) >= 0 &&
                (from === undefined || Number(from) < 0 || Number(to) < Number(from));
            return shorter
                ? { class: "data-loss", subject, text: `${kept}: older records are deleted` }
                : { class: "hot", subject, text: kept };
        }
        if (key === "cleanup.policy")
            return {
                class: "data-loss",
                subject,
                text:
                    `${topic}: cleanup.policy, which decides what is deleted, ` +
                    `is ${to ?? unset} instead of ${from ?? unset}`,
            };
        return { class: "hot", subject, text: `${topic}: \`${path.join(".")}\` is changed while it is in use` };
    });
}

/** Kafka or a node pool on both sides. */
export function changedKafka(before: RenderedObject, after: RenderedObject): Consequence[] {
    const settings = changedSettings(before.content, after.content);
    const subject = subjectOf(after);
    const names = list(settings.map(({ path }) => path.join(".").replace(/^spec\./, "")));
    if (settings.every((setting) => !isBelow(setting, "spec")))
        return [{ class: "hot", subject, text: `\`${after.name}\`: ${names} without a restart` }];
    if (settings.every((setting) => isBelow(setting, "spec", "kafka", "config")))
        return [
            {
                class: "broker-roll",
                subject,
                text:
                    `\`${after.name}\`: Kafka applies ${names} while it runs where it can; ` +
                    "otherwise its brokers restart in turn",
            },
        ];
    return [{ class: "broker-roll", subject, text: `brokers of \`${after.name}\` restart in turn: ${names}` }];
}

/** Kafka or a node pool that is removed. */
export const removedKafka = (object: RenderedObject): Consequence => ({
    class: "data-loss",
    subject: subjectOf(object),
    text: `\`${object.name}\` is removed with the brokers that it describes`,
});

/** A user on both sides, or on one. */
export function changedUser(before?: RenderedObject, after?: RenderedObject): Consequence[] {
    const user = (after ?? before)!;
    const subject = subjectOf(user);
    if (!after) return [{ class: "removed", subject, text: `user \`${user.name}\` loses its login and its Secret` }];
    if (!before) return [{ class: "new", subject, text: `user \`${user.name}\` is new` }];
    const changed = list(changedSettings(before.content, after.content).map(({ path }) => path.join(".")));
    return [{ class: "hot", subject, text: `user \`${user.name}\`: ${changed} without a restart of its clients` }];
}
