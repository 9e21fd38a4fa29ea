/** MirrorMaker's checkpoints: offsets of another Kafka cluster's consumer groups, translated to the copies' offsets. */
import { boolean, object, array, integer } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorIssues, mirrorShape, readAsRole, syncsInTarget } from "./mirrorOptions";
import { connectorName, namePart } from "./names";
import type { Template } from "./template";
import { mirrorGroupItem, topicExpression } from "./topicItems";

const schema = object({
    ...mirrorShape,
    source: clusterOnly(),
    groups: array(mirrorGroupItem()).describe(
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
                ...(declaration.groups.length > 0 ? { groups: declaration.groups.map(topicExpression).join(",") } : {}),
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
