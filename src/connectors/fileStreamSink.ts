/** Kafka's own file sink, for trials: records as lines of a file on the worker. */
import { group, text } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import { connectorName } from "./names";
import { sinkConfig, sinkFaults, sinkShape, topicsPart } from "./sinkOptions";
import type { Template } from "./template";

const schema = group({
    ...commonShape,
    ...sinkShape,
    file: text("an absolute path", /^\/\S+$/).describe("File to append to, on the worker"),
});

export const fileStreamSink: Template<typeof schema> = {
    name: "fileStreamSinkConnector",
    summary: "Records as lines of a file on the worker, for trials",
    class: "org.apache.kafka.connect.file.FileStreamSinkConnector",
    defaultTasksMax: 1,
    mostTasks: 1,
    schema,
    build(declaration, platform) {
        const baseName = declaration.name ?? connectorName([topicsPart(declaration.topics), "to-file"]);
        return {
            baseName,
            config: { file: declaration.file, ...sinkConfig(declaration, baseName, platform) },
            topics: [],
            reads: declaration.topics,
            claims: [{ kind: "file", value: declaration.file, option: "file" }],
            faults: sinkFaults(declaration, platform),
        };
    },
};
