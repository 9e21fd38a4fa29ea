/** A worker's properties from a KafkaConnect resource, as Strimzi's operator makes them. Pure. */
import type { KubernetesObject } from "../synth/synth";

/** What differs from a pod: where this worker listens and finds its plugins. */
export interface WorkerPlace {
    restPort: number;
    pluginPath: string;
    /** Folder of further plugins. */
    own?: string;
}

/** The providers that Strimzi adds to every worker and that work outside Kubernetes (KafkaConnectConfigurationBuilder). */
const strimziProviders = {
    strimzienv: "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    strimzifile: "org.apache.kafka.common.config.provider.FileConfigProvider",
    strimzidir: "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
};

/** The properties. `spec.config` is taken whole; group and topics from wherever the resource's API version has them. */
export function workerProperties(resource: KubernetesObject, place: WorkerPlace): Record<string, unknown> {
    const { spec } = resource;
    if (spec.tls || spec.authentication)
        throw new Error(
            "the sandbox's broker has neither TLS nor logins: a stack for it leaves kafka.tls and kafka.authentication out",
        );
    const inSpec = {
        "group.id": spec.groupId,
        "config.storage.topic": spec.configStorageTopic,
        "offset.storage.topic": spec.offsetStorageTopic,
        "status.storage.topic": spec.statusStorageTopic,
    };
    const own = spec.config["config.providers"] as string | undefined;
    return {
        ...Object.fromEntries(Object.entries(inSpec).filter(([, value]) => value !== undefined)),
        ...spec.config,
        "config.providers": [own, ...Object.keys(strimziProviders)].filter(Boolean).join(","),
        ...Object.fromEntries(
            Object.entries(strimziProviders).map(([name, type]) => [`config.providers.${name}.class`, type]),
        ),
        "bootstrap.servers": spec.bootstrapServers,
        listeners: `http://127.0.0.1:${place.restPort}`,
        "rest.advertised.host.name": "127.0.0.1",
        "rest.advertised.port": place.restPort,
        "plugin.path": [place.pluginPath, place.own].filter(Boolean).join(","),
        // finds plugins by their index instead of reading every class (the index is made when they are unpacked)
        "plugin.discovery": "service_load",
    };
}
