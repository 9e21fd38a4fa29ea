/** MirrorMaker's heartbeats: periodic records that show the lag of a mirror while no other record is copied. */
import { object, integer } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorIssues, mirrorShape, readAsRole } from "./mirrorOptions";
import { connectorName, namePart } from "./names";
import type { Template } from "./template";

const schema = object({
    ...mirrorShape,
    source: clusterOnly(),
    intervalSeconds: integer(1, 3600).default(5).describe("Seconds between heartbeats"),
});

/** Heartbeats for mirrors. */
export const mirrorHeartbeat: Template<typeof schema> = {
    name: "mirrorHeartbeatConnector",
    summary: "Heartbeats for mirrors from another Kafka cluster, by MirrorMaker",
    class: "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { instance } = declaration.source;
        return {
            baseName: declaration.name ?? connectorName([`${namePart(instance)}mirror`, "heartbeat"]),
            config: {
                ...mirrorConfig(declaration, context),
                "heartbeats.topic.replication.factor": context.replicationFactor,
                "emit.heartbeats.interval.seconds": declaration.intervalSeconds,
            },
            outputTopics: ["heartbeats"],
            ...readAsRole(declaration.source),
            issues: mirrorIssues(declaration, context),
        };
    },
};
