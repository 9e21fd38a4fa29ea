/** Namespaces that every Kubernetes cluster has, and that a stack therefore cannot create. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

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
