/** Kafka's own file source, for trials: the lines of a file on the worker. It keeps no more than one file on one worker. */
import { group, kafkaTopic, text, wholeNumber } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import { connectorName, topicPart } from "./names";
import { sourceConfig, sourceFaults, sourceShape } from "./sourceOptions";
import type { Template } from "./template";
import { routedTopics } from "./transforms";

const schema = group({
    ...commonShape,
    ...sourceShape,
    file: text("an absolute path", /^\/\S+$/).describe(
        "File to read, on the worker; lines that are appended are read too",
    ),
    topic: kafkaTopic().describe("Topic the lines go to"),
    batchSize: wholeNumber(1, 100_000).default(2000).describe("Lines read at once"),
});

export const fileStreamSource: Template<typeof schema> = {
    name: "fileStreamSourceConnector",
    summary: "Lines of a file on the worker, for trials",
    class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
    defaultTasksMax: 1,
    mostTasks: 1,
    schema,
    build: (declaration, platform) => ({
        baseName: declaration.name ?? connectorName(["file", topicPart(declaration.topic)]),
        config: {
            file: declaration.file,
            topic: declaration.topic,
            "batch.size": declaration.batchSize,
            ...sourceConfig(declaration, platform),
        },
        topics: routedTopics([declaration.topic], declaration.transforms),
        claims: [],
        faults: sourceFaults(declaration, platform),
    }),
};
