/** The KafkaConnector resource of a connector. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import { compact } from "../util/data";

/** The `spec` of a KafkaConnector; the same in every Strimzi generation, but for the plugin's version, which only v1 has. */
export function kafkaConnectorSpec(
    connector: Pick<
        ResolvedConnector,
        "class" | "pluginVersion" | "tasksMax" | "state" | "autoRestart" | "config"
    >,
): Record<string, unknown> {
    return {
        class: connector.class,
        ...(connector.pluginVersion ? { version: connector.pluginVersion } : {}),
        tasksMax: connector.tasksMax,
        state: connector.state,
        autoRestart: compact(connector.autoRestart),
        config: { ...connector.config },
    };
}
