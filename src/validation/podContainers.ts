/** The containers of a stack whose resources it can set, with the heap of those with a JVM. */
import type { SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject, valueAt } from "../util/data";

/** The heap of a JVM. */
export interface ContainerHeap {
    readonly xms?: string;
    readonly xmx?: string;
    readonly at: SettingPath;
    /** Setting below `at` that is the maximum. */
    readonly key: string;
}

/** A container. */
export interface PodContainer {
    readonly resources: unknown;
    readonly at: SettingPath;
    /** Whether the CRD has the form of its quantities. */
    readonly inCrd?: boolean;
    /** Mebibytes with less of which its JVM hardly starts; undefined for a container that is the user's. */
    readonly least?: number;
    readonly heap?: ContainerHeap;
}

const jvmHeap = (jvm: { xms?: string; xmx?: string }, at: SettingPath): ContainerHeap => ({ ...jvm, at, key: "xmx" });

/** Containers beside the brokers, of which `kafkaCluster.spec` has the resources. */
const clusterContainers = ({ kafkaCluster }: ParsedSections): PodContainer[] =>
    [["entityOperator", "topicOperator"], ["entityOperator", "userOperator"], ["cruiseControl"], ["kafkaExporter"]].map(
        (path) => ({
            resources: valueAt(kafkaCluster?.spec, [...path, "resources"]),
            at: ["kafkaCluster", "spec", ...path, "resources"],
            inCrd: true,
        }),
    );

/** The containers of the sections that are there. */
export function podContainers(sections: ParsedSections): PodContainer[] {
    const { connect, kafkaCluster, httpBridge, standaloneConnect, strimzi } = sections;
    const pools = (kafkaCluster?.nodePools ?? []).map(({ resources, jvm }, index): PodContainer => {
        const at = ["kafkaCluster", "nodePools", index];
        return { resources, at: [...at, "resources"], inCrd: true, least: 512, heap: jvmHeap(jvm, [...at, "jvm"]) };
    });
    const main = httpBridge?.main as Readonly<Record<string, unknown>> | undefined;
    const containers: (PodContainer | undefined)[] = [
        strimzi && { resources: strimzi.resources, at: ["strimzi", "resources"], least: 128 },
        connect && {
            resources: connect.resources,
            at: ["connect", "resources"],
            inCrd: true,
            least: 512,
            heap: jvmHeap(connect.jvm, ["connect", "jvm"]),
        },
        ...pools,
        httpBridge && { resources: httpBridge.resources, at: ["httpBridge", "resources"], least: 128 },
        main && { resources: main.resources, at: ["httpBridge", "main", "resources"] },
        standaloneConnect && {
            resources: standaloneConnect.resources,
            at: ["standaloneConnect", "resources"],
            least: 512,
            heap: { xmx: standaloneConnect.heap, at: ["standaloneConnect"], key: "heap" },
        },
    ];
    return [...containers, ...clusterContainers(sections)].filter((container) => container !== undefined);
}

/** The quantities of a part of the resources, `limits` or `requests`; none where they are not an object. */
export function quantitiesOf(resources: unknown, part: "limits" | "requests"): Record<string, unknown> {
    const quantities = isObject(resources) ? resources[part] : undefined;
    return isObject(quantities) ? quantities : {};
}
