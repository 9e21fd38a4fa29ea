/** MirrorMaker's source: topics of another Kafka cluster, record by record. */
import { boolean, object, kafkaTopic, array, string, integer } from "../schema/primitives";
import { mirrorConfig, mirrorShape, sourceCluster, syncsHere } from "./mirrorOptions";
import { connectorName, literalPattern, namePart, topicPart } from "./names";
import { writingIssues } from "./sourceOptions";
import type { Template } from "./template";

const schema = object({
    ...mirrorShape,
    source: object({
        ...sourceCluster,
        topic: kafkaTopic().optional().describe("Topic to copy"),
        topics: array(kafkaTopic()).describe("Topics to copy, where they are several"),
    })
        .refine((source) => (source.topic === undefined) !== (source.topics.length === 0), {
            error: "either topic or topics",
        })
        .describe("The other Kafka cluster and what is copied of it"),
    replicationFactor: integer(-1, 9)
        .optional()
        .describe("Replicas of the topics here. Default: kafka.replicationFactor"),
    syncTopicConfigs: boolean().default(true).describe("Whether changes of a topic's configuration are copied too"),
    syncAcls: boolean()
        .default(false)
        .describe(
            "Whether the topics' ACLs are copied too; that wants rights to read them there and to write them here",
        ),
    offsetSyncs: boolean()
        .default(true)
        .describe("Whether it is recorded which position here is which there; mirrorCheckpointConnector needs it"),
    refreshMinutes: integer(1, 1440).default(10).describe("Minutes between looks for new partitions"),
    isolation: string("read_committed or read_uncommitted", /^read_(un)?committed$/)
        .default("read_committed")
        .describe("Whether records of aborted transactions are left out (read_committed) or copied too"),
});

export const mirrorSource: Template<typeof schema> = {
    name: "mirrorSourceConnector",
    summary: "Topics of another Kafka cluster, by MirrorMaker",
    class: "org.apache.kafka.connect.mirror.MirrorSourceConnector",
    defaultTasksMax: 2,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { source } = declaration;
        const topics = source.topic ? [source.topic] : source.topics;
        const more = topics.length > 1 ? `-and-${topics.length - 1}-more` : "";
        const replicas = declaration.replicationFactor ?? context.replicationFactor;
        const here = (name: string) =>
            declaration.replicationPolicy === "identity" ? name : `${source.instance}.${name}`;
        return {
            baseName:
                declaration.name ??
                connectorName([`${namePart(source.instance)}mirror`, `${topicPart(topics[0])}${more}`]),
            config: {
                ...mirrorConfig(declaration, context),
                topics: topics.map(literalPattern).join(","),
                // the stock filter leaves out names that end in `.internal` or `.replica`; who names a topic wants it
                "topics.exclude": "",
                "replication.factor": replicas,
                "emit.offset-syncs.enabled": declaration.offsetSyncs,
                // the plugin refuses these where it emits none
                ...(declaration.offsetSyncs ? { ...syncsHere, "offset-syncs.topic.replication.factor": replicas } : {}),
                "sync.topic.configs.enabled": declaration.syncTopicConfigs,
                "sync.topic.acls.enabled": declaration.syncAcls,
                "refresh.topics.interval.seconds": declaration.refreshMinutes * 60,
                "source.consumer.isolation.level": declaration.isolation,
            },
            outputTopics: topics.map(here),
            exclusiveNames: topics.map((name) => ({
                kind: "mirrored topic",
                value: here(name),
                option: "source.topic",
            })),
            issues: writingIssues(declaration, context),
        };
    },
};
