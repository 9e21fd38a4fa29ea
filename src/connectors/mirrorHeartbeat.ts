/** MirrorMaker's heartbeats: a record every so often, by which a lag shows although nothing else is copied. */
import { group, wholeNumber } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorShape } from "./mirrorOptions";
import { connectorName, namePart } from "./names";
import { writingFaults } from "./sourceOptions";
import type { Template } from "./template";

const schema = group({
    ...mirrorShape,
    source: clusterOnly(),
    intervalSeconds: wholeNumber(1, 3600).default(5).describe("Seconds between heartbeats"),
});

export const mirrorHeartbeat: Template<typeof schema> = {
    name: "mirrorHeartbeatConnector",
    summary: "Heartbeats of the way from another Kafka cluster, by MirrorMaker",
    class: "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
    defaultTasksMax: 1,
    mostTasks: 1,
    schema,
    build(declaration, platform) {
        const { instance } = declaration.source;
        return {
            baseName: declaration.name ?? connectorName([`${namePart(instance)}mirror`, "heartbeat"]),
            config: {
                ...mirrorConfig(declaration, platform),
                "heartbeats.topic.replication.factor": platform.replicationFactor,
                "emit.heartbeats.interval.seconds": declaration.intervalSeconds,
            },
            topics: ["heartbeats"],
            claims: [],
            faults: writingFaults(declaration, platform),
        };
    },
};
