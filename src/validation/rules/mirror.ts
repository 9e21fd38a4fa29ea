/** MirrorMaker's connectors. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

const byteArrayConverter = "org.apache.kafka.connect.converters.ByteArrayConverter";

/** A connector that runs with transforms can change the records or their topics on purpose. */
const hasTransforms = ({ config, template }: ResolvedConnector): boolean =>
    template === "raw" && String(config.transforms ?? "").trim() !== "";

const otherConverters = (connector: ResolvedConnector): Finding[] =>
    ["key.converter", "value.converter"]
        .filter((key) => connector.config[key] !== byteArrayConverter)
        .map((key) => ({
            code: "KCP_SILENT_CORRUPTION",
            key,
            message: `expected ${byteArrayConverter}; any other converter silently re-encodes the records`,
            isWarning: hasTransforms(connector),
        }));

/** Connect asks MirrorSourceConnector whether it supports transactions with its configuration. */
function checkExactlyOnce({ config, template, overriddenKeys }: ResolvedConnector): Finding[] {
    const [support, isolation] = ["exactly.once.support", "source.consumer.isolation.level"];
    const isRequired = String(config[support] ?? "").toLowerCase() === "required";
    const isOwn = template === "raw" || [support, isolation].some((key) => overriddenKeys.includes(key));
    return isOwn && isRequired && String(config[isolation] ?? "").trim() !== "read_committed"
        ? [
              {
                  code: "KCP_CONFLICTING_SETTINGS",
                  key: support,
                  message: `required needs ${isolation} read_committed; Connect rejects the connector`,
              },
          ]
        : [];
}

const identity = /\.IdentityReplicationPolicy$/;

/** Bootstrap servers in one form: in their order, and without what a cluster's DNS adds. */
const normalized = (servers: unknown): string =>
    listItems(servers)
        .map((server) => server.toLowerCase().replace(/\.svc\.cluster\.local(?=:|$)/, ".svc"))
        .sort()
        .join(",");

/** The names of hosts, without ports; addresses of machines and bare names can be of several clusters. */
const hostsOf = (servers: unknown): string[] =>
    normalized(servers)
        .split(",")
        .map((server) => server.replace(/:\d+$/, ""))
        .filter((host) => host.includes(".") && !/^[\d.]+$/.test(host));

/** A cluster that is copied onto itself: with the names kept, each copy is copied again. */
function checkClusters(connector: ResolvedConnector): Finding[] {
    const { config } = connector;
    const servers = normalized(config["source.cluster.bootstrap.servers"]);
    const isSame = servers !== "" && servers === normalized(config["target.cluster.bootstrap.servers"]);
    const targetHosts = hostsOf(config["target.cluster.bootstrap.servers"]);
    const sameHost = isSame ? undefined : hostsOf(servers).find((host) => targetHosts.includes(host));
    const keepsNames = identity.test(String(config["replication.policy.class"] ?? "")) && !hasTransforms(connector);
    const alias = config["source.cluster.alias"];
    const findings: Finding[] = [];
    if (isSame)
        findings.push({
            code: "KCP_CONFLICTING_SETTINGS",
            key: "source.cluster.bootstrap.servers",
            message:
                "is the target too: the cluster is copied onto itself" +
                (keepsNames ? ", and each copy is copied again without end" : ""),
            isWarning: !keepsNames,
        });
    if (sameHost !== undefined)
        findings.push({
            code: "KCP_CONFLICTING_SETTINGS",
            key: "source.cluster.bootstrap.servers",
            message: `${sameHost} is a host of the target too, probably with another listener of the same cluster`,
            isWarning: true,
        });
    if (alias !== undefined && alias === config["target.cluster.alias"])
        findings.push({
            code: "KCP_CONFLICTING_SETTINGS",
            key: "source.cluster.alias",
            message:
                "equals target.cluster.alias: MirrorMaker recognizes copies by the alias, and skips or repeats them",
            isWarning: true,
        });
    return findings;
}

/** The workers' producer writes the records, whatever the target is called. */
function checkTarget({ config, template }: ResolvedConnector, { bootstrapServers }: ConnectContext): Finding[] {
    const target = config["target.cluster.bootstrap.servers"];
    if (template !== "raw" || target === undefined || bootstrapServers === "" || target === bootstrapServers) return [];
    if (config["producer.override.bootstrap.servers"] !== undefined) return [];
    return [
        {
            code: "KCP_CONFLICTING_SETTINGS",
            key: "target.cluster.bootstrap.servers",
            message:
                `is not ${bootstrapServers}, the Kafka of the workers: topics are created there and records ` +
                "written here",
            isWarning: true,
        },
    ];
}

const policies = ["DefaultReplicationPolicy", "IdentityReplicationPolicy"].map(
    (name) => `org.apache.kafka.connect.mirror.${name}`,
);

/** A policy of Kafka that does not exist; another can be in the image. */
function checkPolicy({ config }: ResolvedConnector): Finding[] {
    const key = "replication.policy.class";
    const className = String(config[key] ?? policies[0]);
    if (policies.includes(className) || !className.startsWith("org.apache.kafka.")) return [];
    const message = `Kafka has no ${className}${didYouMean(className, policies)}`;
    return [{ code: "KCP_MISSING_PLUGIN", key, message }];
}

/** The default policy takes what is before the first separator for the alias. */
function checkAlias({ config }: ResolvedConnector): Finding[] {
    const separator = String(config["replication.policy.separator"] ?? ".");
    const isDefault = String(config["replication.policy.class"] ?? policies[0]) === policies[0];
    return ["source.cluster.alias", "target.cluster.alias"]
        .filter((key) => isDefault && String(config[key] ?? "").includes(separator))
        .map((key) => ({
            code: "KCP_CONFLICTING_SETTINGS",
            key,
            message:
                `has ${JSON.stringify(separator)}, the separator of names: copies are then taken for those of ` +
                `${String(config[key]).split(separator)[0]}, and loops are not recognized`,
            isWarning: true,
        }));
}

const checkNumbers = ({ config }: ResolvedConnector): Finding[] =>
    ["offset.lag.max", "refresh.topics.interval.seconds", "refresh.groups.interval.seconds"]
        .filter((key) => Number(config[key]) < 0)
        .map((key) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected 0 or more, received ${String(config[key])}; .enabled: false switches a refresh off`,
            isWarning: true,
        }));

/** Clients' keys are below source.consumer, target.producer and the like (MirrorConnectorConfig). */
const checkClients = ({ config }: ResolvedConnector): Finding[] =>
    Object.keys(config)
        .filter((key) => /^(source|target)\.cluster\.(consumer|producer|admin)\./.test(key))
        .slice(0, 1)
        .map((key) => ({
            code: "KCP_UNUSED_SETTING",
            key,
            message: `unused: expected ${key.replace(".cluster.", ".")}`,
            isWarning: true,
        }));

export const mirrorRules: readonly PluginRule[] = [
    {
        classes: /^org\.apache\.kafka\.connect\.mirror\./,
        check: (connector) => [
            ...requiredKeys(
                connector,
                ["source.cluster.bootstrap.servers", "target.cluster.bootstrap.servers"],
                "the connector fails to start without it",
            ),
            ...otherConverters(connector),
            ...checkClusters(connector),
            ...checkPolicy(connector),
            ...checkAlias(connector),
            ...checkClients(connector),
            ...checkNumbers(connector),
        ],
    },
    { classes: /\.MirrorSourceConnector$/, check: checkTarget },
    { classes: /\.MirrorSourceConnector$/, check: checkExactlyOnce },
];
