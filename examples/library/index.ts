/**
 * A Kafka cluster with a topic, a Connect cluster that logs in to it, and two connectors, without a stack file of the
 * platform.
 */
import * as core from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import {
    ConnectCluster,
    Connector,
    ConnectorState,
    KafkaAccess,
    KafkaCluster,
    SecretReaderRole,
    StrimziCrds,
    StrimziOperator,
    connectorFromTemplate,
} from "kafka-connect-platform";

const config = new pulumi.Config();
const provider = new Provider("kubernetes", {
    kubeconfig: config.get("kubeconfig") || undefined,
    enableServerSideApply: true,
    // CRDs outlive a stack: those that exist are taken over
    upsertExistingObjects: true,
    enablePatchForce: true,
});

const namespace = new core.Namespace("shop", { metadata: { name: "shop" } }, { provider });
const inShop = namespace.metadata.name;

const crds = new StrimziCrds("strimzi-crds", {}, { provider });
const dependsOn: pulumi.Resource[] = [namespace, crds];
if (config.getBoolean("installOperator") ?? true) {
    const strimzi = new core.Namespace("strimzi", { metadata: { name: "strimzi" } }, { provider });
    const operator = new StrimziOperator(
        "strimzi",
        { watchNamespaces: [inShop] },
        { provider, dependsOn: [strimzi, crds] },
    );
    dependsOn.push(operator);
}

const kafka = new KafkaCluster("kafka", { namespace: inShop }, { provider, dependsOn });

const access = new KafkaAccess(
    "access",
    {
        cluster: kafka.name,
        namespace: inShop,
        topics: [{ name: "orders", partitions: 3, retention: "7d" }],
        users: [
            {
                name: "connect",
                connect: { name: "connect", produce: ["orders", "shoppostgres-*"] },
            },
        ],
    },
    { provider, dependsOn: kafka },
);

const secretProvider = { provider: "kubernetes" } as const;
const reader = new SecretReaderRole(
    "connect-secrets",
    { serviceAccount: "connect-connect", namespace: inShop, secrets: { shop: ["shop"] } },
    { provider, dependsOn: namespace },
);

const connect = new ConnectCluster(
    "connect",
    {
        bootstrapServers: kafka.bootstrapServers,
        namespace: inShop,
        tls: { trustedCertificates: [{ secretName: kafka.caSecretName }] },
        authentication: { type: "tls", secretName: "connect" },
        secretProvider,
        replicationFactor: 1,
        resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "1Gi" } },
    },
    { provider, dependsOn: [access, reader] },
);

new Connector(
    "files",
    {
        connectCluster: connect,
        class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
        config: { file: "/opt/kafka/LICENSE", topic: "orders" },
    },
    { provider },
);

const invoices = connectorFromTemplate(
    "debeziumPostgresSourceConnector",
    { source: { instance: "shop", database: "shop", table: "invoices" } },
    { namespace: "shop", secretProvider, replicationFactor: 1 },
);
new Connector(
    "invoices",
    // running needs an image with Debezium (ConnectImage) and a database
    { connectCluster: connect, ...invoices, state: ConnectorState.Paused },
    { provider },
);

export const restUrl = connect.restUrl;
export const bootstrapServers = kafka.bootstrapServers;
