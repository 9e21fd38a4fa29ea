/** The whole platform: settings in, components wired, outputs out. */
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { ClusterProviders } from "./components/clusterProviders";
import { ConnectCluster } from "./components/connectCluster";
import { ConnectImage } from "./components/connectImage";
import { Connector } from "./components/connector";
import { createKafkaResources } from "./src/program/kafkaResources";
import { SecretReaderRole } from "./components/secretReaderRole";
import { MetricsScraping } from "./components/metricsScraping";
import { ConnectIamRole } from "./components/connectIamRole";
import { StandaloneConnect } from "./components/standaloneConnect";
import { ReadinessWatcher } from "./components/internal/readinessWatcher";
import { StrimziCrds } from "./components/strimziCrds";
import { StrimziOperator } from "./components/strimziOperator";
import type { ConnectorOutput } from "./src/program/outputs";
import { createdNamespaces, standaloneNamespace, watchedNamespaces } from "./src/stack/namespaces";
import { stackFileLocation, currentStackSettings } from "./src/stack/pulumiConfig";
import { referencedSecrets } from "./src/strimzi/kubernetesSecrets";
import { connectBaseImage } from "./src/release/releases";

const settings = currentStackSettings();
const { connect, kafka, metrics, protect, release, secrets, standaloneConnect, strimzi } = settings;
const platform = connect.name;

const cluster = new ClusterProviders("cluster", {
    eks: settings.eks,
    tags: { environment: settings.environment, project: "kafka-connect-platform" },
});
const inKubernetes = { provider: cluster.kubernetes };

const namespaces = createdNamespaces(settings).map(
    (name) => new core.Namespace(name, { metadata: { name } }, inKubernetes),
);

const crds = strimzi.crds
    ? new StrimziCrds("strimzi-crds", { version: release.version, protect }, { provider: cluster.kubernetesCrds })
    : undefined;

const operator = strimzi.install
    ? new StrimziOperator(
          "strimzi-operator",
          { strimzi, release, watchNamespaces: watchedNamespaces(settings), scrape: metrics.exporter },
          { ...inKubernetes, dependsOn: [...namespaces, ...(crds ? [crds] : [])] },
      )
    : undefined;

// what Strimzi's resources wait for; also the order of a destroy: the operator goes last, as only it can take them down
const strimziReady = [...namespaces, ...(crds ? [crds] : []), ...(operator ? [operator] : [])];

const ownKafka = createKafkaResources(settings, { ...inKubernetes, dependsOn: strimziReady });

if (standaloneConnect) {
    new StandaloneConnect(
        standaloneConnect.name,
        { standalone: standaloneConnect, namespace: standaloneNamespace(settings), protect },
        { ...inKubernetes, dependsOn: namespaces },
    );
}

const build = settings.image?.build;
const built = build
    ? new ConnectImage(`${platform}-image`, {
          build,
          baseImage: build.baseImage ?? connectBaseImage(release, strimzi.kafkaVersion),
          protect,
          aws: cluster.aws,
      })
    : undefined;
const image = built?.digest ?? settings.image?.existing;

const readsSecrets = secrets?.provider === "aws-secrets-manager";
const role =
    readsSecrets || kafka.authentication.clusterArn
        ? new ConnectIamRole(`${platform}-access`, {
              region: secrets?.region ?? settings.eks.region!,
              accountId: cluster.accountId,
              oidcIssuer: cluster.oidcIssuer,
              oidcProviderArn: cluster.oidcProviderArn,
              namespace: connect.namespace,
              serviceAccount: `${connect.name}-connect`,
              secrets: readsSecrets ? { prefix: secrets.prefix!, kmsKeyArns: secrets.kmsKeyArns } : undefined,
              mskClusterArn: kafka.authentication.clusterArn,
              provider: cluster.aws,
          })
        : undefined;

const readable = referencedSecrets(settings.connectors, secrets);
const mayRead =
    readable.size > 0
        ? [
              new SecretReaderRole(
                  `${platform}-secrets`,
                  { serviceAccount: `${connect.name}-connect`, namespace: connect.namespace, secrets: readable },
                  { ...inKubernetes, dependsOn: namespaces },
              ),
          ]
        : [];

const scraping =
    metrics.workspace === "none"
        ? undefined
        : new MetricsScraping(`${platform}-metrics`, {
              metrics,
              clusterArn: cluster.clusterArn,
              namespaces: [...new Set([...watchedNamespaces(settings), strimzi.namespace])],
              kafka: settings.kafkaCluster !== undefined,
              protect,
              provider: cluster.aws,
          });

const watch = connect.wait ? new ReadinessWatcher(cluster.kubeAccess, release.apiVersion, connect) : undefined;

const connectCluster = connect.install
    ? new ConnectCluster(
          platform,
          {
              release,
              kafkaVersion: strimzi.kafkaVersion,
              connect,
              kafka,
              secrets,
              metrics,
              region: settings.eks.region,
              image,
              truststore: built?.truststore,
              indexedPlugins: built !== undefined,
              roleArn: role?.roleArn,
              watch,
          },
          { ...inKubernetes, dependsOn: [...strimziReady, ...ownKafka.ready, ...mayRead] },
      )
    : undefined;

if (connectCluster) {
    const dependsOn = [connectCluster, connectCluster.ready];
    for (const plan of settings.connectors)
        new Connector(
            plan.baseName,
            { plan, connect, release, watch, place: () => stackFileLocation(["connectors", plan.index]) },
            { ...inKubernetes, dependsOn },
        );
}

// What other teams read by a StackReference; outputs.ts says what each is.
export const connectClusterName = connect.install ? connect.name : undefined;
export const namespace = connect.namespace;
export const restUrl = connectCluster?.restUrl;
export const imageDigest = pulumi.output(image);
export const roleArn = role?.roleArn;
export const prometheusEndpoint = scraping?.endpoint;
export const kafkaBootstrapServers = kafka.bootstrapServers || undefined;
export const { topics, users } = ownKafka;
export const connectors: ConnectorOutput[] = settings.connectors.map(
    ({ name, template, class: className, state, outputTopics: topics, inputTopics: reads }) => ({
        name,
        template,
        class: className,
        state,
        topics: [...topics],
        reads: [...reads],
    }),
);
