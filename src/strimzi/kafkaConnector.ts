/** The KafkaConnector resource of a connector. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import type { KafkaConnectorSpec } from "../release/types/kafkaConnectorSpec";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";

/** What the spec is made from. */
type ConnectorSpecInput = Pick<
    ResolvedConnector,
    "class" | "pluginVersion" | "tasksMax" | "state" | "autoRestart" | "config" | "spec"
>;

/** The `spec` of a KafkaConnector: what the settings generate, with the connector's `spec` merged over it. */
export const kafkaConnectorSpec = (connector: ConnectorSpecInput): Record<string, unknown> =>
    applyMergePatch({ ...generatedConnectorSpec(connector) }, connector.spec ?? {});

/** The `spec` without the connector's `spec`. Every release has the same, except `version`, which needs the API v1. */
export function generatedConnectorSpec(connector: ConnectorSpecInput): KafkaConnectorSpec {
    return {
        class: connector.class,
        ...(connector.pluginVersion ? { version: connector.pluginVersion } : {}),
        tasksMax: connector.tasksMax,
        state: connector.state,
        autoRestart: compact(connector.autoRestart),
        config: { ...connector.config },
    };
}
