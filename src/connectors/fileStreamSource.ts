/** Kafka's file source, for trials: the lines of one file on one worker. */
import { object, kafkaTopic, string, integer } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import { connectorName, topicPart } from "./names";
import { sourceConfig, sourceIssues, sourceShape } from "./sourceOptions";
import type { Template } from "./template";
import { routedTopics } from "./transforms";

const schema = object({
    ...commonShape,
    ...sourceShape,
    file: string("an absolute path", /^\/\S+$/).describe(
        "File to read, on the worker. Lines appended later are read too",
    ),
    topic: kafkaTopic().describe("Topic it writes"),
    batchSize: integer(1, 100_000).default(2000).describe("Lines per batch"),
});

/** Lines of a file. */
export const fileStreamSource: Template<typeof schema> = {
    name: "fileStreamSourceConnector",
    summary: "Lines of a file on the worker, for trials",
    class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build: (declaration, context) => ({
        baseName: declaration.name ?? connectorName(["file", topicPart(declaration.topic)]),
        config: {
            file: declaration.file,
            topic: declaration.topic,
            "batch.size": declaration.batchSize,
            ...sourceConfig(declaration, context),
        },
        outputTopics: routedTopics([declaration.topic], declaration.transforms),
        issues: sourceIssues(declaration, context),
    }),
};
