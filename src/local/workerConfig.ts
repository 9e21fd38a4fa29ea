/** A worker's properties from a KafkaConnect resource, as Strimzi's operator generates them. Pure. */
import type { KubernetesObject } from "../synth/synth";

/** What differs from a pod: where this worker listens and finds its plugins. */
export interface WorkerPlace {
    restPort: number;
    /** Folders, separated by commas. */
    pluginPath: string;
}

/** The providers that Strimzi adds to every worker, as far as they work outside Kubernetes. */
const strimziProviders = {
    strimzienv: "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    strimzifile: "org.apache.kafka.common.config.provider.FileConfigProvider",
    strimzidir: "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
};

/** The properties: all of `spec.config`, and group and topics from where the resource's API version has them. */
export function workerProperties(resource: KubernetesObject, place: WorkerPlace): Record<string, unknown> {
    const { spec } = resource;
    if (spec.tls || spec.authentication)
        throw new Error(
            "a worker on this machine has neither TLS nor a login: remove kafka.tls and kafka.authentication",
        );
    const inSpec = {
        "group.id": spec.groupId,
        "config.storage.topic": spec.configStorageTopic,
        "offset.storage.topic": spec.offsetStorageTopic,
        "status.storage.topic": spec.statusStorageTopic,
    };
    const declared = spec.config["config.providers"] as string | undefined;
    return {
        ...Object.fromEntries(Object.entries(inSpec).filter(([, value]) => value !== undefined)),
        ...spec.config,
        "config.providers": [declared, ...Object.keys(strimziProviders)].filter(Boolean).join(","),
        ...Object.fromEntries(
            Object.entries(strimziProviders).map(([name, type]) => [`config.providers.${name}.class`, type]),
        ),
        "bootstrap.servers": spec.bootstrapServers,
        listeners: `http://127.0.0.1:${place.restPort}`,
        "rest.advertised.host.name": "127.0.0.1",
        "rest.advertised.port": place.restPort,
        "plugin.path": place.pluginPath,
        // the plugins are indexed when they are unpacked, so that no class has to be scanned
        "plugin.discovery": "service_load",
    };
}
