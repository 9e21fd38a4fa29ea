/** MirrorMaker's source: topics of another Kafka cluster, record by record. */
import { boolean, object, kafkaTopic, array, string, integer } from "../schema/primitives";
import { mirrorConfig, mirrorShape, sourceCluster, syncsInTarget } from "./mirrorOptions";
import { connectorName, literalPattern, namePart, topicPart } from "./names";
import { writingIssues } from "./sourceOptions";
import type { Template } from "./template";

const schema = object({
    ...mirrorShape,
    source: object({
        ...sourceCluster,
        topic: kafkaTopic().optional().describe("Topic to copy. Excludes `topics`"),
        topics: array(kafkaTopic()).describe("Topics to copy. Excludes `topic`"),
    })
        .refine((source) => (source.topic === undefined) !== (source.topics.length === 0), {
            error: "either topic or topics",
        })
        .describe("The source Kafka cluster and its topics"),
    replicationFactor: integer(-1, 9).optional().describe("Replicas of the copies. Default: kafka.replicationFactor"),
    syncTopicConfigs: boolean().default(true).describe("Whether changes of the topics' configuration are copied"),
    syncAcls: boolean()
        .default(false)
        .describe(
            "Whether the topics' ACLs are copied. Needs rights to read ACLs in the source and to write them " +
                "in the target",
        ),
    offsetSyncs: boolean()
        .default(true)
        .describe("Whether pairs of source and target offsets are recorded. mirrorCheckpointConnector needs them"),
    refreshMinutes: integer(1, 1440).default(10).describe("Minutes between checks for new partitions"),
    isolation: string("read_committed or read_uncommitted", /^read_(un)?committed$/)
        .default("read_committed")
        .describe("Whether records of aborted transactions are skipped (read_committed) or copied (read_uncommitted)"),
});

/** Topics of another Kafka cluster. */
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
        const suffix = topics.length > 1 ? `-and-${topics.length - 1}-more` : "";
        const replicas = declaration.replicationFactor ?? context.replicationFactor;
        const targetTopic = (name: string) =>
            declaration.replicationPolicy === "identity" ? name : `${source.instance}.${name}`;
        return {
            baseName:
                declaration.name ??
                connectorName([`${namePart(source.instance)}mirror`, `${topicPart(topics[0])}${suffix}`]),
            config: {
                ...mirrorConfig(declaration, context),
                topics: topics.map(literalPattern).join(","),
                // the default excludes names that end in `.internal` or `.replica`, even declared ones
                "topics.exclude": "",
                "replication.factor": replicas,
                "emit.offset-syncs.enabled": declaration.offsetSyncs,
                // the plugin rejects these keys when it emits none
                ...(declaration.offsetSyncs
                    ? { ...syncsInTarget, "offset-syncs.topic.replication.factor": replicas }
                    : {}),
                "sync.topic.configs.enabled": declaration.syncTopicConfigs,
                "sync.topic.acls.enabled": declaration.syncAcls,
                "refresh.topics.interval.seconds": declaration.refreshMinutes * 60,
                "source.consumer.isolation.level": declaration.isolation,
            },
            outputTopics: topics.map(targetTopic),
            issues: writingIssues(declaration, context),
        };
    },
};
