/** Replication factors of the topics that connectors create, against the number of brokers. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import type { Finding, PluginRule } from "./rule";

interface DefaultFactor {
    readonly classes: RegExp;
    readonly key: string;
    readonly factor: number;
    /** Whether a connector with this configuration creates the topic. Default: always. */
    readonly when?: (config: ResolvedConnector["config"]) => boolean;
}

/** Replication factors that apply where the configuration does not set the key. */
const defaultFactors: readonly DefaultFactor[] = [
    {
        classes: /./,
        key: "errors.deadletterqueue.topic.replication.factor",
        factor: 3,
        when: (config) => Boolean(config["errors.deadletterqueue.topic.name"]),
    },
    { classes: /MirrorSourceConnector$/, key: "replication.factor", factor: 2 },
    {
        classes: /MirrorSourceConnector$/,
        key: "offset-syncs.topic.replication.factor",
        factor: 3,
        when: (config) => String(config["emit.offset-syncs.enabled"]) !== "false",
    },
    { classes: /MirrorCheckpointConnector$/, key: "checkpoints.topic.replication.factor", factor: 3 },
    { classes: /MirrorHeartbeatConnector$/, key: "heartbeats.topic.replication.factor", factor: 3 },
];

function checkFactors({ class: className, config }: ResolvedConnector, { brokers }: ConnectContext): Finding[] {
    if (brokers === undefined) return [];
    const written = Object.entries(config)
        .filter(([key]) => key.endsWith("replication.factor"))
        .map(([key, value]) => ({ key, factor: Number(value), origin: "" }));
    const byDefault = defaultFactors
        .filter(
            ({ classes, key, when }) =>
                classes.test(className) && config[key] === undefined && (when?.(config) ?? true),
        )
        .map(({ key, factor }) => ({ key, factor, origin: " (the plugin's default)" }));
    return [...written, ...byDefault]
        .filter(({ factor }) => factor > brokers)
        .map(({ key, factor, origin }) => ({
            code: "KCP_INSUFFICIENT_BROKERS",
            key,
            message:
                `expected at most ${brokers}, the number of brokers, received ${factor}${origin}: ` +
                "the task would fail",
        }));
}

/** A dead letter queue that the loss of one broker takes. */
function checkSingle(
    { config, template, overriddenKeys }: ResolvedConnector,
    { brokers = 1 }: ConnectContext,
): Finding[] {
    const key = "errors.deadletterqueue.topic.replication.factor";
    return brokers >= 3 && Number(config[key]) === 1 && (template === "raw" || overriddenKeys.includes(key))
        ? [
              {
                  code: "KCP_WEAK_DURABILITY",
                  key,
                  message: `with ${brokers} brokers, the loss of one loses the records that failed; use 3`,
                  isWarning: true,
              },
          ]
        : [];
}

/** Factors that no topic can have. Those of created topics are checked with their partitions. */
const checkZero = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config)
        .filter(([key]) => key.endsWith("replication.factor") && !key.startsWith("topic.creation."))
        .filter(([, value]) => Number(value) === 0 || Number(value) < -1)
        .map(([key, value]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected a positive number, or -1 for the broker's default, received ${String(value)}`,
        }));

export const replicationRules: readonly PluginRule[] = [
    { classes: /./, check: checkFactors },
    { classes: /./, check: checkZero },
    { classes: /./, check: checkSingle },
];
