/** Labels of nodes by which pods and replicas are spread. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import { isLabelName } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";
import { nearest } from "../util/nearest";

/** Labels that Kubernetes gives to every node, or to every node of a cloud. */
const knownLabels = [
    ...["topology.kubernetes.io/zone", "topology.kubernetes.io/region", "kubernetes.io/hostname"],
    ...["failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region"],
    ...["kubernetes.io/arch", "kubernetes.io/os", "node.kubernetes.io/instance-type"],
];

/** Domains of labels that only Kubernetes gives. */
const ofKubernetes = /(^|\.)kubernetes\.io\/|^topology\.|^failure-domain\./;

interface Label {
    readonly at: SettingPath;
    readonly label: string | undefined;
}

function labelsOf({ connect, kafkaCluster }: ParsedSections): Label[] {
    const ofConnect = (connect?.rack as Readonly<Record<string, unknown>> | undefined)?.topologyKey;
    const spread = (constraints: readonly unknown[], at: SettingPath): Label[] =>
        constraints.map((constraint, index) => ({
            at: [...at, "topologySpreadConstraints", index, "topologyKey"],
            label: isObject(constraint) ? (constraint.topologyKey as string) : undefined,
        }));
    return [
        { at: ["connect", "rack", "topologyKey"], label: ofConnect as string | undefined },
        { at: ["kafkaCluster", "rackTopologyKey"], label: kafkaCluster?.rackTopologyKey },
        ...spread(connect?.topologySpreadConstraints ?? [], ["connect"]),
        ...(kafkaCluster?.nodePools ?? []).flatMap((pool, index) =>
            spread(pool.topologySpreadConstraints, ["kafkaCluster", "nodePools", index]),
        ),
    ];
}

/** Names that no label of a node has. */
export const checkNodeLabels = (sections: ParsedSections): Issue[] =>
    labelsOf(sections)
        .filter(({ label }) => typeof label === "string" && label !== "" && !isLabelName(label))
        .map(({ at, label }) =>
            invalidValue(at, label, "the name of a node's label, such as topology.kubernetes.io/zone"),
        );

/** Labels whose name is close to one that Kubernetes gives: without it no pod is scheduled, or none is spread. */
export const nodeLabelWarnings = (sections: ParsedSections): Issue[] => [
    ...misspeltLabels(sections),
    ...hostRacks(sections),
];

/** Racks of one node each: no replica of a partition is ever in the rack of a reader. */
const hostRacks = (sections: ParsedSections): Issue[] =>
    labelsOf(sections)
        // two different labels are reported by nodeValues.ts
        .filter(({ at }) => at[0] !== "connect" || sections.kafkaCluster === undefined)
        .filter(({ at, label }) => !at.includes("topologySpreadConstraints") && label === "kubernetes.io/hostname")
        .map(({ at, label }) =>
            invalidValue(at, label, "topology.kubernetes.io/zone", { reason: "each node would be a rack by itself" }),
        );

const misspeltLabels = (sections: ParsedSections): Issue[] =>
    labelsOf(sections).flatMap(({ at, label }) => {
        if (typeof label !== "string" || knownLabels.includes(label) || !ofKubernetes.test(label)) return [];
        const meant = nearest(label, knownLabels);
        return meant === undefined
            ? []
            : [issue("KCP_UNDECLARED_NAME", at, `Kubernetes gives nodes no label ${label}; did you mean "${meant}"?`)];
    });
