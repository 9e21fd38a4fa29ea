/** Consequences of changes of the Connect cluster and of what its workers use. Pure. */
import { changedSettings, isBelow, type ChangedSetting } from "./changedSettings";
import { connectorFacts } from "./connectorFacts";
import type { Consequence } from "./consequence";
import { subjectOf, type RenderedObject } from "./renderedStack";
import { list } from "./sentences";
import { formatDuration, type Statistics } from "./statistics";
import { plural } from "../util/plural";

/** What connectors of the cluster do when workers change. */
export interface Workload {
    /** Connectors before the change. */
    readonly connectors: readonly RenderedObject[];
    readonly statistics: Statistics;
}

/** Settings that the operator applies without new pods. */
const isHot = (setting: ChangedSetting): boolean =>
    !isBelow(setting, "spec") ||
    isBelow(setting, "spec", "replicas") ||
    isBelow(setting, "spec", "logging") ||
    isBelow(setting, "spec", "template", "podDisruptionBudget");

/** Settings that give the cluster other internal topics, so that its connectors' offsets are not found. */
const offsetSettings = [
    "spec.groupId",
    "spec.offsetStorageTopic",
    "spec.config.group.id",
    "spec.config.offset.storage.topic",
];

const shown = (setting: ChangedSetting): string => setting.path.join(".").replace(/^spec\./, "");

/** `14 tasks of 6 connectors` */
const tasksOf = (connectors: readonly RenderedObject[]): string => {
    const running = connectors.filter(({ content }) => (content.spec.state ?? "running") === "running");
    const tasks = running.reduce((sum, object) => sum + connectorFacts(object).tasksMax, 0);
    const verb = tasks === 1 ? "stops" : "stop";
    return `at most ${plural(tasks, "task")} of ${plural(running.length, "connector")} ${verb}`;
};

/** The workers restart one after the other. */
export function workerRoll(
    cluster: RenderedObject,
    reasons: readonly string[],
    { connectors, statistics }: Workload,
): Consequence {
    const replicas = Number(cluster.content.spec.replicas ?? 1);
    const seconds = statistics.workerRestartSeconds;
    const all = replicas === 1 ? ", all of them at once" : " in turn";
    const duration = seconds ? `, ${formatDuration(seconds)} each` : "";
    return {
        class: "worker-roll",
        subject: subjectOf(cluster),
        text:
            `${plural(replicas, "worker")} of \`${cluster.name}\` restart${replicas === 1 ? "s" : ""}: ` +
            `${tasksOf(connectors)}${all}${duration}: ${list(reasons)}`,
    };
}

/** A Connect cluster on both sides. */
export function changedConnect(before: RenderedObject, after: RenderedObject, workload: Workload): Consequence[] {
    const settings = changedSettings(before.content, after.content);
    const subject = subjectOf(after);
    const rolling = settings.filter((setting) => !isHot(setting));
    const hot = settings.filter(isHot);
    const found: Consequence[] = [];
    if (rolling.length > 0) found.push(workerRoll(after, rolling.map(shown), workload));
    const scaled = hot.find((setting) => isBelow(setting, "spec", "replicas"));
    if (scaled)
        found.push({
            class: "hot",
            subject,
            text:
                `\`${after.name}\` has ${plural(Number(scaled.to), "worker")} instead of ${String(scaled.from)}: ` +
                "tasks that move to another worker restart, the others continue",
        });
    const others = hot.filter((setting) => setting !== scaled);
    if (others.length > 0)
        found.push({ class: "hot", subject, text: `\`${after.name}\`: ${list(others.map(shown))} without a restart` });
    if (settings.some(({ path }) => offsetSettings.includes(path.join("."))))
        found.push({
            class: "snapshot",
            subject,
            text:
                `\`${after.name}\` finds no offsets under its new group or topic: every source starts again ` +
                `(${list(workload.connectors.map(({ name }) => name))})`,
        });
    return found;
}

/** The image on both sides: another image is another digest, which a render cannot know. */
export function changedImage(
    before: RenderedObject,
    after: RenderedObject,
    clusters: readonly RenderedObject[],
    workload: Workload,
): Consequence[] {
    const settings = changedSettings(before.content, after.content);
    const reasons = settings.map(({ path }) => path.at(-1)!).filter((key) => key !== "imageName");
    return clusters
        .filter(({ content }) => content.spec.image === `<${after.name}.repoDigest>`)
        .map((cluster) =>
            workerRoll(
                cluster,
                reasons.map((reason) => `image: ${reason}`),
                workload,
            ),
        );
}
