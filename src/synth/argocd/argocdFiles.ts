/** A stack as a folder that Argo CD syncs: the objects of the plain render, with sync waves. Pure. */
import { objectFileName, yamlText } from "../renderedFiles";
import type { KubernetesObject, SynthResource, SynthResult } from "../synth";
import { healthSettings } from "./health";
import { chartProblem, operatorApplication } from "./operatorApplication";
import { outputValues, unresolvedIn, withOutputs } from "./outputValues";
import { isRelease, isSynced, syncWaves } from "./waves";

/** What the folder is made from besides the stack. */
export interface ArgocdInput {
    /** Namespace of Argo CD. */
    readonly namespace: string;
    /** Outputs of the stack whose values the objects contain, such as `roleArn`. */
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** The folder. */
export interface ArgocdFolder {
    readonly files: ReadonlyMap<string, string>;
    /** Why Argo CD could not sync it; none when it can. */
    readonly problems: readonly string[];
    /** Resources that something else must create: `aws:iam/role:Role NAME`. */
    readonly notSynced: readonly string[];
}

/** Annotations are those of the plain render, without Pulumi's, and with Argo CD's. */
function annotated(object: KubernetesObject, { protect, retainOnDelete }: SynthResource, wave: number) {
    const { annotations = {}, ...metadata } = object.metadata as KubernetesObject["metadata"] & {
        annotations?: Record<string, string>;
    };
    const own = Object.entries(annotations).filter(([key]) => !key.startsWith("pulumi.com/"));
    const options = [
        ...(protect || retainOnDelete ? ["Prune=false", "Delete=false"] : []),
        // a CRD is larger than the annotation in which a client-side apply keeps it
        ...(object.kind === "CustomResourceDefinition" ? ["ServerSideApply=true"] : []),
    ];
    const argocd = {
        "argocd.argoproj.io/sync-wave": String(wave),
        ...(options.length > 0 ? { "argocd.argoproj.io/sync-options": options.join(",") } : {}),
    };
    return { ...object, metadata: { ...metadata, annotations: { ...Object.fromEntries(own), ...argocd } } };
}

/** The files: the objects in `kubernetes/`, and the entries of argocd-cm for their health beside it. */
export function argocdFolder(evaluation: SynthResult, { namespace, outputs }: ArgocdInput): ArgocdFolder {
    const waves = syncWaves(evaluation.resources);
    const values = outputValues(evaluation.outputs, outputs);
    const files = new Map([["argocd-cm.yaml", yamlText({ data: healthSettings })]]);
    const problems: string[] = [];
    for (const resource of evaluation.resources.filter(isSynced)) {
        const chart = isRelease(resource.type) ? chartProblem(resource) : undefined;
        if (chart) {
            problems.push(chart);
            continue;
        }
        const object = isRelease(resource.type)
            ? (operatorApplication(resource, namespace) as KubernetesObject)
            : (withOutputs(resource.inputs, values) as unknown as KubernetesObject);
        const name = objectFileName(object, resource.name);
        problems.push(...unresolvedIn(object, evaluation.outputs).map((problem) => `${name}: ${problem}`));
        files.set(name, yamlText(annotated(object, resource, waves.get(resource.urn)!)));
    }
    const notSynced = evaluation.resources
        .filter((resource) => resource.custom && !isSynced(resource) && !resource.type.startsWith("pulumi:"))
        .map(({ type, name }) => `${type} ${name}`);
    return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), problems, notSynced: notSynced.sort() };
}
