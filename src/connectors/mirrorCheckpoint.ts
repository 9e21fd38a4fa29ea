/** MirrorMaker's checkpoints: offsets of another Kafka cluster's consumer groups, translated to the copies' offsets. */
import { boolean, object, array, string, integer } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorShape, syncsInTarget } from "./mirrorOptions";
import { connectorName, literalPattern, namePart } from "./names";
import { writingIssues } from "./sourceOptions";
import type { Template } from "./template";

const schema = object({
    ...mirrorShape,
    source: clusterOnly(),
    groups: array(string("the name of a consumer group")).describe("Consumer groups to follow. Default: all"),
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
                ...(declaration.groups.length > 0 ? { groups: declaration.groups.map(literalPattern).join(",") } : {}),
                "checkpoints.topic.replication.factor": context.replicationFactor,
                "emit.checkpoints.interval.seconds": declaration.intervalSeconds,
                "sync.group.offsets.enabled": declaration.syncGroupOffsets,
                "sync.group.offsets.interval.seconds": declaration.intervalSeconds,
            },
            outputTopics: [`${instance}.checkpoints.internal`],
            issues: writingIssues(declaration, context),
        };
    },
};
