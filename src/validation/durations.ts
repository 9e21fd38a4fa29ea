/** Durations of brokers and topics in another unit, and against each other. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { plural } from "../util/plural";

type Config = Readonly<Record<string, unknown>>;

const day = 86_400;

/** Keys that take milliseconds. */
const millisecondKeys = [
    ...["retention.ms", "segment.ms", "delete.retention.ms", "max.compaction.lag.ms", "log.retention.ms"],
    ...["log.roll.ms", "log.cleaner.delete.retention.ms"],
];

/** Whole days in seconds, such as 604800: as milliseconds that would be minutes. */
const isInSeconds = (value: number): boolean => value > 0 && value % day === 0 && value < 60 * day;

const secondWarnings = (config: Config, at: SettingPath): Issue[] =>
    millisecondKeys
        .filter((key) => isInSeconds(Number(config[key])))
        .map((key) => {
            const seconds = Number(config[key]);
            const days = plural(seconds / day, "day");
            const message = `is ${days} in seconds, but Kafka takes milliseconds; use ${seconds}000`;
            return issue("KCP_INVALID_CONFIG_VALUE", [...at, key], message);
        });

/** A segment that is closed so soon that a partition has thousands of files. */
const shortSegment = (config: Config, at: SettingPath): Issue[] => {
    const segment = Number(config["segment.ms"]);
    const message = `is ${segment} milliseconds: a partition that is written has a new file that often`;
    return segment > 0 && segment < 60_000 ? [issue("KCP_INVALID_CONFIG_VALUE", [...at, "segment.ms"], message)] : [];
};

/** A segment that is written for longer than its records are to be kept. */
function segmentWarnings(segment: number, retention: number, path: SettingPath): Issue[] {
    return segment > retention && retention > 0
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  path,
                  "is longer than the retention: Kafka deletes whole segments, and not the one that it writes, so " +
                      "that records are kept for longer",
              ),
          ]
        : [];
}

const hour = 3_600_000;

/** The first of the keys that is set, in milliseconds. */
const firstOf = (config: Config, keys: Readonly<Record<string, number>>): [string, number] | undefined => {
    const key = Object.keys(keys).find((name) => config[name] !== undefined);
    return key === undefined ? undefined : [key, Number(config[key]) * keys[key]];
};

function brokerWarnings(config: Config): Issue[] {
    const at = ["kafkaCluster", "config"];
    const roll = firstOf(config, { "log.roll.ms": 1, "log.roll.hours": hour });
    const retention = firstOf(config, {
        "log.retention.ms": 1,
        "log.retention.minutes": 60_000,
        "log.retention.hours": hour,
    });
    return [
        ...secondWarnings(config, at),
        ...(roll && retention ? segmentWarnings(roll[1], retention[1], [...at, roll[0]]) : []),
    ];
}

/** Durations that are probably wrong. */
export const durationWarnings = ({ kafkaCluster, kafkaAccess }: ParsedSections): Issue[] => [
    ...(kafkaCluster ? brokerWarnings(kafkaCluster.config) : []),
    ...(kafkaAccess?.topics ?? []).flatMap(({ config, retention, cleanupPolicy }, index) => {
        const at = ["kafkaAccess", "topics", index, "config"];
        const kept = Number(config["retention.ms"] ?? retention ?? -1);
        const deletes = String(config["cleanup.policy"] ?? cleanupPolicy).includes("delete");
        return [
            ...secondWarnings(config, at),
            ...shortSegment(config, at),
            ...(deletes ? segmentWarnings(Number(config["segment.ms"]), kept, [...at, "segment.ms"]) : []),
        ];
    }),
];
