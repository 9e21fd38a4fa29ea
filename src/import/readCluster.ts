/** Reads Strimzi's objects of a namespace from a cluster. Nothing is changed there. */
import { ClusterApi, ClusterApiError, type ClusterAccess } from "../util/clusterApi";
import { ImportError, type ImportSource, type SourceObject } from "./source";

const group = "/apis/kafka.strimzi.io";

/** Plurals of the kinds that an import reads. */
const plurals = [
    "kafkas",
    "kafkanodepools",
    "kafkaconnects",
    "kafkaconnectors",
    "kafkatopics",
    "kafkausers",
    "kafkamirrormaker2s",
    "kafkabridges",
    "kafkarebalances",
];

interface ApiGroup {
    preferredVersion: { version: string };
}

/** Only what the user wrote: the rest is the API server's and the operator's. */
function written({ apiVersion, kind, metadata, spec }: SourceObject, origin: string): SourceObject {
    const { name, namespace, labels, annotations, uid } = metadata;
    return { apiVersion, kind, metadata: { name, namespace, labels, annotations, uid }, spec, origin };
}

/** Strimzi's objects in a namespace. */
export async function readCluster(access: ClusterAccess, namespace: string): Promise<ImportSource> {
    try {
        const api = await ClusterApi.connect(access);
        const found = await api.find<ApiGroup>(group);
        if (!found) throw new ImportError(`${api.server}: the cluster has no CRDs of Strimzi.`);
        const { version } = found.preferredVersion;
        const { resources } = await api.get<{ resources: { name: string }[] }>(`${group}/${version}`);
        const served = plurals.filter((plural) => resources.some(({ name }) => name === plural));
        const lists = await Promise.all(
            served.map((plural) =>
                api.get<{ items: SourceObject[] }>(`${group}/${version}/namespaces/${namespace}/${plural}`),
            ),
        );
        const origin = `${api.server}, namespace ${namespace}`;
        const objects = lists.flatMap(({ items }) => items.map((item) => written(item, origin)));
        if (objects.length === 0)
            throw new ImportError(`${api.server}: the namespace ${namespace} has no resources of Strimzi.`);
        return { objects, connectors: [] };
    } catch (error) {
        if (error instanceof ClusterApiError) throw new ImportError(`The cluster cannot be read: ${error.message}`);
        throw error;
    }
}
