/** The whole platform: settings in, components wired, outputs out. */
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAccess } from "./components/clusterAccess";
import { ConnectCluster } from "./components/connectCluster";
import { ConnectImage } from "./components/connectImage";
import { Connector } from "./components/connector";
import { MetricsScraping } from "./components/metricsScraping";
import { SecretsAccess } from "./components/secretsAccess";
import { StatusWatch } from "./components/statusWatch";
import { StrimziCrds } from "./components/strimziCrds";
import { StrimziOperator } from "./components/strimziOperator";
import type { ConnectorOutput } from "./outputs";
import { placeInStackFile, stackSettings } from "./settings/pulumiConfig";
import { connectBaseImage } from "./strimzi/versions";

const settings = stackSettings();
const { connect, kafka, metrics, protect, release, secrets, strimzi } = settings;
const platform = connect.name;

const cluster = new ClusterAccess("cluster", { eks: settings.eks, tags: { environment: settings.environment, project: "kafka-connect-platform" } });
const inKubernetes = { provider: cluster.kubernetes };

const wanted = new Set([...(strimzi.createNamespace ? [strimzi.namespace] : []), ...(connect.createNamespace ? [connect.namespace] : [])]);
const namespaces = [...wanted].map((name) => new core.Namespace(name, { metadata: { name } }, inKubernetes));

const crds = strimzi.crds ? new StrimziCrds("strimzi-crds", { version: release.version, protect }, inKubernetes) : undefined;

const operator = strimzi.install
    ? new StrimziOperator(
          "strimzi-operator",
          { strimzi, release, watchNamespaces: [...new Set([connect.namespace, ...strimzi.watchNamespaces])].filter((name) => name !== strimzi.namespace), scrape: metrics.exporter },
          { ...inKubernetes, dependsOn: [...namespaces, ...(crds ? [crds] : [])] },
      )
    : undefined;

const build = settings.image?.build;
const built = build ? new ConnectImage(`${platform}-image`, { build, baseImage: build.baseImage ?? connectBaseImage(release, strimzi.kafkaVersion), protect, aws: cluster.aws }) : undefined;
const image = built?.digest ?? settings.image?.existing;

const readsSecrets = secrets?.provider === "aws-secrets-manager";
const access =
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

const watch = connect.wait ? new StatusWatch(cluster.kubeAccess, release.apiVersion, connect) : undefined;

const connectCluster = new ConnectCluster(
    platform,
    { release, kafkaVersion: strimzi.kafkaVersion, connect, kafka, secrets, metrics, region: settings.eks.region, image, truststore: built?.truststore, indexedPlugins: built !== undefined, roleArn: access?.roleArn, watch },
    // also the order of a destroy: the operator goes last, as only it can take Strimzi's resources down
    { ...inKubernetes, dependsOn: [...namespaces, ...(crds ? [crds] : []), ...(operator ? [operator] : [])] },
);

for (const plan of settings.connectors) {
    new Connector(plan.baseName, { plan, connect, release, watch, place: () => placeInStackFile(["connectors", plan.index]) }, { ...inKubernetes, dependsOn: [connectCluster, connectCluster.ready] });
}

// What other teams read by a StackReference; outputs.ts says what each is.
export const connectClusterName = connect.name;
export const namespace = connect.namespace;
export const restUrl = connectCluster.restUrl;
export const imageDigest = pulumi.output(image);
export const roleArn = access?.roleArn;
export const prometheusEndpoint = scraping?.endpoint;
export const connectors: ConnectorOutput[] = settings.connectors.map(({ name, template, class: className, state, topics, reads }) => ({ name, template, class: className, state, topics: [...topics], reads: [...reads] }));
