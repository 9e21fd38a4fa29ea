/** What an upgrade of Strimzi has to know of a cluster. Nothing is changed here. */
import type { ClusterApi } from "../util/clusterApi";

/** A CRD, as far as an upgrade needs it. */
export interface ClusterCrd {
    readonly metadata: { readonly name: string; readonly resourceVersion: string };
    readonly spec: {
        readonly group: string;
        readonly names: { readonly kind: string; readonly plural: string };
        readonly versions: readonly { readonly name: string; readonly served: boolean; readonly storage: boolean }[];
    };
    readonly status?: { readonly storedVersions?: readonly string[] };
}

/** A Strimzi resource. */
export interface ClusterObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly uid: string;
        readonly resourceVersion: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
}

/** Strimzi in a cluster. */
export interface ClusterState {
    /** Minor version of Kubernetes: 33 for 1.33. */
    readonly kubernetes: number;
    readonly crds: readonly ClusterCrd[];
    /** Every object of every kind and namespace. */
    readonly objects: readonly ClusterObject[];
}

export const crdPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** The CRDs without that of MirrorMaker 1, which Strimzi 0.46 removed and which stays in the cluster. */
export const currentCrds = (crds: readonly ClusterCrd[]): ClusterCrd[] =>
    crds.filter(({ spec }) => spec.names.kind !== "KafkaMirrorMaker");

/** Whether all CRDs serve a version. */
export const servesVersion = ({ crds }: ClusterState, version: string): boolean =>
    currentCrds(crds).every(({ spec }) => spec.versions.some(({ name, served }) => name === version && served));

const pageSize = 250;

/** All objects of a kind in one API version, in every namespace. */
export async function listObjects(api: ClusterApi, crd: ClusterCrd, version: string): Promise<ClusterObject[]> {
    const { group, names } = crd.spec;
    const objects: ClusterObject[] = [];
    let next = "";
    do {
        const page = await api.get<{ items: ClusterObject[]; metadata: { continue?: string } }>(
            `/apis/${group}/${version}/${names.plural}?limit=${pageSize}${next}`,
        );
        objects.push(...page.items);
        next = page.metadata.continue ? `&continue=${encodeURIComponent(page.metadata.continue)}` : "";
    } while (next);
    return objects;
}

/** The CRDs of Strimzi. */
export async function listCrds(api: ClusterApi): Promise<ClusterCrd[]> {
    const { items } = await api.get<{ items: ClusterCrd[] }>(crdPath);
    return items.filter(({ spec }) => /(^|\.)strimzi\.io$/.test(spec.group));
}

/**
 * Reads all of it. Objects are read as v1beta2 as long as that is served: read as v1, they would lack the fields that
 * v1 does not have, and nobody would see what an upgrade loses.
 */
export async function readClusterState(api: ClusterApi): Promise<ClusterState> {
    const { minor } = await api.get<{ minor: string }>("/version");
    const crds = await listCrds(api);
    const objects: ClusterObject[] = [];
    for (const crd of crds) {
        const served = crd.spec.versions.filter((version) => version.served).map(({ name }) => name);
        const version = served.find((name) => name === "v1beta2") ?? served.find((name) => name === "v1");
        if (version) objects.push(...(await listObjects(api, crd, version)));
    }
    return { kubernetes: Number.parseInt(minor, 10), crds, objects };
}
