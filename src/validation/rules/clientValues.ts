/** Numbers of Connect, of its clients and of created topics that contradict each other. */
import type { ResolvedConnector } from "../../connectors/template";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

type Config = ResolvedConnector["config"];

const producer = "producer.override.";
const consumer = "consumer.override.";

const numberOf = (config: Config, key: string, byDefault: number): number => Number(config[key] ?? byDefault);

/** Retries of conversions and transforms (RetryWithToleranceOperator). */
function checkRetries({ config }: ResolvedConnector): Finding[] {
    const timeout = "errors.retry.timeout";
    const delay = "errors.retry.delay.max.ms";
    if (Number(config[timeout]) < -1)
        return [invalid(timeout, `expected -1, for no limit, or more, received ${String(config[timeout])}`)];
    return config[delay] !== undefined && numberOf(config, timeout, 0) === 0
        ? [
              {
                  code: "KCP_UNUSED_SETTING",
                  key: delay,
                  message: `unused: nothing is repeated, because ${timeout} is 0`,
                  isWarning: true,
              },
          ]
        : [];
}

/** Pairs of a client's numbers of which the first must not be above the second. */
const limits: readonly [smaller: string, smallerDefault: number, larger: string, largerDefault: number, why: string][] =
    [
        [
            `${producer}max.request.size`,
            1_048_576,
            `${producer}buffer.memory`,
            33_554_432,
            "a record above it never fits, and fails the task",
        ],
        [
            `${consumer}session.timeout.ms`,
            45_000,
            `${consumer}max.poll.interval.ms`,
            300_000,
            "the member leaves its group before its session ends",
        ],
        [
            `${consumer}fetch.min.bytes`,
            1,
            `${consumer}fetch.max.bytes`,
            52_428_800,
            "each fetch waits for fetch.max.wait.ms",
        ],
    ];

const checkLimits = ({ config }: ResolvedConnector): Finding[] =>
    limits.flatMap(([smaller, smallerDefault, larger, largerDefault, why]): Finding[] => {
        const [low, high] = [numberOf(config, smaller, smallerDefault), numberOf(config, larger, largerDefault)];
        const key = [smaller, larger].find((name) => config[name] !== undefined);
        // NaN, of a reference, is neither; seconds in place of milliseconds are reported in units.ts
        if (key === undefined || !(low > high) || high < 10_000) return [];
        const names = [smaller, larger].map((name) => name.replace(/^\w+\.override\./, ""));
        return [invalid(key, `expected ${names[0]} (${low}) at most ${names[1]} (${high}): ${why}`, true)];
    });

/** Levels of compression (CompressionType of Kafka 3.9). */
const levels: Readonly<Record<string, readonly [min: number, max: number]>> = {
    gzip: [1, 9],
    lz4: [1, 17],
    zstd: [-131_072, 22],
};

const checkLevels = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(levels).flatMap(([type, [min, max]]): Finding[] => {
        const key = `${producer}compression.${type}.level`;
        if (config[key] === undefined || isReference(config[key])) return [];
        const level = Number(config[key]);
        if ((level < min || level > max) && !(type === "gzip" && level === -1))
            return [invalid(key, `expected a number from ${min} to ${max}, received ${level}; the task fails`)];
        const used = String(config[`${producer}compression.type`] ?? type);
        return used === type || isReference(used)
            ? []
            : [
                  {
                      code: "KCP_UNUSED_SETTING",
                      key,
                      message: `unused: compression.type is ${used}`,
                      isWarning: true,
                  },
              ];
    });

/** Clients of another Kafka than that of the workers, which keep the offsets in theirs. */
const checkServers = ({ config }: ResolvedConnector): Finding[] =>
    [`${producer}bootstrap.servers`, `${consumer}bootstrap.servers`]
        .filter((key) => config[key] !== undefined)
        .map((key) =>
            invalid(
                key,
                "is another Kafka than that of the workers, which create topics and keep offsets in theirs",
                true,
            ),
        );

/** In-sync replicas that a created topic cannot have, or of which none may fail. */
function checkInSync({ config }: ResolvedConnector): Finding[] {
    return Object.keys(config)
        .filter((key) => /^topic\.creation\.[^.]+\.min\.insync\.replicas$/.test(key))
        .flatMap((key): Finding[] => {
            const inSync = Number(config[key]);
            const replicas = Number(config[key.replace("min.insync.replicas", "replication.factor")]);
            if (!(replicas > 0) || inSync < replicas || inSync <= 1) return [];
            const acks = String(config[`${producer}acks`] ?? "all");
            return inSync > replicas
                ? [
                      invalid(
                          key,
                          `expected at most ${replicas}, the number of replicas, received ${inSync}: ` +
                              "no record is written",
                          acks !== "all" && acks !== "-1",
                      ),
                  ]
                : [invalid(key, "is the number of replicas: while one of them is down, no record is written", true)];
        });
}

/** Numbers of created topics that are none, and a retention that compaction does not look at. */
const checkCreated = ({ config, template }: ResolvedConnector): Finding[] =>
    Object.keys(config).flatMap((key): Finding[] => {
        const [, start, name] =
            /^(topic\.creation\.[^.]+\.)(partitions|replication\.factor|retention\.ms)$/.exec(key) ?? [];
        if (name === undefined || isReference(config[key])) return [];
        if (!/^\s*-?\d+\s*$/.test(String(config[key])))
            return [invalid(key, `expected an integer, received ${JSON.stringify(config[key])}`)];
        const isCompacted = String(config[`${start}cleanup.policy`]).trim() === "compact";
        return template === "raw" && name === "retention.ms" && isCompacted && Number(config[key]) >= 0
            ? [
                  {
                      code: "KCP_UNUSED_SETTING",
                      key,
                      message: "unused: cleanup.policy is compact; write compact,delete to delete old records too",
                      isWarning: true,
                  },
              ]
            : [];
    });

/** Keys that something else switches off. */
const checkSwitchedOff = ({ config }: ResolvedConnector): Finding[] => [
    ...(config[`${consumer}auto.commit.interval.ms`] === undefined
        ? []
        : [
              {
                  code: "KCP_UNUSED_SETTING" as const,
                  key: `${consumer}auto.commit.interval.ms`,
                  message: "unused: Connect commits offsets itself, after each flush of the sink",
                  isWarning: true,
              },
          ]),
    ...(String(config["errors.log.include.messages"]) === "true" && String(config["errors.log.enable"]) !== "true"
        ? [
              {
                  code: "KCP_UNUSED_SETTING" as const,
                  key: "errors.log.include.messages",
                  message: "unused: errors.log.enable is not true",
                  isWarning: true,
              },
          ]
        : []),
];

/** Records that the producer sends and the created topic rejects. */
const checkSizes = ({ config }: ResolvedConnector): Finding[] =>
    Object.keys(config)
        .filter((key) => /^topic\.creation\.[^.]+\.max\.message\.bytes$/.test(key))
        .filter((key) => Number(config[key]) < numberOf(config, `${producer}max.request.size`, 1_048_576))
        .filter((key) => config[`${producer}max.request.size`] !== undefined || Number(config[key]) < 1_000_000)
        .map((key) =>
            invalid(
                key,
                `is ${String(config[key])}, and the producer sends up to ` +
                    `${numberOf(config, `${producer}max.request.size`, 1_048_576)} bytes (max.request.size): ` +
                    "a larger record fails the task",
                true,
            ),
        );

export const clientValueRules: readonly PluginRule[] = [
    checkRetries,
    checkLimits,
    checkLevels,
    checkServers,
    checkInSync,
    checkSizes,
    checkCreated,
    checkSwitchedOff,
].map((check) => ({ classes: /./, check }));
