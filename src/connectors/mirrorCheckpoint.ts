/** MirrorMaker's checkpoints: where consumer groups of another Kafka cluster stand, told in positions of the copies here. */
import { flag, group, list, text, wholeNumber } from "../schema/primitives";
import { clusterOnly, mirrorConfig, mirrorShape, syncsHere } from "./mirrorOptions";
import { connectorName, literalPattern, namePart } from "./names";
import { writingFaults } from "./sourceOptions";
import type { Template } from "./template";

const schema = group({
    ...mirrorShape,
    source: clusterOnly(),
    groups: list(text("the name of a consumer group")).describe("Consumer groups it follows. None: all of them"),
    syncGroupOffsets: flag()
        .default(false)
        .describe("Whether the groups' positions are also set here, as long as nobody of a group reads here"),
    intervalSeconds: wholeNumber(1, 3600).default(60).describe("Seconds between checkpoints"),
});

export const mirrorCheckpoint: Template<typeof schema> = {
    name: "mirrorCheckpointConnector",
    summary: "Positions of another Kafka cluster's consumer groups, by MirrorMaker",
    class: "org.apache.kafka.connect.mirror.MirrorCheckpointConnector",
    defaultTasksMax: 1,
    mostTasks: 1000,
    schema,
    build(declaration, platform) {
        const { instance } = declaration.source;
        return {
            baseName: declaration.name ?? connectorName([`${namePart(instance)}mirror`, "checkpoint"]),
            config: {
                ...mirrorConfig(declaration, platform),
                ...syncsHere,
                ...(declaration.groups.length > 0 ? { groups: declaration.groups.map(literalPattern).join(",") } : {}),
                "checkpoints.topic.replication.factor": platform.replicationFactor,
                "emit.checkpoints.interval.seconds": declaration.intervalSeconds,
                "sync.group.offsets.enabled": declaration.syncGroupOffsets,
                "sync.group.offsets.interval.seconds": declaration.intervalSeconds,
            },
            topics: [`${instance}.checkpoints.internal`],
            claims: [
                { kind: "checkpoints topic", value: `${instance}.checkpoints.internal`, option: "source.instance" },
            ],
            faults: writingFaults(declaration, platform),
        };
    },
};
