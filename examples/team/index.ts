/**
 * A team's connectors in a separate program. The Connect cluster belongs to another stack, whose outputs say where
 * it is.
 */
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { Connector, connectorFromTemplate, ConnectorState, stackOutputs } from "kafka-connect-platform";

export = async () => {
    const config = new pulumi.Config();
    const provider = new Provider("kubernetes", {
        kubeconfig: config.get("kubeconfig") || undefined,
        enableServerSideApply: true,
        enablePatchForce: true,
    });
    const { connectCluster, kafkaBootstrapServers } = await stackOutputs(config.require("platform"));

    const files = new Connector(
        "files",
        {
            connectCluster,
            class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
            config: { file: "/opt/kafka/LICENSE", topic: "orders.files" },
        },
        { provider },
    );

    const payments = connectorFromTemplate(
        "debeziumPostgresSourceConnector",
        { source: { instance: "shop", database: "shop", table: "payments" } },
        { bootstrapServers: kafkaBootstrapServers, secretProvider: { provider: "kubernetes" }, replicationFactor: 1 },
    );
    new Connector(
        "payments",
        // running needs an image with Debezium and a database
        { connectCluster, ...payments, state: ConnectorState.Paused },
        { provider },
    );

    return { connectCluster: connectCluster.name, connector: files.name };
};
