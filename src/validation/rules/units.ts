/**
 * Numbers in another unit than that of the key: seconds where milliseconds are expected, megabytes where bytes are.
 * The bounds are far from what anyone sets on purpose.
 */
import type { ResolvedConnector } from "../../connectors/template";
import { invalid, type Finding, type PluginRule } from "./rule";

interface Unit {
    readonly keys: RegExp;
    /** Values from 1 up to this are doubtful. */
    readonly below?: number;
    /** Values from this on are doubtful. */
    readonly above?: number;
    readonly unit: string;
}

const client = "(?:(?:producer|consumer|admin)\\.override|(?:source|target)\\.(?:consumer|producer|admin|cluster))\\.";

const units: readonly Unit[] = [
    {
        keys: new RegExp(
            "^(heartbeat\\.interval|status\\.update\\.interval|slot\\.retry\\.delay|snapshot\\.lock\\.timeout|" +
                "snapshot\\.delay|streaming\\.delay|retriable\\.restart\\.connector\\.wait|" +
                "database\\.query\\.timeout|connect\\.timeout|connection\\.validation\\.timeout|" +
                "connect\\.keep\\.alive\\.interval|lsn\\.flush\\.timeout|mongodb\\.[\\w.]+\\.timeout|" +
                "admin\\.timeout|retry\\.backoff)\\.ms$",
        ),
        below: 250,
        unit: "milliseconds",
    },
    { keys: /^errors\.retry\.(timeout|delay\.max\.ms)$/, below: 1000, unit: "milliseconds" },
    {
        keys: new RegExp(
            `^${client}(request\\.timeout|delivery\\.timeout|max\\.block|session\\.timeout|default\\.api\\.timeout|` +
                "metadata\\.max\\.age)\\.ms$",
        ),
        below: 1000,
        unit: "milliseconds",
    },
    { keys: new RegExp(`^${client}max\\.poll\\.interval\\.ms$`), below: 10_000, unit: "milliseconds" },
    { keys: /^(mergeIntervalMs|partitionExpirationMs)$/, below: 1000, unit: "milliseconds" },
    { keys: /^topic\.creation\.[^.]+\.(delete\.)?retention\.ms$/, below: 60_000, unit: "milliseconds" },
    { keys: /^heartbeat\.interval\.ms$/, above: 3_600_000, unit: "milliseconds" },
    { keys: /^poll\.interval\.ms$/, above: 60_000, unit: "milliseconds" },
    { keys: new RegExp(`^${client}linger\\.ms$`), above: 10_000, unit: "milliseconds" },
    { keys: new RegExp(`^${client}fetch\\.max\\.wait\\.ms$`), above: 30_000, unit: "milliseconds" },
    { keys: /^http\.timeout$/, above: 1000, unit: "seconds" },
    { keys: /^refresh\..+\.interval\.seconds$/, above: 86_401, unit: "seconds" },
    { keys: /^(sync|emit)\..+\.interval\.seconds$/, above: 21_601, unit: "seconds" },
    { keys: /^mergeIntervalMs$/, above: 43_200_000, unit: "milliseconds" },
    { keys: new RegExp(`^${client}(max\\.request\\.size|batch\\.size)$`), below: 1024, unit: "bytes" },
    { keys: new RegExp(`^${client}(max\\.partition\\.)?fetch(\\.max)?\\.bytes$`), below: 1024, unit: "bytes" },
    { keys: new RegExp(`^${client}buffer\\.memory$`), below: 1_048_576, unit: "bytes" },
    { keys: /^max\.queue\.size\.in\.bytes$/, below: 65_536, unit: "bytes" },
    { keys: /^topic\.creation\.[^.]+\.retention\.bytes$/, below: 1_048_576, unit: "bytes" },
    { keys: /^topic\.creation\.[^.]+\.max\.message\.bytes$/, below: 1024, unit: "bytes" },
];

/** The end of every key that has a unit. */
const hasUnit = /(Ms|timeout|\.(ms|seconds|size|bytes|memory))$/;

const found = new Map<string, readonly Unit[]>();

/** The units of a key: the same few keys are in all connectors. */
function unitsOf(key: string): readonly Unit[] {
    const known = found.get(key);
    if (known) return known;
    const matching = hasUnit.test(key) ? units.filter(({ keys }) => keys.test(key)) : [];
    found.set(key, matching);
    return matching;
}

const check = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(config).flatMap(([key, value]) =>
        unitsOf(key)
            .filter(({ below = 0, above = Infinity }) => {
                const number = Number(value);
                return (number > 0 && number < below) || number >= above;
            })
            .map(({ unit, below }) => {
                const amount = below === undefined ? "much" : "little";
                return invalid(key, `is ${String(value)} ${unit}, which is unusually ${amount}`, true);
            }),
    );

export const unitRules: readonly PluginRule[] = [{ classes: /./, check }];
