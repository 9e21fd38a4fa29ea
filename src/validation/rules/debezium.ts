/** Debezium's sources. */
import { requiredKeys, type PluginRule } from "./rule";

export const debeziumRules: readonly PluginRule[] = [
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./,
        // templates limit tasksMax themselves
        check: ({ tasksMax, template }) =>
            tasksMax > 1 && template === "raw"
                ? [
                      {
                          code: "KCP_INVALID_CONFIG_VALUE",
                          key: "tasks.max",
                          message: `expected 1, received ${tasksMax}: with more, a Debezium source runs no task`,
                      },
                  ]
                : [],
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb)\./,
        check: (connector) =>
            connector.config["schema.history.internal"]
                ? []
                : requiredKeys(
                      connector,
                      ["schema.history.internal.kafka.bootstrap.servers", "schema.history.internal.kafka.topic"],
                      "the schema history has its own Kafka client, and the task fails without it",
                  ),
    },
    {
        classes: /^io\.debezium\.connector\.postgresql\./,
        check: (connector) =>
            requiredKeys(
                connector,
                ["plugin.name"],
                "its default, decoderbufs, is not part of PostgreSQL or RDS; use pgoutput",
            ),
    },
    {
        classes: /^io\.debezium\.connector\.mongodb\./,
        check: (connector) =>
            requiredKeys(
                connector,
                ["mongodb.server.selection.timeout.ms"],
                "with its default each validation waits 30 seconds for a server that cannot be reached; use 5000",
            ),
    },
];
