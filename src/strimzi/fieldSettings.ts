/**
 * Which setting of a stack file generates a field of a Strimzi resource's `spec`: for warnings about overrides, and for
 * docs/coverage.md. A field that is not listed is covered by the escape hatch alone.
 */

/** Settings by field, the more specific field first where one contains another. */
export const connectFieldSettings: Readonly<Record<string, string>> = {
    version: "strimzi.kafkaVersion",
    replicas: "connect.replicas",
    image: "image",
    bootstrapServers: "kafka.bootstrapServers",
    groupId: "connect.groupId",
    configStorageTopic: "connect.configStorageTopic",
    offsetStorageTopic: "connect.offsetStorageTopic",
    statusStorageTopic: "connect.statusStorageTopic",
    "tls.trustedCertificates": "kafka.tls.trustedCertificates",
    tls: "kafka.tls",
    "authentication.type": "kafka.authentication.type",
    "authentication.username": "kafka.authentication.username",
    "authentication.passwordSecret": "kafka.authentication.secretName",
    "authentication.certificateAndKey": "kafka.authentication.secretName",
    authentication: "kafka.authentication",
    config: "connect.config",
    resources: "connect.resources",
    "jvmOptions.-XX": "connect.jvm.options",
    "jvmOptions.-Xms": "connect.jvm.xms",
    "jvmOptions.-Xmx": "connect.jvm.xmx",
    "jvmOptions.javaSystemProperties": "connect.jvm.systemProperties",
    jvmOptions: "connect.jvm",
    logging: "connect.logging",
    rack: "connect.rack",
    metricsConfig: "metrics.exporter",
    "template.pod.metadata.labels": "connect.labels",
    "template.pod.metadata.annotations": "connect.annotations",
    "template.pod.affinity": "connect.affinity",
    "template.pod.tolerations": "connect.tolerations",
    "template.pod.topologySpreadConstraints": "connect.topologySpreadConstraints",
    "template.pod.priorityClassName": "connect.priorityClassName",
    "template.pod.imagePullSecrets": "connect.imagePullSecrets",
    "template.pod.volumes": "connect.volumes",
    "template.connectContainer.env": "connect.env",
    "template.connectContainer.volumeMounts": "connect.volumes",
    "template.podDisruptionBudget.maxUnavailable": "connect.maxUnavailable",
};

/** The same for a KafkaConnector. */
export const connectorFieldSettings: Readonly<Record<string, string>> = {
    class: "connectors[].connectorTemplate",
    version: "connectors[].pluginVersion",
    tasksMax: "connectors[].tasksMax",
    "autoRestart.enabled": "connectors[].autoRestart.enabled",
    "autoRestart.maxRestarts": "connectors[].autoRestart.maxRestarts",
    autoRestart: "connectors[].autoRestart",
    config: "connectors[].config",
    state: "connectors[].state",
};

/** The same for a Kafka. */
export const kafkaFieldSettings: Readonly<Record<string, string>> = {
    "kafka.version": "strimzi.kafkaVersion",
    "kafka.listeners": "kafkaCluster.listeners",
    "kafka.authorization.type": "kafkaCluster.authorization",
    "kafka.config": "kafkaCluster.config",
    "kafka.rack.topologyKey": "kafkaCluster.rackTopologyKey",
    "kafka.metricsConfig": "metrics.exporter",
};

/** The same for a KafkaNodePool. */
export const nodePoolFieldSettings: Readonly<Record<string, string>> = {
    replicas: "kafkaCluster.nodePools[].replicas",
    roles: "kafkaCluster.nodePools[].roles",
    storage: "kafkaCluster.nodePools[].storage",
    resources: "kafkaCluster.nodePools[].resources",
    "jvmOptions.-Xms": "kafkaCluster.nodePools[].jvm.xms",
    "jvmOptions.-Xmx": "kafkaCluster.nodePools[].jvm.xmx",
    "template.pod.affinity": "kafkaCluster.nodePools[].affinity",
    "template.pod.tolerations": "kafkaCluster.nodePools[].tolerations",
    "template.pod.topologySpreadConstraints": "kafkaCluster.nodePools[].topologySpreadConstraints",
};

/** The same for a KafkaTopic. */
export const topicFieldSettings: Readonly<Record<string, string>> = {
    topicName: "kafkaAccess.topics[].name",
    partitions: "kafkaAccess.topics[].partitions",
    replicas: "kafkaAccess.topics[].replicationFactor",
    config: "kafkaAccess.topics[].config",
};

/** The same for a KafkaUser. */
export const userFieldSettings: Readonly<Record<string, string>> = {
    "authentication.type": "kafkaAccess.users[].authentication",
    "authorization.acls": "kafkaAccess.users[].acls",
    "quotas.producerByteRate": "kafkaAccess.users[].quotas",
    "quotas.consumerByteRate": "kafkaAccess.users[].quotas",
    "quotas.requestPercentage": "kafkaAccess.users[].quotas",
    "quotas.controllerMutationRate": "kafkaAccess.users[].quotas",
};

/** The setting that generates the field at a path of a spec, or the nearest field around it. */
export function settingOfField(
    settings: Readonly<Record<string, string>>,
    path: readonly string[],
): string | undefined {
    for (let length = path.length; length > 0; length--) {
        const setting = settings[path.slice(0, length).join(".")];
        if (setting) return setting;
    }
    return undefined;
}
