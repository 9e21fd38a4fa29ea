/** Kafka's file sink, for trials: records as lines of a file on the worker. */
import { object, string } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import { connectorName } from "./names";
import { sinkConfig, sinkIssues, sinkShape, topicsPart } from "./sinkOptions";
import type { Template } from "./template";
import { namesOrPrefixes } from "./topicItems";

const schema = object({
    ...commonShape,
    ...sinkShape,
    file: string("an absolute path", /^\/\S+$/).describe("File to append to, on the worker"),
});

/** Records as lines of a file. */
export const fileStreamSink: Template<typeof schema> = {
    name: "fileStreamSinkConnector",
    summary: "Records as lines of a file on the worker, for trials",
    class: "org.apache.kafka.connect.file.FileStreamSinkConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const baseName = declaration.name ?? connectorName([topicsPart(declaration.topics), "to-file"]);
        return {
            baseName,
            config: { file: declaration.file, ...sinkConfig(declaration, baseName, context) },
            outputTopics: [],
            inputTopics: namesOrPrefixes(declaration.topics),
            issues: sinkIssues(declaration, context),
        };
    },
};
