/** Who else manages an object: a tool that would delete or change it after the stack has taken it over. */
import type { SourceObject } from "./source";

/** A tool that manages an object. */
export interface ManagingTool {
    readonly tool: "Helm" | "Argo CD" | "Flux";
    /** Its release or application; undefined where the object does not name it. */
    readonly name?: string;
}

/** What shows who manages an object. */
export type ToolMarks = Pick<SourceObject["metadata"], "labels" | "annotations">;

/** The tools that manage an object, by the labels and annotations that they leave. */
export function toolsOf({ labels = {}, annotations = {} }: ToolMarks): ManagingTool[] {
    const helm = annotations["meta.helm.sh/release-name"];
    const argo = [annotations["argocd.argoproj.io/tracking-id"]?.split(":")[0], labels["argocd.argoproj.io/instance"]];
    const applications = [...new Set(argo)].filter((name) => name !== undefined && name !== "");
    return [
        ...(helm ? [{ tool: "Helm" as const, name: helm }] : []),
        ...applications.map((name) => ({ tool: "Argo CD" as const, name })),
        ...(Object.keys(labels).some((key) => key.includes("toolkit.fluxcd.io/")) ? [{ tool: "Flux" as const }] : []),
    ];
}

const hints: Readonly<Record<ManagingTool["tool"], (name: string) => string>> = {
    Helm: (release) =>
        `Helm release ${release} manages imported objects: annotate each with helm.sh/resource-policy=keep ` +
        "before `helm uninstall` or before they leave its chart, or Helm deletes them",
    "Argo CD": (application) =>
        `Argo CD application ${application} manages imported objects: switch its automated sync off, then ` +
        "delete it without its resources (`argocd app delete --cascade=false`), or it changes them back",
    Flux: () => "Flux manages imported objects: suspend its Kustomization or HelmRelease and set prune to false first",
};

/** What to do before the tool lets go of the object, once for each release and application. */
export const releaseHints = (objects: readonly SourceObject[]): string[] => {
    const tools = objects.flatMap(({ metadata }) => toolsOf(metadata));
    return (["Helm", "Argo CD", "Flux"] as const).flatMap((tool) => {
        const names = tools.filter((found) => found.tool === tool).map(({ name = "" }) => name);
        return [...new Set(names)].map(hints[tool]);
    });
};
