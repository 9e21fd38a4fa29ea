/** Namespaces that every Kubernetes cluster has, and that a stack cannot create, and those that it creates. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { misspelledName } from "../util/nearest";
import { createdNamespaces } from "./adoptChecks";

const existing = ["default", "kube-system", "kube-public", "kube-node-lease"];

export function checkExistingNamespaces(sections: ParsedSections): Issue[] {
    const { connect, strimzi, kafkaCluster, httpBridge, standaloneConnect } = sections;
    const owners = {
        connect: connect?.use ? undefined : connect,
        strimzi: strimzi?.install ? strimzi : undefined,
        kafkaCluster,
        httpBridge,
        standaloneConnect,
    };
    return Object.entries(owners).flatMap(([section, settings]) =>
        settings?.createNamespace && existing.includes(settings.namespace ?? "")
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [section, "namespace"],
                      `${settings.namespace} exists in every cluster, and creating it fails; set ` +
                          `${section}.createNamespace to false, or use another namespace`,
                  ),
              ]
            : [],
    );
}

/** Namespaces of `connect.allowFrom` whose name is close to one that the stack creates. */
export const allowFromWarnings = (sections: ParsedSections): Issue[] =>
    (sections.connect?.allowFrom ?? []).flatMap(({ namespace = "" }, index) => {
        const ofManifests = (sections.manifests ?? []).filter(({ kind }) => kind === "Namespace");
        const known = [...createdNamespaces(sections), ...ofManifests.map(({ metadata }) => metadata.name)];
        const meant = misspelledName(namespace, known);
        const at = ["connect", "allowFrom", index, "namespace"];
        return meant === undefined
            ? []
            : [issue("KCP_UNDECLARED_NAME", at, `the stack has no namespace ${namespace}; did you mean "${meant}"?`)];
    });
