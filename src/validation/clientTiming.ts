/** Timeouts and sizes of Kafka's clients that depend on each other: with the wrong order a client fails. */
import { issue, type Issue, type SettingPath } from "../schema/issues";

type Config = Readonly<Record<string, unknown>>;

/** Where a key is written in the stack file. */
type PathOf = (key: string) => SettingPath;

/** The number at a key; undefined for a reference. */
function numberAt(config: Config, key: string, byDefault: number): number | undefined {
    const value = Number(config[key] ?? byDefault);
    return Number.isNaN(value) ? undefined : value;
}

/** Defaults of a member of a group: worker and consumer differ. */
interface GroupDefaults {
    readonly heartbeat: number;
    readonly session: number;
}

/** A member of a group has to send several heartbeats within its session. */
function groupIssues(config: Config, prefix: string, defaults: GroupDefaults, pathOf: PathOf): Issue[] {
    const heartbeatKey = `${prefix}heartbeat.interval.ms`;
    const sessionKey = `${prefix}session.timeout.ms`;
    const written = [heartbeatKey, sessionKey].find((key) => config[key] !== undefined);
    const heartbeat = numberAt(config, heartbeatKey, defaults.heartbeat);
    const session = numberAt(config, sessionKey, defaults.session);
    if (written === undefined || heartbeat === undefined || session === undefined || heartbeat < session) return [];
    return [
        issue(
            "KCP_INVALID_CONFIG_VALUE",
            pathOf(written),
            `expected heartbeat.interval.ms (${heartbeat}) below session.timeout.ms (${session}); ` +
                "the client does not start. Use at most a third of it",
        ),
    ];
}

/** `heartbeat.interval.ms` against `session.timeout.ms` of the workers' own group. */
export const workerTimingIssues = (config: Config, pathOf: PathOf): Issue[] =>
    groupIssues(config, "", { heartbeat: 3000, session: 10_000 }, pathOf);

/** A producer has to have time for one request at least (ProducerConfig, delivery.timeout.ms). */
function deliveryIssues(config: Config, prefix: string, pathOf: PathOf): Issue[] {
    const key = `${prefix}delivery.timeout.ms`;
    if (config[key] === undefined) return [];
    const delivery = numberAt(config, key, 0);
    const linger = numberAt(config, `${prefix}linger.ms`, 0);
    const request = numberAt(config, `${prefix}request.timeout.ms`, 30_000);
    if (delivery === undefined || linger === undefined || request === undefined || delivery >= linger + request)
        return [];
    return [
        issue(
            "KCP_INVALID_CONFIG_VALUE",
            pathOf(key),
            `expected at least ${linger + request}, the sum of linger.ms (${linger}) and request.timeout.ms ` +
                `(${request}), received ${delivery}; the producer does not start`,
        ),
    ];
}

/** A batch has to fit the producer's memory, or the first record fails (ProducerConfig, buffer.memory). */
function bufferIssues(config: Config, prefix: string, pathOf: PathOf): Issue[] {
    const key = `${prefix}buffer.memory`;
    if (config[key] === undefined) return [];
    const memory = numberAt(config, key, 0);
    const batch = numberAt(config, `${prefix}batch.size`, 16_384);
    if (memory === undefined || batch === undefined || memory >= batch) return [];
    const message = `expected at least ${batch}, the size of a batch (batch.size), received ${memory}`;
    return [issue("KCP_INVALID_CONFIG_VALUE", pathOf(key), message)];
}

/** What an idempotent producer requires (ProducerConfig.postProcessAndValidateIdempotenceConfigs). */
function idempotenceIssues(config: Config, prefix: string, pathOf: PathOf): Issue[] {
    if (String(config[`${prefix}enable.idempotence`]) !== "true") return [];
    const acks = config[`${prefix}acks`];
    const retries = config[`${prefix}retries`];
    const inFlight = Number(config[`${prefix}max.in.flight.requests.per.connection`] ?? 1);
    const wrong: [key: string, expected: string, isWrong: boolean][] = [
        ["acks", "all", acks !== undefined && ["0", "1"].includes(String(acks))],
        ["retries", "more than 0", String(retries) === "0"],
        ["max.in.flight.requests.per.connection", "at most 5", inFlight > 5],
    ];
    return wrong
        .filter(([, , isWrong]) => isWrong)
        .map(([key, expected]) =>
            issue(
                "KCP_INVALID_CONFIG_VALUE",
                pathOf(`${prefix}${key}`),
                `expected ${expected}, received ${String(config[`${prefix}${key}`])}: enable.idempotence is true; ` +
                    "the producer does not start",
            ),
        );
}

/**
 * The timeouts and buffers of the clients in one configuration.
 *
 * @param producer start of the keys of the producer, such as `producer.override.`
 * @param consumer the same for the consumer
 */
export const clientTimingIssues = (config: Config, producer: string, consumer: string, pathOf: PathOf): Issue[] => [
    ...deliveryIssues(config, producer, pathOf),
    ...bufferIssues(config, producer, pathOf),
    ...idempotenceIssues(config, producer, pathOf),
    ...groupIssues(config, consumer, { heartbeat: 3000, session: 45_000 }, pathOf),
];
