/** Sync waves: the order of Argo CD, from the graph by which Pulumi orders the same objects. Pure. */
import type { SynthResource } from "../synth";

/** Whether a resource becomes an object that Argo CD syncs. */
export const isSynced = ({ custom, type, inputs }: SynthResource): boolean =>
    custom && type.startsWith("kubernetes:") && (typeof inputs.kind === "string" || isRelease(type));

/** Whether a resource is a Helm release, for which Argo CD has an Application. */
export const isRelease = (type: string): boolean => type === "kubernetes:helm.sh/v3:Release";

/**
 * The wave of each synced resource, by URN: one more than the latest of those it depends on, also through resources
 * that Argo CD does not sync.
 */
export function syncWaves(resources: readonly SynthResource[]): Map<string, number> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const first = new Map<string, number>();
    const earliest = (urn: string): number => {
        const found = first.get(urn);
        if (found !== undefined) return found;
        const waves = (byUrn.get(urn)?.dependencies ?? []).map((dependency) => {
            const resource = byUrn.get(dependency);
            return earliest(dependency) + (resource && isSynced(resource) ? 1 : 0);
        });
        const wave = Math.max(0, ...waves);
        first.set(urn, wave);
        return wave;
    };
    return new Map(resources.filter(isSynced).map(({ urn }) => [urn, earliest(urn)]));
}
