/** The KafkaConnector resource of a connector. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";

/** What the spec is made of. */
type ConnectorSpecInput = Pick<
    ResolvedConnector,
    "class" | "pluginVersion" | "tasksMax" | "state" | "autoRestart" | "config" | "spec"
>;

/** The `spec` of a KafkaConnector: what the settings generate, with the connector's `spec` merged over it. */
export const kafkaConnectorSpec = (connector: ConnectorSpecInput): Record<string, unknown> =>
    applyMergePatch(generatedConnectorSpec(connector), connector.spec ?? {});

/** The same in every Strimzi generation, except for the plugin's version, which only `v1` has. */
export function generatedConnectorSpec(connector: ConnectorSpecInput): Record<string, unknown> {
    return {
        class: connector.class,
        ...(connector.pluginVersion ? { version: connector.pluginVersion } : {}),
        tasksMax: connector.tasksMax,
        state: connector.state,
        autoRestart: compact(connector.autoRestart),
        config: { ...connector.config },
    };
}
