/** Strimzi's resources in the cluster. Only `pulumi up` reads them, so that the client library is loaded only then. */
import * as fs from "fs";
import * as os from "os";
import type { StrimziObject } from "../../src/strimzi/status";
import type { KubeAccess } from "./kubeAccess";

/** Our name among the managers of an object's fields. */
export const fieldManager = "kafka-connect-platform";

/** Annotation whose change makes the operator reconcile a resource. */
const reconcileAnnotation = "kafka-connect-platform/reconcile-at";

/** An error of a request to the cluster; `code` is the HTTP status where there was a response. */
export interface ClusterError extends Error {
    code?: number;
}

/** Objects of one kind in one namespace. */
export interface StrimziClient {
    /** All objects by name, and the API server's time. Throws a ClusterError. */
    list(): Promise<{ objects: Map<string, StrimziObject>; now: Date }>;
    /** Sets the annotation that makes the operator reconcile an object, or removes it. */
    annotate(name: string, value: string | null): Promise<void>;
}

/** Connects to the cluster. The client library takes a second and 100 MB to load, which a preview does not need. */
export async function createStrimziClient(
    access: KubeAccess,
    apiVersion: string,
    namespace: string,
    plural: string,
): Promise<StrimziClient> {
    const { CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    // as Pulumi's Kubernetes provider reads it: a path, with ~ for the home folder, or else the content
    const given = access.kubeconfig?.replace(/^~(?=\/|$)/, os.homedir());
    // the provider's default is the variable, which can list several files
    if (!given || given === process.env.KUBECONFIG) config.loadFromDefault();
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
            const body = { metadata: { annotations: { [reconcileAnnotation]: value } } };
            const mergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
            await api.patchNamespacedCustomObject({ ...kind, name, fieldManager, body }, mergePatch);
        },
    };
}
