/** Keys of a connector's `config` that are fields of its KafkaConnector. */
import { issue, type Issue } from "../schema/issues";

/** In `config` they make the operator restart the connector again and again (strimzi-kafka-operator #6438). */
const connectorFields: Readonly<Record<string, string>> = {
    name: "name",
    "connector.class": "connectorTemplate",
    "tasks.max": "tasksMax",
    "connector.plugin.version": "pluginVersion",
};

/**
 * Keys that are settings of the connector.
 *
 * @param config the connector's `config` as it is written
 * @param index the connector's place in the array
 */
export function checkConnectorFields(config: unknown, index: number): Issue[] {
    if (config === null || typeof config !== "object") return [];
    return Object.keys(config)
        .filter((key) => connectorFields[key])
        .map((key) =>
            issue("KCP_MANAGED_SETTING", ["connectors", index, "config", key], `set ${connectorFields[key]} instead`),
        );
}
