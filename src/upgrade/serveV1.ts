/**
 * Makes a cluster of Strimzi 0.45 ready for a version that serves v1 beside v1beta2. Each step can be repeated.
 *
 * v1 requires fields that a v1beta2 object can leave out. Any change of such an object through v1 is rejected, so they
 * are filled in first. What the running operator reads stays where it is.
 */
import { crdsOf } from "../release/crds";
import type { ClusterApi } from "../util/clusterApi";
import { crdPath, listCrds, listObjects } from "./clusterState";
import { missingInV1 } from "./convert";
import { pause } from "../util/pause";

const applyPatch = "application/apply-patch+yaml";
/** Applies the CRDs of a version; none is deleted. */
async function applyCrds(api: ClusterApi, version: string): Promise<void> {
    for (const crd of crdsOf(version)) {
        const path = `${crdPath}/${crd.metadata.name}?fieldManager=kcp&force=true`;
        await api.request("PATCH", path, crd, applyPatch);
    }
}

/** Applies the CRDs and fills in what v1 requires. Calls `print` with each step that was done. */
export async function serveV1(api: ClusterApi, version: string, print: (line: string) => void): Promise<void> {
    await applyCrds(api, version);
    print(`CRDs of Strimzi ${version} applied: they serve v1beta2 and v1`);
    // the API server serves a new version a moment later
    await pause(3000);
    for (const crd of await listCrds(api)) {
        if (!crd.spec.versions.some(({ name, served }) => name === "v1beta2" && served)) continue;
        for (const object of await listObjects(api, crd, "v1beta2")) {
            const { name, namespace } = object.metadata;
            const missing = missingInV1(object);
            if (Object.keys(missing).length === 0) continue;
            const path = `/apis/${crd.spec.group}/v1beta2/namespaces/${namespace}/${crd.spec.names.plural}/${name}`;
            await api.patch(path, { spec: missing });
            print(`${object.kind} ${namespace}/${name}: ${Object.keys(missing).join(", ")} filled in`);
        }
    }
}
