/** Keys of `httpBridge.config`, which the bridge and its Kafka clients read. */
import { invalidValue, issue, type Issue } from "../schema/issues";
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

export const checkBridgeConfig = ({ httpBridge }: ParsedSections): Issue[] =>
    Object.entries(httpBridge?.config ?? {}).flatMap(([key, value]) => {
        const path = ["httpBridge", "config", key];
        if (ownKeys.test(key)) return [issue("KCP_MANAGED_SETTING", path, "the platform sets it itself; remove it")];
        if (isFlag.test(key) && !/^(true|false)$/.test(String(value)))
            return [invalidValue(path, value, "true or false")];
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
