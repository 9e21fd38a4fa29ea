/** Who else manages an object: a tool that would delete or change it after the stack has taken it over. */
import type { SourceObject } from "./source";

/** What to do before the tool lets go of the object, by what it leaves in the metadata. */
export function releaseHints(objects: readonly SourceObject[]): string[] {
    const helm = new Set<string>();
    const argo = new Set<string>();
    let flux = false;
    for (const { metadata } of objects) {
        const { annotations = {}, labels = {} } = metadata;
        const release = annotations["meta.helm.sh/release-name"];
        if (release) helm.add(release);
        const tracking = annotations["argocd.argoproj.io/tracking-id"]?.split(":")[0];
        const instance = labels["argocd.argoproj.io/instance"];
        for (const application of [tracking, instance]) if (application) argo.add(application);
        flux ||= Object.keys(labels).some((key) => key.includes("toolkit.fluxcd.io/"));
    }
    return [
        ...[...helm].map(
            (release) =>
                `Helm release ${release} manages imported objects: annotate each with helm.sh/resource-policy=keep ` +
                "before `helm uninstall` or before they leave its chart, or Helm deletes them",
        ),
        ...[...argo].map(
            (application) =>
                `Argo CD application ${application} manages imported objects: switch its automated sync off, then ` +
                "delete it without its resources (`argocd app delete --cascade=false`), or it changes them back",
        ),
        ...(flux
            ? ["Flux manages imported objects: suspend its Kustomization or HelmRelease and set prune to false first"]
            : []),
    ];
}
