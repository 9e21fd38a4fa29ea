/**
 * Kafka Connect on Kubernetes as Pulumi components: the operator, the image, the Connect cluster, its connectors, and
 * Kafka itself.
 *
 * @packageDocumentation
 */
export { ClusterProviders, type ClusterProvidersArgs } from "./clusterProviders";
export { ConnectCluster } from "./connectCluster";
export type {
    ConnectClusterArgs,
    ConnectorLogLevelArgs,
    EnvironmentVariableArgs,
    JvmArgs,
    LoggingArgs,
    RestClientArgs,
    VolumeArgs,
} from "./connectClusterArgs";
export {
    ConnectIamRole,
    type ConnectIamRoleArgs,
    type PodIdentityArgs,
    type ReadableSecretsArgs,
} from "./connectIamRole";
export { ConnectImage, type ConnectImageArgs, type ImageMirrorArgs } from "./connectImage";
export { Connector, type AutoRestartArgs, type ConnectClusterReference, type ConnectorArgs } from "./connector";
export {
    connectorFromTemplate,
    type SchemaRegistryArgs,
    type TemplateContextArgs,
    type TemplatedConnector,
} from "./connectorFromTemplate";
export type { FreshnessObjectiveArgs } from "./freshnessObjectiveArgs";
export { GrafanaDashboards, type GrafanaDashboardsArgs } from "./grafanaDashboards";
export { PostgresSlotExporter, type PostgresServerArgs, type PostgresSlotExporterArgs } from "./postgresSlotExporter";
export { PrometheusOperatorMonitoring, type PrometheusOperatorMonitoringArgs } from "./prometheusOperatorMonitoring";
export { HttpBridge, type BridgeKafkaArgs, type HttpBridgeArgs } from "./httpBridge";
export { KafkaAccess } from "./kafkaAccess";
export type {
    BridgeAccessArgs,
    ConnectAccessArgs,
    KafkaAccessArgs,
    KafkaAclArgs,
    KafkaQuotasArgs,
    KafkaTopicArgs,
    KafkaUserArgs,
} from "./kafkaAccessArgs";
export type {
    KafkaAuthenticationArgs,
    KafkaTlsArgs,
    ResourceMetadataArgs,
    FurtherSecretProviderArgs,
    SecretProviderArgs,
    TrustedCertificateArgs,
} from "./kafkaClientArgs";
export { KafkaCluster } from "./kafkaCluster";
export type {
    KafkaClusterArgs,
    KafkaJvmArgs,
    KafkaListenersArgs,
    KafkaNodePoolArgs,
    KafkaStorageArgs,
    KafkaVolumeArgs,
} from "./kafkaClusterArgs";
export { MetricsScraping, type MetricsScrapingArgs } from "./metricsScraping";
export type { AlertTopics } from "../src/metrics/alertManager";
export type { ExpectedCluster } from "../src/metrics/alerts/presenceAlerts";
export { SecretReaderRole, type SecretReaderRoleArgs } from "./secretReaderRole";
export { stackOutputs, type StackOutputs } from "./stackOutputs";
export type { ConnectorOutput, PlatformOutputs } from "../src/schema/stackOutputs";
export type { TeamRights } from "../src/schema/teams";
export { StandaloneConnect } from "./standaloneConnect";
export type {
    CredentialsArgs,
    StandaloneConnectArgs,
    StandaloneConnectorArgs,
    StandaloneSchemaRegistryArgs,
    StandaloneStorageArgs,
} from "./standaloneConnectArgs";
export { StrimziCrds, type StrimziCrdsArgs } from "./strimziCrds";
export { StrimziOperator, type StrimziOperatorArgs } from "./strimziOperator";
export * from "./values";
