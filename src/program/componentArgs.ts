/**
 * From a stack's settings to the arguments of components. Pure, except that outputs of other components are passed
 * through.
 */
import { hasOwnCrds } from "../release/releases";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterProviders, ClusterProvidersArgs } from "../../components/clusterProviders";
import type { ConnectClusterArgs } from "../../components/connectClusterArgs";
import type { ConnectIamRoleArgs } from "../../components/connectIamRole";
import type { ConnectImage, ConnectImageArgs } from "../../components/connectImage";
import type { ConnectClusterReference, ConnectorArgs } from "../../components/connector";
import { argsOf } from "../../components/connectorFromTemplate";
import type { MetricsScrapingArgs } from "../../components/metricsScraping";
import type { PrometheusOperatorMonitoringArgs } from "../../components/prometheusOperatorMonitoring";
import type { SecretReaderRoleArgs } from "../../components/secretReaderRole";
import type { CredentialsArgs, StandaloneConnectArgs } from "../../components/standaloneConnectArgs";
import type { StrimziCrdsArgs } from "../../components/strimziCrds";
import type { StrimziOperatorArgs } from "../../components/strimziOperator";
import type { ResolvedConnector } from "../connectors/template";
import type { SecretsSettings } from "../schema/secrets";
import type { Credentials } from "../schema/standaloneConnect";
import { standaloneNamespace, watchedNamespaces } from "../stack/namespaces";
import type { Settings } from "../stack/settings";
import { mergeAcls } from "../strimzi/acls";
import { awsSecretNames } from "../strimzi/awsSecrets";
import { aclsOfWorkers, synchronizesTopics } from "../strimzi/connectorTopics";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { awsUsers } from "../validation/awsChecks";
import { referencedSecrets } from "../strimzi/kubernetesSecrets";

/** Service account that Strimzi creates for the workers of a Connect cluster. */
const workerServiceAccount = ({ connect }: Settings): string => `${connect.name}-connect`;

export function providersArgs(settings: Settings): ClusterProvidersArgs {
    const { eks, environment } = settings;
    const { tags, region, rolePath: _rolePath, permissionsBoundaryArn: _permissionsBoundaryArn, ...cluster } = eks;
    // an AWS provider requires credentials, also in a preview: a stack that uses nothing of AWS has none
    const looksUpCluster = cluster.clusterName && !cluster.context && !cluster.kubeconfig;
    const usesAws = looksUpCluster || awsUsers(settings).length > 0;
    return {
        ...cluster,
        region: usesAws ? region : undefined,
        tags: { ...tags, environment, project: "kafka-connect-platform" },
    };
}

/** Undefined where the stack does not own the CRDs, or the Helm chart has to install them. */
export const crdsArgs = ({ strimzi, release, protect }: Settings): StrimziCrdsArgs | undefined =>
    strimzi.crds && hasOwnCrds(release) ? { version: strimzi.version, protect } : undefined;

export function operatorArgs(settings: Settings): StrimziOperatorArgs {
    const { version, namespace, chart, replicas, resources, kubernetesVersion, values } = settings.strimzi;
    return {
        version,
        namespace,
        chart,
        replicas,
        resources,
        kubernetesVersion,
        values,
        watchNamespaces: watchedNamespaces(settings),
        metrics: settings.metrics.exporter,
        ...(settings.strimzi.crds && !hasOwnCrds(settings.release) ? { installCrds: true } : {}),
    };
}

/** Undefined where the stack has neither a build nor its repository. */
export const imageArgs = ({ image, strimzi, protect }: Settings): ConnectImageArgs | undefined =>
    image?.build && {
        ...image.build,
        existing: image.existing,
        strimziVersion: strimzi.version,
        kafkaVersion: strimzi.kafkaVersion,
        protect,
    };

/** Further MSK clusters that connectors read as the workers' role. */
const mskSources = (connectors: Settings["connectors"]): string[] => [
    ...new Set(connectors.flatMap(({ mskClusterArn }) => mskClusterArn ?? [])),
];

/** Undefined where the workers need nothing of AWS, or another stack creates them with their role. */
export function iamRoleArgs(settings: Settings, cluster: ClusterProviders): ConnectIamRoleArgs | undefined {
    const { connect, eks, kafka, secrets } = settings;
    const mskClusterArn = kafka.authentication.clusterArn;
    const readsSecrets = secrets?.provider === "aws-secrets-manager";
    const mskSourceArns = mskSources(settings.connectors);
    const needsAws = readsSecrets || mskClusterArn !== undefined || mskSourceArns.length > 0;
    if (!connect.install || !needsAws) return undefined;
    return {
        region: secrets?.region ?? eks.region!,
        accountId: cluster.accountId,
        ...(eks.identity === "irsa"
            ? { oidcIssuer: cluster.oidcIssuer, oidcProviderArn: cluster.oidcProviderArn }
            : { podIdentity: { clusterName: eks.clusterName!, clusterArn: cluster.clusterArn } }),
        path: eks.rolePath,
        permissionsBoundaryArn: eks.permissionsBoundaryArn,
        namespace: connect.namespace,
        serviceAccount: workerServiceAccount(settings),
        secrets: readsSecrets ? readableSecrets(settings, secrets) : undefined,
        mskClusterArn,
        ...mskRights(settings),
        ...(mskSourceArns.length > 0 ? { mskSourceArns } : {}),
    };
}

/** The secrets that the workers may read; undefined where no connector refers to one. */
function readableSecrets(
    { eks, connectors, connect }: Settings,
    secrets: SecretsSettings,
): ConnectIamRoleArgs["secrets"] {
    const { kmsKeyArns } = secrets;
    if (eks.permissions === "any-connector") return { prefix: secrets.prefix, kmsKeyArns };
    const names = awsSecretNames(secrets, connectors, connect.config);
    return names.length > 0 ? { names, kmsKeyArns } : undefined;
}

/** What the workers may do on the MSK cluster. */
function mskRights({
    eks,
    kafka,
    connect,
    connectors,
}: Settings): Pick<ConnectIamRoleArgs, "mskAcls" | "synchronizesTopics"> {
    if (!kafka.authentication.clusterArn) return {};
    if (eks.permissions === "any-connector") return { synchronizesTopics: connectors.some(synchronizesTopics) };
    return {
        mskAcls: mergeAcls(aclsOfWorkers(connect, connectors)).map((acl) => ({
            ...acl,
            operations: [...acl.operations],
        })),
    };
}

/** Undefined where connectors refer to no Secret. */
export function secretReaderArgs(settings: Settings): SecretReaderRoleArgs | undefined {
    const referenced = referencedSecrets(settings.connectors, settings.secrets, settings.connect.namespace);
    if (referenced.size === 0) return undefined;
    return {
        serviceAccount: workerServiceAccount(settings),
        namespace: settings.connect.namespace,
        secrets: Object.fromEntries(referenced),
    };
}

/** Undefined where no workspace scrapes the stack's metrics. */
export function scrapingArgs(settings: Settings, cluster: ClusterProviders): MetricsScrapingArgs | undefined {
    const { connect, kafkaCluster, metrics, protect, strimzi } = settings;
    const { namespace, name, replicas } = connect;
    const { workspace, workspaceArn, retentionDays, ...scraping } = metrics;
    if (workspace === "none") return undefined;
    return {
        clusterArn: cluster.scrapedClusterArn,
        namespaces: [...new Set([...watchedNamespaces(settings), strimzi.namespace])],
        subnetIds: scraping.subnetIds,
        securityGroupIds: scraping.securityGroupIds,
        scrapeIntervalSeconds: scraping.scrapeIntervalSeconds,
        alerts: scraping.alerts,
        kafkaAlerts: kafkaCluster !== undefined,
        connectCluster: connect.install ? { namespace, name, replicas } : undefined,
        notifications: scraping.notifications,
        runbookUrl: scraping.runbookUrl,
        slotWalBudgetGiB: scraping.slotWalBudgetGiB,
        slo: scraping.slo,
        ...(workspace === "existing" ? { workspaceArn } : { retentionDays }),
        protect,
    };
}

/** Undefined where the cluster has no Prometheus operator. */
export function operatorMonitoringArgs(settings: Settings): PrometheusOperatorMonitoringArgs | undefined {
    const { connect, kafkaCluster, metrics } = settings;
    const { namespace, name, replicas } = connect;
    const { prometheusOperator, scrapeIntervalSeconds, alerts, runbookUrl, slo, slotWalBudgetGiB } = metrics;
    if (!prometheusOperator) return undefined;
    return {
        namespaces: [...new Set([namespace, ...(kafkaCluster ? [kafkaNamespace(kafkaCluster, connect)] : [])])],
        labels: prometheusOperator.labels,
        scrapeIntervalSeconds,
        alerts,
        kafkaAlerts: kafkaCluster !== undefined,
        connectCluster: connect.install ? { namespace, name, replicas } : undefined,
        runbookUrl,
        slotExporterNamespace: metrics.slotExporter && namespace,
        slotWalBudgetGiB,
        slo,
    };
}

const stringValues = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));

/** What the Connect cluster gets from other components. */
interface ConnectClusterSources {
    readonly builtImage?: ConnectImage;
    readonly image?: pulumi.Input<string>;
    readonly roleArn?: pulumi.Input<string>;
}

export function connectClusterArgs(
    settings: Settings,
    { builtImage, image, roleArn }: ConnectClusterSources,
): ConnectClusterArgs {
    const { connect, eks, kafka, metrics, secrets, strimzi } = settings;
    const { install: _install, use: _use, createNamespace: _createNamespace, wait, ...workers } = connect;
    const { clusterArn: _clusterArn, ...authentication } = kafka.authentication;
    return {
        ...workers,
        waitForReady: wait,
        bootstrapServers: kafka.bootstrapServers,
        tls: kafka.tls,
        authentication,
        replicationFactor: kafka.replicationFactor,
        mountForConnectors: kafka.mountForConnectors,
        strimziVersion: strimzi.version,
        kafkaVersion: strimzi.kafkaVersion,
        secretProvider: secrets && {
            provider: secrets.provider,
            plugin: secrets.plugin,
            name: secrets.name,
            region: secrets.region ?? eks.region,
            prefix: secrets.prefix,
            further: secrets.further.map((item) => ({ ...item, params: stringValues(item.params) })),
        },
        metrics: metrics.exporter,
        image,
        truststore: builtImage?.truststore,
        indexedPlugins: builtImage?.indexedPlugins ?? false,
        // credentials by the annotation would take precedence over those of EKS Pod Identity
        roleArn: eks.identity === "irsa" ? roleArn : undefined,
    };
}

/** @param description how an error names the connector */
export const connectorArgs = (
    { connect }: Settings,
    connector: ResolvedConnector,
    connectCluster: ConnectClusterReference,
    description: string,
): ConnectorArgs => ({
    ...argsOf(connector),
    connectCluster,
    waitForReady: connect.wait,
    timeoutMinutes: connect.timeoutMinutes,
    description: `${description}: ${connector.name}`,
});

const credentialsArgs = (credentials: Credentials | undefined): CredentialsArgs | undefined =>
    credentials && {
        ...credentials,
        username: credentials.username?.secure,
        password: credentials.password?.secure,
    };

/** Undefined where the stack has no standalone worker. */
export function standaloneArgs(settings: Settings): StandaloneConnectArgs | undefined {
    if (!settings.standaloneConnect) return undefined;
    const { createNamespace: _createNamespace, ...worker } = settings.standaloneConnect;
    const { credentials, schemaRegistry } = worker;
    return {
        ...worker,
        namespace: standaloneNamespace(settings),
        credentials: credentialsArgs(credentials),
        schemaRegistry: schemaRegistry && {
            ...schemaRegistry,
            credentials: credentialsArgs(schemaRegistry.credentials),
        },
        protect: settings.protect,
    };
}
