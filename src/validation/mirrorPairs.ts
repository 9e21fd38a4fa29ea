/** MirrorMaker's checkpoints, against the sources of the same cluster: they translate what the sources record. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";

const isClass =
    (name: string) =>
    ({ class: className }: ResolvedConnector): boolean =>
        className === `org.apache.kafka.connect.mirror.${name}`;

const defaultPolicy = "org.apache.kafka.connect.mirror.DefaultReplicationPolicy";

/** Keys that must be the same for both, with Kafka's defaults and what differs otherwise. */
const shared: readonly [key: string, byDefault: string, consequence: string][] = [
    ["replication.policy.class", defaultPolicy, "offsets are translated for topics that do not exist"],
    ["replication.policy.separator", ".", "offsets are translated for topics that do not exist"],
    ["offset-syncs.topic.location", "source", "it reads another topic of offsets, which stays empty"],
];

/** Warnings for the checkpoints that translate nothing, or for other topics. */
export function mirrorPairWarnings(connectors: readonly ResolvedConnector[]): Issue[] {
    const sources = connectors.filter(isClass("MirrorSourceConnector"));
    return connectors.filter(isClass("MirrorCheckpointConnector")).flatMap((checkpoint): Issue[] => {
        const alias = checkpoint.config["source.cluster.alias"];
        const own = sources.filter(({ config }) => config["source.cluster.alias"] === alias);
        if (own.length === 0) return [];
        if (own.every(({ config }) => String(config["emit.offset-syncs.enabled"]) === "false"))
            return [
                issue(
                    "KCP_UNUSED_SETTING",
                    ["connectors", checkpoint.index],
                    `translates no offset: ${own[0].declaredAt} records none; set offsetSyncs: true there`,
                ),
            ];
        return shared.flatMap(([key, byDefault, consequence]): Issue[] => {
            const value = (connector: ResolvedConnector) => String(connector.config[key] ?? byDefault);
            const other = own.find((source) => value(source) !== value(checkpoint));
            return other
                ? [
                      issue(
                          "KCP_CONFLICTING_SETTINGS",
                          checkpoint.settingPath(key),
                          `is not that of ${other.declaredAt} (${key}): ${consequence}`,
                      ),
                  ]
                : [];
        });
    });
}
