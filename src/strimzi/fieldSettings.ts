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
