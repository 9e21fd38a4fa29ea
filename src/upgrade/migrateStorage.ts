/**
 * Stores every object of Strimzi as v1, so that the CRDs of Strimzi 1.x can be applied. No object is deleted or
 * created, and each step can be repeated.
 *
 * An object that remained stored as v1beta2 would be lost, with every object of its kind, once the CRD no longer has
 * that version. So `storedVersions` is changed last, and only after a pass over all objects has shown that each is
 * stored as v1: the API server writes an unchanged object, and gives it a new resourceVersion, only where its stored
 * form differs.
 */
import { isDeepStrictEqual } from "util";
import { ClusterApiError, type ClusterApi } from "../util/clusterApi";
import { crdPath, currentCrds, listCrds, listObjects, type ClusterCrd, type ClusterObject } from "./clusterState";
import { inV1 } from "./convert";

/** An upgrade that cannot go on; the message is one sentence for the user. */
export class UpgradeError extends Error {}

/** How many passes over all objects may find one that was not stored as v1. */
const maxPasses = 5;
/** How often an object is written again after somebody else has changed it. */
const maxConflicts = 10;

const pathOf = ({ spec }: ClusterCrd, { metadata }: ClusterObject): string =>
    `/apis/${spec.group}/v1/namespaces/${metadata.namespace}/${spec.names.plural}/${metadata.name}`;

/** New objects are stored as v1 from here on. */
async function storeAsV1(api: ClusterApi, crd: ClusterCrd): Promise<boolean> {
    if (crd.spec.versions.some(({ name, storage }) => name === "v1" && storage)) return false;
    const versions = crd.spec.versions.map((version) => ({ ...version, storage: version.name === "v1" }));
    await api.put(`${crdPath}/${crd.metadata.name}`, { ...crd, spec: { ...crd.spec, versions } });
    return true;
}

/** Writes an object with the fields of v1; returns whether the API server stored something else than before. */
async function rewrite(api: ClusterApi, crd: ClusterCrd, object: ClusterObject): Promise<boolean> {
    let current: ClusterObject | undefined = object;
    for (let attempt = 0; current && attempt < maxConflicts; attempt++) {
        try {
            const written: ClusterObject = await api.put<ClusterObject>(pathOf(crd, current), inV1(current));
            if (written.metadata.uid !== object.metadata.uid) return true;
            return written.metadata.resourceVersion !== current.metadata.resourceVersion;
        } catch (error) {
            if (!(error instanceof ClusterApiError) || ![404, 409].includes(error.status ?? 0)) throw error;
            current = await api.find<ClusterObject>(pathOf(crd, object));
        }
    }
    if (!current) return false; // deleted in the meantime
    throw new UpgradeError(`${object.kind} ${object.metadata.namespace}/${object.metadata.name} changes all the time.`);
}

/** One pass over all objects; returns how many there are, and how many were stored in another form. */
async function pass(api: ClusterApi, crds: readonly ClusterCrd[]): Promise<{ objects: number; changed: number }> {
    let [objects, changed] = [0, 0];
    for (const crd of crds)
        for (const object of await listObjects(api, crd, "v1")) {
            objects++;
            if (await rewrite(api, crd, object)) changed++;
        }
    return { objects, changed };
}

/** Migrates all of it. Calls `print` with each step that was done. */
export async function migrateStorage(api: ClusterApi, print: (line: string) => void): Promise<void> {
    const before = currentCrds(await listCrds(api));
    for (const crd of before)
        if (await storeAsV1(api, crd)) print(`${crd.metadata.name}: new objects are stored as v1`);
    for (let attempt = 1; ; attempt++) {
        const { objects, changed } = await pass(api, before);
        print(`${objects} objects read and written as v1, ${changed} of them were stored in another form`);
        if (changed === 0) break;
        if (attempt === maxPasses)
            throw new UpgradeError(
                `objects are still written in another form after ${maxPasses} passes; storedVersions is unchanged.`,
            );
    }
    for (const crd of currentCrds(await listCrds(api))) {
        if (isDeepStrictEqual(crd.status?.storedVersions, ["v1"])) continue;
        if (!crd.spec.versions.some(({ name, storage }) => name === "v1" && storage))
            throw new UpgradeError(`${crd.metadata.name} was changed back to another storage version; run this again.`);
        await api.patch(`${crdPath}/${crd.metadata.name}/status`, { status: { storedVersions: ["v1"] } });
        print(`${crd.metadata.name}: storedVersions is [v1]`);
    }
}
