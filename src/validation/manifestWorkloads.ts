/** Services, autoscalers, policies and storage classes of further objects, against each other and the stack. */
import { isIP } from "node:net";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { dnsName } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { isObject, listOf, valueAt } from "../util/data";
import { misspelledName, suggestionFor } from "../util/nearest";

type Labels = Readonly<Record<string, unknown>>;

const workloads = ["Deployment", "StatefulSet", "DaemonSet"];

/** The workloads of the stack in the namespace of an object. */
function neighbours(object: Manifest, { manifests = [], connect }: ParsedSections): Manifest[] {
    const namespace = (other: Manifest) => manifestNamespace(other, connect!.namespace);
    return manifests.filter((other) => workloads.includes(other.kind) && namespace(other) === namespace(object));
}

const podLabels = ({ spec }: Manifest): Labels => {
    const labels = valueAt(spec, ["template", "metadata", "labels"]);
    return isObject(labels) ? labels : {};
};

/** A Service whose selector fits no workload by one misspelt value, or whose port no container of it has. */
function serviceWarnings(object: Manifest, sections: ParsedSections, at: SettingPath): Issue[] {
    const selector = valueAt(object.spec, ["selector"]);
    const others = neighbours(object, sections);
    if (!isObject(selector) || others.length === 0) return [];
    const selected = others.filter((other) =>
        Object.entries(selector).every(([label, value]) => podLabels(other)[label] === value),
    );
    if (selected.length === 0)
        return Object.entries(selector).flatMap(([label, value]) => {
            const meant = misspelledName(
                String(value),
                others.map((other) => String(podLabels(other)[label] ?? "")),
            );
            return meant === undefined
                ? []
                : [
                      issue(
                          "KCP_UNDECLARED_NAME",
                          [...at, "spec", "selector", label],
                          `no workload of manifests has the label ${label}: ${String(value)}; did you mean "${meant}"?`,
                      ),
                  ];
        });
    const names = selected.flatMap(({ spec }) =>
        listOf(valueAt(spec, ["template", "spec", "containers"])).flatMap((container) =>
            listOf(valueAt(container, ["ports"])).map((port) => String(valueAt(port, ["name"]))),
        ),
    );
    return listOf(valueAt(object.spec, ["ports"])).flatMap((port, index) => {
        const target = valueAt(port, ["targetPort"]);
        return typeof target !== "string" || /^\d+$/.test(target) || names.includes(target)
            ? []
            : [
                  invalidValue(
                      [...at, "spec", "ports", index, "targetPort"],
                      target,
                      "the name of a container's port",
                      {
                          reason: suggestionFor(target, names),
                      },
                  ),
              ];
    });
}

/** An autoscaler of the workers: Pulumi sets the same field. */
function autoscalerWarnings({ spec }: Manifest, { connect }: ParsedSections, at: SettingPath): Issue[] {
    const { kind, name } = { kind: "", name: "", ...(valueAt(spec, ["scaleTargetRef"]) as object | undefined) };
    if (kind !== "KafkaConnect" || !connect?.install) return [];
    const path = [...at, "spec", "scaleTargetRef", "name"];
    if (name === connect.name)
        return [
            issue(
                "KCP_MANAGED_BY_TWO",
                path,
                `each \`pulumi up\` sets the number of workers back to connect.replicas, ${connect.replicas}`,
            ),
        ];
    const meant = misspelledName(name, [connect.name]);
    return meant === undefined
        ? []
        : [issue("KCP_UNDECLARED_NAME", path, `the stack has no KafkaConnect ${name}; did you mean "${meant}"?`)];
}

const isCidr = (value: string): boolean => {
    const [address, length, ...rest] = value.split("/");
    const most = isIP(address) === 4 ? 32 : 128;
    return isIP(address) > 0 && rest.length === 0 && /^\d+$/.test(length ?? "") && Number(length) <= most;
};

/** Addresses of a policy that are no networks, which the API server refuses. */
const networkIssues = ({ spec }: Manifest, at: SettingPath): Issue[] =>
    (["ingress", "egress"] as const).flatMap((direction) =>
        listOf(valueAt(spec, [direction])).flatMap((rule, number) =>
            listOf(valueAt(rule, [direction === "ingress" ? "from" : "to"])).flatMap((peer, index) => {
                const cidr = valueAt(peer, ["ipBlock", "cidr"]);
                const side = direction === "ingress" ? "from" : "to";
                const path = [...at, "spec", direction, number, side, index, "ipBlock", "cidr"];
                return typeof cidr !== "string" || isCidr(cidr)
                    ? []
                    : [invalidValue(path, cidr, "a network such as 10.0.0.0/16")];
            }),
        ),
    );

/** A policy that lets no pod of the workers' namespace reach anything, and no other policy that does. */
function isolationWarnings(object: Manifest, { connect, manifests = [] }: ParsedSections, at: SettingPath): Issue[] {
    const selector = valueAt(object.spec, ["podSelector"]);
    const isForAll = isObject(selector) && Object.keys(selector).length === 0;
    const denies =
        listOf(valueAt(object.spec, ["policyTypes"])).includes("Egress") &&
        listOf(valueAt(object.spec, ["egress"])).length === 0;
    const inNamespace = (other: Manifest) => manifestNamespace(other, connect!.namespace) === connect!.namespace;
    const allows = manifests.some(
        (other) =>
            other.kind === "NetworkPolicy" && inNamespace(other) && listOf(valueAt(other.spec, ["egress"])).length > 0,
    );
    return isForAll && denies && inNamespace(object) && !allows
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  [...at, "spec", "policyTypes"],
                  "no pod of the namespace can reach anything, so that the workers do not reach Kafka; declare a " +
                      "policy with egress for them",
              ),
          ]
        : [];
}

const hostIssues = ({ spec }: Manifest, at: SettingPath): Issue[] =>
    listOf(valueAt(spec, ["rules"])).flatMap((rule, index) => {
        const host = valueAt(rule, ["host"]);
        return typeof host !== "string" || host === "" || dnsName().safeParse(host.replace(/^\*\./, "")).success
            ? []
            : [invalidValue([...at, "spec", "rules", index, "host"], host, "a host name without scheme and port")];
    });

/** A class of the brokers' volumes that are created before the node of their pod is known. */
function bindingWarnings(object: Manifest, { kafkaCluster }: ParsedSections, at: SettingPath): Issue[] {
    const classes = (kafkaCluster?.nodePools ?? []).flatMap(({ storage }) => storage.volumes.map((item) => item.class));
    const mode = valueAt(object, ["volumeBindingMode"]) ?? "Immediate";
    return mode === "Immediate" && classes.includes(object.metadata.name)
        ? [
              invalidValue([...at, "volumeBindingMode"], mode, "WaitForFirstConsumer", {
                  reason: "a volume can be in a zone in which its broker is not scheduled",
              }),
          ]
        : [];
}

/** What the API server refuses. */
export function manifestWorkloadIssues(object: Manifest, at: SettingPath): Issue[] {
    if (object.kind === "NetworkPolicy") return networkIssues(object, at);
    return object.kind === "Ingress" ? hostIssues(object, at) : [];
}

/** What is probably wrong between further objects. */
export function manifestWorkloadWarnings(object: Manifest, sections: ParsedSections, at: SettingPath): Issue[] {
    if (!sections.connect) return [];
    switch (object.kind) {
        case "Service":
            return serviceWarnings(object, sections, at);
        case "HorizontalPodAutoscaler":
            return autoscalerWarnings(object, sections, at);
        case "NetworkPolicy":
            return isolationWarnings(object, sections, at);
        case "StorageClass":
            return bindingWarnings(object, sections, at);
        default:
            return [];
    }
}
