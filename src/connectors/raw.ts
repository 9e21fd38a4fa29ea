/** Any connector that the image has: the class and its whole configuration as the plugin's own documentation has them. */
import { dnsName, object, kafkaTopic, array, string } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import type { Template } from "./template";

const schema = object({
    ...commonShape,
    name: dnsName().max(200, { error: "a DNS name of at most 200 characters" }).describe("Base name of the connector"),
    class: string("a class name", /^[\w$]+(\.[\w$]+)+$/).describe(
        "Class of the connector, which a plugin of the manifest must provide",
    ),
    topics: array(kafkaTopic()).describe("Topics it writes to, for the stack's outputs"),
    reads: array(kafkaTopic()).describe("Topics it reads, likewise. Default: `topics` of its config"),
});

export const raw: Template<typeof schema> = {
    name: "raw",
    summary: "Any connector of the image, configured by hand",
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build: ({ name, class: className, topics, reads, config }) => ({
        class: className,
        baseName: name,
        config: {},
        outputTopics: topics,
        inputTopics:
            reads.length > 0
                ? reads
                : String(config.topics ?? "")
                      .split(",")
                      .map((part) => part.trim())
                      .filter(Boolean),
        exclusiveNames: [],
    }),
};
