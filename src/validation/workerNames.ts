/** Names of the workers' group and topics that Kafka or a sink uses already. */
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";

/** Topics of Kafka itself. */
const kafkaTopics = ["__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata"];

/** Workers and the consumers of a sink cannot be members of one group, as their protocols differ. */
export function checkWorkerNames({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    if (!connect?.install) return [];
    const { groupId, ...topics } = storageOf(connect);
    const ofKafka = Object.entries(topics)
        .filter(([, topic]) => kafkaTopics.includes(topic))
        .map(([setting, topic]) =>
            invalidValue(["connect", setting], topic, "another topic", { reason: "it is Kafka's own" }),
        );
    const sink = connectors.find(
        ({ name, inputTopics, config }) =>
            inputTopics.length > 0 && groupId === String(config["consumer.override.group.id"] ?? `connect-${name}`),
    );
    return [
        ...ofKafka,
        ...(sink === undefined
            ? []
            : [
                  issue(
                      "KCP_SHARED_RESOURCE",
                      ["connect", "groupId"],
                      `"${groupId}" is the consumer group of ${sink.declaredAt}: Kafka rejects the one that joins ` +
                          "later; use another group id",
                  ),
              ]),
    ];
}
