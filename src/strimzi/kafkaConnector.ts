/** The KafkaConnector resource of a connector. Pure. */
import type { ConnectorPlan } from "../connectors/template";
import { compact } from "../util/data";

/** The `spec` of a KafkaConnector; the same in every Strimzi generation, but for the plugin's version, which only v1 has. */
export function kafkaConnectorSpec(plan: ConnectorPlan): Record<string, unknown> {
    return {
        class: plan.class,
        ...(plan.pluginVersion ? { version: plan.pluginVersion } : {}),
        tasksMax: plan.tasksMax,
        state: plan.state,
        autoRestart: compact(plan.autoRestart),
        config: { ...plan.config },
    };
}
