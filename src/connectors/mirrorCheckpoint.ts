/** MirrorMaker's checkpoints: offsets of another Kafka cluster's consumer groups, translated to the copies' offsets. */
import { z } from "zod";
import { boolean, object, array, string, integer } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorIssues, mirrorShape, readAsRole, syncsInTarget } from "./mirrorOptions";
import { connectorName, literalPattern, namePart } from "./names";
import type { Template } from "./template";

const groupItem = z.union(
    [
        string("the name of a consumer group"),
        object({
            pattern: string("a regular expression without a comma", /^[^,\r\n]+$/).describe(
                "Regular expression of the whole name, in Java's syntax",
            ),
        }),
    ],
    { error: "the name of a consumer group, or an object with pattern" },
);

const groupExpression = (item: string | { pattern: string }): string =>
    typeof item === "string" ? literalPattern(item) : item.pattern;

const schema = object({
    ...mirrorShape,
    source: clusterOnly(),
    groups: array(groupItem).describe(
        "Consumer groups to follow: names, or objects with `pattern`, a regular expression. Default: all",
    ),
    syncGroupOffsets: boolean()
        .default(false)
        .describe(
            "Whether the translated offsets are also committed in this Kafka, for groups that have no member here",
        ),
    intervalSeconds: integer(1, 3600).default(60).describe("Seconds between checkpoints"),
});

/** Offsets of another Kafka cluster's consumer groups. */
export const mirrorCheckpoint: Template<typeof schema> = {
    name: "mirrorCheckpointConnector",
    summary: "Offsets of another Kafka cluster's consumer groups, by MirrorMaker",
    class: "org.apache.kafka.connect.mirror.MirrorCheckpointConnector",
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { instance } = declaration.source;
        return {
            baseName: declaration.name ?? connectorName([`${namePart(instance)}mirror`, "checkpoint"]),
            config: {
                ...mirrorConfig(declaration, context),
                ...syncsInTarget,
                ...(declaration.groups.length > 0 ? { groups: declaration.groups.map(groupExpression).join(",") } : {}),
                "checkpoints.topic.replication.factor": context.replicationFactor,
                "emit.checkpoints.interval.seconds": declaration.intervalSeconds,
                "sync.group.offsets.enabled": declaration.syncGroupOffsets,
                "sync.group.offsets.interval.seconds": declaration.intervalSeconds,
            },
            outputTopics: [`${instance}.checkpoints.internal`],
            ...readAsRole(declaration.source),
            issues: mirrorIssues(declaration, context),
        };
    },
};
