/**
 * What only one connector of a stack can have: names, replication slots, server ids, topics. All of it is read from
 * the final configuration, so that a name that `config`, the template `raw` or a version suffix makes the same is
 * found too.
 */
import { withoutEscapes } from "../connectors/names";
import type { ConnectorConfig, ResolvedConnector } from "../connectors/template";
import { issue, type Issue, type SettingPath } from "../schema/issues";

type Config = Readonly<ConnectorConfig>;

/** Where something is: connectors of other Connect clusters can have the same in the same Kafka or database. */
type Place = "cluster" | "kafka" | "database";

interface ExclusiveRule {
    readonly classes: RegExp;
    /** What it is, for the message. */
    readonly kind: string;
    /** The key of the configuration that decides it. */
    readonly key: string;
    /** The option of the templates that decides it. */
    readonly option: string;
    /** The names that the connector has, as the message prints them. */
    readonly names: (config: Config, connector: string) => string[];
    /** Where the names are unique. Default: in the stack. */
    readonly scope?: (config: Config) => string;
    /** Whether two connectors with this configuration can share the name. */
    readonly isShareable?: (config: Config) => boolean;
    /** Default: Kafka. */
    readonly place?: Place;
}

const valueOf =
    (key: string, byDefault?: string) =>
    (config: Config): string[] => {
        const value = config[key] ?? byDefault;
        return value === undefined || value === "" ? [] : [String(value)];
    };

const serverOf = (config: Config): string => `${config["database.hostname"]}:${config["database.port"] ?? ""}`;

/**
 * Names of mirrored topics in the target cluster. An item of `topics` is a regular expression: compared as it is
 * written.
 */
const mirroredTopics = (config: Config): string[] => {
    const keepsNames = String(config["replication.policy.class"] ?? "").endsWith(".IdentityReplicationPolicy");
    const alias = keepsNames ? "" : `${config["source.cluster.alias"] ?? "source"}.`;
    return String(config.topics ?? ".*")
        .split(",")
        .map((topic) => alias + withoutEscapes(topic.trim()));
};

const rules: readonly ExclusiveRule[] = [
    {
        classes: /^io\.debezium\.connector\.(?!jdbc)/,
        kind: "topic prefix",
        key: "topic.prefix",
        option: "topicPrefix",
        names: valueOf("topic.prefix"),
    },
    {
        classes: /\.PostgresConnector$/,
        kind: "replication slot",
        key: "slot.name",
        option: "slotName",
        names: valueOf("slot.name", "debezium"),
        place: "database",
        scope: serverOf,
    },
    {
        classes: /\.PostgresConnector$/,
        kind: "publication",
        key: "publication.name",
        option: "publicationName",
        names: valueOf("publication.name", "dbz_publication"),
        place: "database",
        scope: (config) => `${serverOf(config)}/${config["database.dbname"]}`,
        // `filtered` limits the publication to the connector's own tables
        isShareable: (config) => config["publication.autocreate.mode"] !== "filtered",
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb)\./,
        kind: "MySQL server id",
        key: "database.server.id",
        option: "serverId",
        names: valueOf("database.server.id"),
        place: "database",
        scope: serverOf,
    },
    {
        classes: /^io\.debezium\.connector\./,
        kind: "schema history topic",
        key: "schema.history.internal.kafka.topic",
        option: "schemaHistoryTopic",
        names: valueOf("schema.history.internal.kafka.topic"),
    },
    {
        classes: /\.MirrorSourceConnector$/,
        kind: "mirrored topic",
        key: "topics",
        option: "source.topic",
        names: mirroredTopics,
    },
    {
        classes: /\.MirrorCheckpointConnector$/,
        kind: "checkpoints topic",
        key: "source.cluster.alias",
        option: "source.instance",
        names: (config) => valueOf("source.cluster.alias")(config).map((alias) => `${alias}.checkpoints.internal`),
    },
    {
        classes: /Sink(Connector)?$/,
        kind: "consumer group",
        key: "consumer.override.group.id",
        option: 'config."consumer.override.group.id"',
        // by default each sink has its own, by its name (SinkUtils.consumerGroupId)
        names: (config, connector) => valueOf("consumer.override.group.id", `connect-${connector}`)(config),
    },
    {
        classes: /\.FileStreamSinkConnector$/,
        kind: "file",
        key: "file",
        option: "file",
        names: valueOf("file"),
        place: "cluster",
    },
];

/** Something that a connector has, and where the stack file decides it. */
interface Claim {
    readonly kind: string;
    readonly name: string;
    readonly scope: string;
    readonly isShareable: boolean;
    readonly path: () => SettingPath;
    readonly fix: string;
    readonly place: Place;
}

function claimsOf(connector: ResolvedConnector): Claim[] {
    const { baseName, class: className, config, index, name, overriddenKeys, template } = connector;
    const byName = [...new Set([name, baseName])].map((value): Claim => ({
        kind: "connector name",
        name: value,
        scope: "",
        isShareable: false,
        path: () => ["connectors", index],
        fix: "give one of them another name",
        place: "cluster",
    }));
    const byConfig = rules
        .filter(({ classes }) => classes.test(className))
        .flatMap(({ kind, key, option, names, scope, isShareable, place = "kafka" }) => {
            const isConfigKey = template === "raw" || overriddenKeys.includes(key);
            return names(config, name).map((value): Claim => ({
                kind,
                name: value,
                scope: scope?.(config) ?? "",
                isShareable: isShareable?.(config) ?? false,
                path: () => connector.settingPath(key),
                fix: `give one of them another ${isConfigKey ? `config."${key}"` : option}`,
                place,
            }));
        });
    return [...byName, ...byConfig];
}

/**
 * An issue for each connector that has something of an earlier one: one each, as equal names make all that derives
 * equal.
 *
 * @param places what the connectors have in common
 */
export function checkExclusiveNames(
    connectors: readonly ResolvedConnector[],
    places: readonly Place[] = ["cluster", "kafka", "database"],
): Issue[] {
    const holders = new Map<string, { claim: Claim; connector: ResolvedConnector }>();
    return connectors.flatMap((connector) => {
        let conflict: Issue | undefined;
        for (const claim of claimsOf(connector)) {
            if (!places.includes(claim.place)) continue;
            const identity = JSON.stringify([claim.kind, claim.name, claim.scope]);
            const holder = holders.get(identity);
            if (!holder) holders.set(identity, { claim, connector });
            else if (holder.connector !== connector && !(holder.claim.isShareable && claim.isShareable))
                conflict ??= issue(
                    "KCP_SHARED_RESOURCE",
                    claim.path(),
                    `${claim.kind} "${claim.name}" is also used by ${holder.connector.declaredAt}; ${claim.fix}`,
                );
        }
        return conflict ? [conflict] : [];
    });
}
