/** Keys of `httpBridge.config`, which the bridge and its Kafka clients read. */
import { invalidValue, issue, unlistedValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { didYouMean } from "../util/nearest";

/** Keys of the bridge itself. https://strimzi.io/docs/bridge/latest/ */
const bridgeKeys = [
    "bridge.id",
    "bridge.tracing",
    "bridge.metrics",
    "http.host",
    "http.port",
    "http.management.port",
    "http.cors.enabled",
    "http.cors.allowedOrigins",
    "http.cors.allowedMethods",
    "http.timeoutSeconds",
    "http.consumer.enabled",
    "http.producer.enabled",
];

/** Keys that connect the bridge with its main container and with Kafka. */
const ownKeys = /^(http\.(host|port|management\.port)|kafka\.(bootstrap\.servers|config\.providers.*))$/;

const isFlag = /^http\.(cors|consumer|producer)\.enabled$/;

/** Values that the bridge accepts. */
const listedValues: Readonly<Record<string, readonly string[]>> = {
    "bridge.tracing": ["opentelemetry"],
    "bridge.metrics": ["jmxPrometheusExporter", "strimziMetricsReporter"],
};

const isOff = (value: unknown): boolean => String(value) === "false";

/** Settings that another key of the configuration makes ineffective. */
function ineffective({ config, produce, consume }: NonNullable<ParsedSections["httpBridge"]>): Issue[] {
    const origins = "http.cors.allowedOrigins";
    const disabled = [
        { key: "http.producer.enabled", topics: produce, setting: "produce" },
        { key: "http.consumer.enabled", topics: consume, setting: "consume" },
    ].filter(({ key, topics }) => isOff(config[key]) && topics.length > 0);
    return [
        ...(config[origins] !== undefined && String(config["http.cors.enabled"] ?? false) !== "true"
            ? [issue("KCP_UNUSED_SETTING", ["httpBridge", "config", origins], "unused: http.cors.enabled is not true")]
            : []),
        ...disabled.map(({ key, setting }) =>
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["httpBridge", "config", key],
                `conflicts with httpBridge.${setting}, which names topics; remove one of the two`,
            ),
        ),
    ];
}

export const checkBridgeConfig = ({ httpBridge }: ParsedSections): Issue[] => [
    ...(httpBridge ? ineffective(httpBridge) : []),
    ...keyIssues(httpBridge?.config ?? {}),
];

const keyIssues = (config: Readonly<Record<string, unknown>>): Issue[] =>
    Object.entries(config).flatMap(([key, value]) => {
        const path = ["httpBridge", "config", key];
        if (ownKeys.test(key)) return [issue("KCP_MANAGED_SETTING", path, "the platform sets it itself; remove it")];
        if (isFlag.test(key) && !/^(true|false)$/.test(String(value)))
            return [invalidValue(path, value, "true or false")];
        if (key === "http.timeoutSeconds" && !/^([1-9]\d*|-1)$/.test(String(value)))
            return [invalidValue(path, value, "a positive number of seconds, or -1 for no timeout")];
        const values = listedValues[key];
        if (values && !values.includes(String(value))) return [unlistedValue(path, value, values)];
        if (key.startsWith("kafka.") || bridgeKeys.includes(key) || /^bridge\.(metrics|tracing)\./.test(key)) return [];
        return [
            issue(
                "KCP_UNKNOWN_SETTING",
                path,
                `neither the bridge nor its Kafka clients read it${didYouMean(key, bridgeKeys)}; those of a client ` +
                    "start with kafka.producer., kafka.consumer. or kafka.admin.",
            ),
        ];
    });
