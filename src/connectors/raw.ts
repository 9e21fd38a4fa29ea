/** Any connector of the image: its class and its configuration, as in the plugin's documentation. */
import { dnsName, object, kafkaTopic, array, string } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import type { ConnectorConfig, Template } from "./template";
import { topicPrefixes } from "./topicItems";
import { listItems } from "../util/listItems";

const schema = object({
    ...commonShape,
    name: dnsName().max(200, { error: "a DNS name of at most 200 characters" }).describe("Base name of the connector"),
    class: string("a class name", /^[\w$]+(\.[\w$]+)*$/).describe(
        "Class of the connector. A plugin of the manifest must provide it",
    ),
    topics: array(kafkaTopic()).describe("Topics it writes, for the stack's outputs and its rights"),
    reads: array(kafkaTopic()).describe("Topics it reads. Default: `topics` or `topics.regex` of its config"),
});

/** The topics of a sink's configuration. */
const configuredTopics = (config: ConnectorConfig): string[] => [
    ...listItems(config.topics),
    ...(config["topics.regex"] === undefined ? [] : topicPrefixes(String(config["topics.regex"]))),
];

/** A connector whose configuration the stack file contains whole. */
export const raw: Template<typeof schema> = {
    name: "raw",
    summary: "Any connector of the image, with its whole configuration",
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build: ({ name, class: className, topics, reads, config }) => ({
        class: className,
        baseName: name,
        config: {},
        outputTopics: topics,
        inputTopics: reads.length > 0 ? reads : configuredTopics(config),
    }),
};
