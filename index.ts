/** The whole platform: settings in, components wired, outputs out. */
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAccess } from "./components/clusterAccess";
import { ConnectCluster } from "./components/connectCluster";
import { ConnectImage } from "./components/connectImage";
import { Connector } from "./components/connector";
import { HttpBridge } from "./components/httpBridge";
import { KafkaAccess, kafkaAccessOf } from "./components/kafkaAccess";
import { KafkaCluster } from "./components/kafkaCluster";
import { MetricsScraping } from "./components/metricsScraping";
import { SecretsAccess } from "./components/secretsAccess";
import { StandaloneConnect } from "./components/standaloneConnect";
import { StrimziCrds } from "./components/strimziCrds";
import { StrimziOperator } from "./components/strimziOperator";
import type { ConnectorOutput } from "./outputs";
import { bridgeKafka, bridgeNamespace } from "./settings/bridgeKafka";
import { createdNamespaces, standaloneNamespace, watchedNamespaces } from "./settings/namespaces";
import { kafkaNamespace } from "./settings/ownKafka";
import { stackSettings } from "./settings/pulumiConfig";
import { connectBaseImage } from "./strimzi/versions";

const settings = stackSettings();
const { connect, httpBridge, kafka, kafkaCluster, metrics, protect, release, secrets, standaloneConnect, strimzi } = settings;
const platform = connect.name;

const cluster = new ClusterAccess("cluster", { eks: settings.eks, tags: { environment: settings.environment, project: "kafka-connect-platform" } });
const inKubernetes = { provider: cluster.kubernetes };

const namespaces = createdNamespaces(settings).map((name) => new core.Namespace(name, { metadata: { name } }, inKubernetes));

const crds = strimzi.crds ? new StrimziCrds("strimzi-crds", { version: release.version, protect }, inKubernetes) : undefined;

const operator = strimzi.install
    ? new StrimziOperator(
          "strimzi-operator",
          { strimzi, release, watchNamespaces: watchedNamespaces(settings), scrape: metrics.exporter },
          { ...inKubernetes, dependsOn: [...namespaces, ...(crds ? [crds] : [])] },
      )
    : undefined;

// what Strimzi's resources wait for; also the order of a destroy: the operator goes last, as only it can take them down
const strimziReady = [...namespaces, ...(crds ? [crds] : []), ...(operator ? [operator] : [])];

const ownKafka = kafkaCluster
    ? new KafkaCluster(`${kafkaCluster.name}-kafka`, { cluster: kafkaCluster, namespace: kafkaNamespace(kafkaCluster, connect), release, kafkaVersion: strimzi.kafkaVersion, exporter: metrics.exporter, protect }, { ...inKubernetes, dependsOn: strimziReady })
    : undefined;
const access = kafkaAccessOf(settings);
const kafkaAccess = access ? new KafkaAccess("kafka-access", access, { ...inKubernetes, dependsOn: ownKafka ?? strimziReady }) : undefined;

if (httpBridge) {
    new HttpBridge(httpBridge.name, { bridge: httpBridge, namespace: bridgeNamespace(settings), release, kafka: bridgeKafka(settings) }, { ...inKubernetes, dependsOn: [...namespaces, ...(kafkaAccess ? [kafkaAccess] : [])] });
}

if (standaloneConnect) {
    new StandaloneConnect(standaloneConnect.name, { standalone: standaloneConnect, namespace: standaloneNamespace(settings), protect }, { ...inKubernetes, dependsOn: namespaces });
}

const build = settings.image?.build;
const built = build ? new ConnectImage(`${platform}-image`, { build, baseImage: build.baseImage ?? connectBaseImage(release, strimzi.kafkaVersion), protect, aws: cluster.aws }) : undefined;
const image = built?.digest ?? settings.image?.existing;

const readsSecrets = secrets?.provider === "aws-secrets-manager";
const role =
    readsSecrets || kafka.authentication.clusterArn
        ? new SecretsAccess(`${platform}-access`, {
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

const scraping =
    metrics.workspace === "none"
        ? undefined
        : new MetricsScraping(`${platform}-metrics`, { metrics, clusterArn: cluster.clusterArn, namespaces: [...new Set([connect.namespace, strimzi.namespace])], protect, provider: cluster.aws });

const connectCluster = connect.install
    ? new ConnectCluster(
          platform,
          { release, kafkaVersion: strimzi.kafkaVersion, connect, kafka, secrets, metrics, region: settings.eks.region, image, truststore: built?.truststore, roleArn: role?.roleArn },
          { ...inKubernetes, dependsOn: [...strimziReady, ...(kafkaAccess ? [kafkaAccess] : ownKafka ? [ownKafka] : [])] },
      )
    : undefined;

for (const plan of settings.connectors) {
    new Connector(plan.baseName, { plan, connect, release }, { ...inKubernetes, dependsOn: connectCluster });
}

// What other teams read by a StackReference; outputs.ts says what each is.
export const connectClusterName = connect.install ? connect.name : undefined;
export const namespace = connect.namespace;
export const restUrl = connectCluster?.restUrl;
export const imageDigest = pulumi.output(image);
export const roleArn = role?.roleArn;
export const prometheusEndpoint = scraping?.endpoint;
export const kafkaBootstrapServers = kafka.bootstrapServers || undefined;
export const topics = access?.topics.map(({ name }) => name) ?? [];
export const users = access?.users.map(({ name }) => name) ?? [];
export const connectors: ConnectorOutput[] = settings.connectors.map(({ name, template, class: className, state, topics }) => ({ name, template, class: className, state, topics: [...topics] }));
