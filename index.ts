/** The platform: a stack's settings → components → the stack's outputs. */
import * as core from "@pulumi/kubernetes/core/v1";
import { ClusterProviders } from "./components/clusterProviders";
import { ConnectCluster } from "./components/connectCluster";
import { ConnectIamRole } from "./components/connectIamRole";
import { ConnectImage } from "./components/connectImage";
import { Connector } from "./components/connector";
import { GrafanaDashboards } from "./components/grafanaDashboards";
import { MetricsScraping } from "./components/metricsScraping";
import { PostgresSlotExporter } from "./components/postgresSlotExporter";
import { PrometheusOperatorMonitoring } from "./components/prometheusOperatorMonitoring";
import { SecretReaderRole } from "./components/secretReaderRole";
import { StandaloneConnect } from "./components/standaloneConnect";
import { StrimziCrds } from "./components/strimziCrds";
import { StrimziOperator } from "./components/strimziOperator";
import { adoptionOptions } from "./src/program/adoption";
import * as args from "./src/program/componentArgs";
import { createKafkaResources } from "./src/program/kafkaResources";
import { createManifests } from "./src/program/manifests";
import { createSnapshotJob } from "./src/program/snapshotJobs";
import { platformOutputs } from "./src/program/outputs";
import { createdNamespaces } from "./src/stack/namespaces";
import { currentStackSettings, connectorPlace } from "./src/stack/pulumiConfig";
import type { Settings } from "./src/stack/settings";
import { skipPromiseTraces } from "./src/util/promiseTraces";

export = async (loaded?: Settings) => {
    skipPromiseTraces();
    const settings = await currentStackSettings(loaded);
    const { connect, standaloneConnect, strimzi } = settings;

    const cluster = new ClusterProviders("cluster", args.providersArgs(settings));
    const inKubernetes = {
        provider: cluster.kubernetes,
        ...adoptionOptions(settings.adopt ?? [], () => cluster.kubernetesCrds),
    };
    const inAws = { providers: cluster.aws ? [cluster.aws] : [] };

    const namespaces = createdNamespaces(settings).map(
        (name) => new core.Namespace(name, { metadata: { name } }, inKubernetes),
    );
    const crdsArgs = args.crdsArgs(settings);
    const crds = crdsArgs ? [new StrimziCrds("strimzi-crds", crdsArgs, { provider: cluster.kubernetesCrds })] : [];
    const beforeOperator = { ...inKubernetes, dependsOn: [...namespaces, ...crds] };
    const operator = strimzi.install
        ? [new StrimziOperator("strimzi-operator", args.operatorArgs(settings), beforeOperator)]
        : [];

    // Strimzi's resources depend on the operator, so that it is deleted last: only it can remove what they own
    const strimziReady = [...namespaces, ...crds, ...operator];

    const before = createManifests(settings, "before", { ...inKubernetes, dependsOn: strimziReady });
    const kafka = createKafkaResources(settings, { ...inKubernetes, dependsOn: [...strimziReady, ...before] });
    createManifests(settings, "clients", { ...inKubernetes, dependsOn: [...strimziReady, ...before, ...kafka.ready] });

    const standaloneArgs = args.standaloneArgs(settings);
    if (standaloneArgs)
        new StandaloneConnect(standaloneConnect!.name, standaloneArgs, { ...inKubernetes, dependsOn: namespaces });

    const imageArgs = args.imageArgs(settings);
    const builtImage = imageArgs && new ConnectImage(`${connect.name}-image`, imageArgs, inAws);
    const image = builtImage?.digest ?? settings.image?.existing;

    const roleArgs = args.iamRoleArgs(settings, cluster);
    const role = roleArgs && new ConnectIamRole(`${connect.name}-access`, roleArgs, inAws);

    const readerArgs = args.secretReaderArgs(settings);
    const secretReader = readerArgs
        ? [new SecretReaderRole(`${connect.name}-secrets`, readerArgs, { ...inKubernetes, dependsOn: namespaces })]
        : [];

    const scrapingArgs = args.scrapingArgs(settings, cluster);
    const scraping = scrapingArgs && new MetricsScraping(`${connect.name}-metrics`, scrapingArgs, inAws);

    const monitoringArgs = args.operatorMonitoringArgs(settings);
    if (monitoringArgs)
        new PrometheusOperatorMonitoring(`${connect.name}-monitoring`, monitoringArgs, {
            ...inKubernetes,
            dependsOn: namespaces,
        });

    if (settings.metrics.slotExporter)
        new PostgresSlotExporter(
            `${connect.name}-slots`,
            { namespace: connect.namespace, ...settings.metrics.slotExporter },
            { ...inKubernetes, dependsOn: namespaces },
        );

    if (settings.metrics.dashboards)
        new GrafanaDashboards(
            `${connect.name}-dashboards`,
            { namespace: connect.namespace },
            { ...inKubernetes, dependsOn: namespaces },
        );

    const connectCluster = connect.install
        ? new ConnectCluster(
              connect.name,
              args.connectClusterArgs(settings, { builtImage, image, roleArn: role?.roleArn }),
              {
                  ...inKubernetes,
                  dependsOn: [
                      ...strimziReady,
                      ...before,
                      ...kafka.ready,
                      ...secretReader,
                      // EKS Pod Identity gives its credentials to pods that start after the association
                      ...(role && settings.eks.identity === "pod-identity" ? [role] : []),
                  ],
              },
          )
        : undefined;

    // a Connect cluster of another stack is known by its name
    const { name, namespace } = connect;
    const usedCluster = connect.use && { name, namespace, strimziVersion: strimzi.version };
    const connectorsRunOn = connectCluster ?? usedCluster;
    if (connectorsRunOn)
        for (const connector of settings.connectors) {
            const location = connectorPlace(settings, connector.index);
            const connectorArgs = args.connectorArgs(settings, connector, connectorsRunOn, location);
            const resource = new Connector(connector.baseName, connectorArgs, {
                ...inKubernetes,
                dependsOn: connectCluster ?? [...before, ...kafka.ready, ...secretReader],
            });
            createSnapshotJob(settings, connector, image, { ...inKubernetes, dependsOn: resource });
        }

    // Other stacks read these by stackOutputs()
    return platformOutputs(settings, {
        restUrl: connectCluster?.restUrl,
        imageDigest: image,
        roleArn: role?.roleArn,
        prometheusEndpoint: scraping?.endpoint,
        topics: kafka.topics,
        users: kafka.users,
    });
};
