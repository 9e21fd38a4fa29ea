/**
 * The components of the Pulumi plugin. ClusterProviders is not among them: its outputs are providers, which Pulumi's
 * package schema cannot describe.
 */
import { ConnectCluster } from "./connectCluster";
import { ConnectIamRole } from "./connectIamRole";
import { ConnectImage } from "./connectImage";
import { Connector } from "./connector";
import { GrafanaDashboards } from "./grafanaDashboards";
import { HttpBridge } from "./httpBridge";
import { KafkaAccess } from "./kafkaAccess";
import { KafkaCluster } from "./kafkaCluster";
import { MetricsScraping } from "./metricsScraping";
import { PostgresSlotExporter } from "./postgresSlotExporter";
import { PrometheusOperatorMonitoring } from "./prometheusOperatorMonitoring";
import { SecretReaderRole } from "./secretReaderRole";
import { StandaloneConnect } from "./standaloneConnect";
import { StrimziCrds } from "./strimziCrds";
import { StrimziOperator } from "./strimziOperator";

export const pluginComponents = [
    ConnectCluster,
    ConnectIamRole,
    ConnectImage,
    Connector,
    GrafanaDashboards,
    HttpBridge,
    KafkaAccess,
    KafkaCluster,
    MetricsScraping,
    PostgresSlotExporter,
    PrometheusOperatorMonitoring,
    SecretReaderRole,
    StandaloneConnect,
    StrimziCrds,
    StrimziOperator,
];
