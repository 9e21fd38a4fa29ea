/** Keys of `connect.config` that Kafka accepts, and with which records are lost, repeated or not copied. */
import type { ConnectSettings } from "../schema/connect";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";

type Config = ConnectSettings["config"];

const second = 1000;
const hour = 3600 * second;

/** A limit of a key, and what happens beyond it. */
interface Limit {
    readonly key: string;
    readonly min?: number;
    readonly max?: number;
    readonly reason: string;
}

/** Limits that no cluster in production needs to cross. */
const limits: readonly Limit[] = [
    {
        key: "offset.flush.interval.ms",
        min: 100,
        max: hour,
        reason:
            "after a crash a source repeats, and a sink reads again, everything since the last commit of offsets; " +
            "a shorter interval than 100 keeps the workers busy with commits",
    },
    {
        key: "offset.flush.timeout.ms",
        min: 500,
        reason: "a commit of offsets that takes longer is cancelled and tried again after the next interval",
    },
    {
        key: "scheduled.rebalance.max.delay.ms",
        max: hour,
        reason: "the tasks of a lost worker do not run for this time",
    },
    { key: "rebalance.timeout.ms", min: 5 * second, reason: "workers that need longer to stop tasks leave the group" },
    { key: "consumer.max.poll.interval.ms", min: 5 * second, reason: "a sink that writes longer leaves its group" },
];

const limitIssues = (config: Config, at: (key: string) => SettingPath): Issue[] =>
    limits.flatMap(({ key, min = 0, max = Infinity, reason }) => {
        const value = Number(config[key]);
        if (config[key] === undefined || Number.isNaN(value) || (value >= min && value <= max)) return [];
        const expected = max === Infinity ? `at least ${min}` : `${min} to ${max}`;
        return [issue("KCP_INVALID_CONFIG_VALUE", at(key), `expected ${expected}, received ${value}: ${reason}`)];
    });

/** Kubernetes ends a worker after its grace period, whatever time tasks are given to stop. */
function shutdownIssues({ config, spec }: ConnectSettings, at: (key: string) => SettingPath): Issue[] {
    const key = "task.shutdown.graceful.timeout.ms";
    const template = isObject(spec?.template) ? spec.template : {};
    const pod = isObject(template.pod) ? template.pod : {};
    const grace = Number(pod.terminationGracePeriodSeconds ?? 30) * second;
    return Number(config[key]) > grace
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  at(key),
                  `Kubernetes ends a worker after ${grace / second} s, before its tasks have this time; set ` +
                      "terminationGracePeriodSeconds in connect.spec.template.pod, or lower it",
              ),
          ]
        : [];
}

/** The order of records, and what a restart of a broker does to the tasks. */
function producerIssues(config: Config, at: (key: string) => SettingPath): Issue[] {
    const inFlight = Number(config["producer.max.in.flight.requests.per.connection"]);
    const isIdempotent = String(config["producer.enable.idempotence"]) === "true";
    return [
        ...(inFlight > 1 && !isIdempotent
            ? [
                  issue(
                      "KCP_SILENT_CORRUPTION",
                      at("producer.max.in.flight.requests.per.connection"),
                      "after a retry, records are in another order than in the source: Connect's producers are not " +
                          "idempotent; set producer.enable.idempotence to true, or remove it",
                  ),
              ]
            : []),
        ...(String(config["producer.retries"]) === "0"
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      at("producer.retries"),
                      "each restart of a broker fails the tasks of sources; remove it",
                  ),
              ]
            : []),
        ...(String(config["consumer.auto.offset.reset"]).toLowerCase() === "none"
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      at("consumer.auto.offset.reset"),
                      "every new sink fails, because its group has no offsets; use earliest or latest",
                  ),
              ]
            : []),
    ];
}

/** Converters of Kafka without schemas. */
const withoutSchemas = /^org\.apache\.kafka\.connect\.(storage\.StringConverter|converters\.\w+Converter)$/;

const converterIssues = (config: Config, at: (key: string) => SettingPath): Issue[] =>
    ["key.converter", "value.converter"].flatMap((converter) => {
        const key = `${converter}.schemas.enable`;
        const name = String(config[converter] ?? "");
        if (config[key] === undefined || !withoutSchemas.test(name)) return [];
        return [issue("KCP_UNUSED_SETTING", at(key), `unused: ${name.split(".").at(-1)} has no schemas`)];
    });

/** What is probably wrong in the configuration of the workers, and of the standalone worker. */
export function workerValueWarnings({ connect, standaloneConnect }: ParsedSections): Issue[] {
    const sections = {
        connect: connect?.install ? connect.config : undefined,
        standaloneConnect: standaloneConnect?.config,
    };
    const ofBoth = Object.entries(sections).flatMap(([section, config]) => {
        if (!config) return [];
        const at = (key: string) => [section, "config", key];
        return [...limitIssues(config, at), ...producerIssues(config, at), ...converterIssues(config, at)];
    });
    return [...ofBoth, ...(connect?.install ? shutdownIssues(connect, (key) => ["connect", "config", key]) : [])];
}
