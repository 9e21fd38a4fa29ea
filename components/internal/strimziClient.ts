/** The stack's Strimzi resources as they are in the cluster. Only `pulumi up` asks for them, so the client is loaded only then. */
import * as fs from "fs";
import * as os from "os";
import type { StrimziObject } from "../../src/strimzi/status";

/** How the stack reaches its cluster, as its Kubernetes provider has it. Neither: the ambient kubeconfig, or the pod's service account. */
export interface KubeAccess {
    /** Path of a kubeconfig, or its content. */
    kubeconfig?: string;
    context?: string;
}

/** Our name among the managers of an object's fields. */
export const fieldManager = "kafka-connect-platform";

/** The annotation by which the operator is made to look at a resource again. */
const reconcileAnnotation = "kafka-connect-platform/look-again";

/** An answer of the cluster that is an error; `code` is its HTTP status, where it answered at all. */
export interface ClusterError extends Error {
    code?: number;
}

/** Objects of one kind in one namespace. */
export interface StrimziClient {
    /** All of them by name, and the API server's time. Throws a ClusterError. */
    list(): Promise<{ objects: Map<string, StrimziObject>; now: Date }>;
    /** Sets our annotation, or takes it away. The operator looks at a KafkaConnector when any part of it changes, otherwise every two minutes. */
    annotate(name: string, value: string | null): Promise<void>;
}

/** Opens the cluster. The library takes a second to load and 100 MB, which no preview should pay. */
export async function createStrimziClient(
    access: KubeAccess,
    apiVersion: string,
    namespace: string,
    plural: string,
): Promise<StrimziClient> {
    const { CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    // as the provider reads it: a path, with ~ for the home folder, or else the content
    const given = access.kubeconfig?.replace(/^~(?=\/|$)/, os.homedir());
    if (given === undefined) config.loadFromDefault();
    else if (fs.existsSync(given)) config.loadFromFile(given);
    else config.loadFromString(given);
    if (access.context) config.setCurrentContext(access.context);
    const api = config.makeApiClient(CustomObjectsApi);
    const [group, version] = apiVersion.split("/");
    const kind = { group, version, namespace, plural };
    return {
        async list() {
            const { data, headers } = await api.listNamespacedCustomObjectWithHttpInfo(kind);
            const objects = (data as { items: StrimziObject[] }).items;
            return {
                objects: new Map(objects.map((object) => [object.metadata.name, object])),
                now: new Date(headers.date),
            };
        },
        async annotate(name, value) {
            await api.patchNamespacedCustomObject(
                {
                    ...kind,
                    name,
                    fieldManager: fieldManager,
                    body: { metadata: { annotations: { [reconcileAnnotation]: value } } },
                },
                setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
            );
        },
    };
}
