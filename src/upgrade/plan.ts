/** Whether Strimzi can be upgraded to a version, and what has to be done for it. Pure. */
import { hasOwnCrds, knownStrimziVersions, strimziRelease, type StrimziRelease } from "../release/releases";
import { compareVersions } from "../util/compareVersions";
import { isPlainObject } from "../util/mergePatch";
import { currentCrds, servesVersion, type ClusterObject, type ClusterState } from "./clusterState";
import { missingInV1, obstaclesInV1 } from "./convert";

/** The plan of an upgrade. */
export interface UpgradePlan {
    /** Why it cannot be done, a sentence each. */
    readonly refusals: readonly string[];
    /** Whether the CRDs have to be applied and fields filled in before `pulumi up`, as it then uses v1. */
    readonly introducesV1: boolean;
    /** Whether objects have to be stored as v1 before the CRDs of the version can be applied. */
    readonly migratesStorage: boolean;
}

const isV1Only = ({ version }: StrimziRelease): boolean => compareVersions(version, "1.0.0") >= 0;

const label = ({ kind, metadata }: ClusterObject): string => `${kind} ${metadata.namespace}/${metadata.name}`;

const ofKind = ({ objects }: ClusterState, kind: string): readonly ClusterObject[] =>
    objects.filter((object) => object.kind === kind);

/** The newest version that also runs a Kafka version: where a cluster can go first. */
function stepFor(kafkaVersion: string, target: string): string | undefined {
    return knownStrimziVersions.findLast(
        (version) =>
            compareVersions(version, target) < 0 && strimziRelease(version).kafkaVersions.includes(kafkaVersion),
    );
}

function kafkaRefusals(state: ClusterState, release: StrimziRelease): string[] {
    return ofKind(state, "Kafka").flatMap((object) => {
        const kafka = isPlainObject(object.spec?.kafka) ? object.spec.kafka : {};
        const version = kafka.version as string | undefined;
        if (version === undefined || release.kafkaVersions.includes(version)) return [];
        const step = stepFor(version, release.version);
        const way = step
            ? `go to Strimzi ${step} first, and upgrade Kafka to ${strimziRelease(step).kafkaVersions.at(-1)} there`
            : "upgrade Kafka first";
        return [`${label(object)} runs Kafka ${version}, which Strimzi ${release.version} does not: ${way}`];
    });
}

/** What Strimzi 0.46 removed. */
function removedRefusals(state: ClusterState): string[] {
    const zookeeper = ofKind(state, "Kafka").filter(
        ({ spec, metadata }) =>
            spec?.zookeeper !== undefined && metadata.annotations?.["strimzi.io/kraft"] !== "enabled",
    );
    return [
        ...zookeeper.map(
            (object) => `${label(object)} uses ZooKeeper, which Strimzi 0.46 removed: migrate it to KRaft`,
        ),
        ...ofKind(state, "KafkaMirrorMaker").map(
            (object) => `${label(object)} is of a kind that Strimzi 0.46 removed: replace it by a KafkaMirrorMaker2`,
        ),
    ];
}

/** Plans the upgrade to a version. */
export function planUpgrade(state: ClusterState, to: string): UpgradePlan {
    const release = strimziRelease(to);
    const servesV1 = servesVersion(state, "v1");
    const servesOld = currentCrds(state.crds).some(({ spec }) => spec.versions.some(({ name }) => name === "v1beta2"));
    const refusals = [
        ...(state.crds.length === 0 ? ["the cluster has no CRDs of Strimzi"] : []),
        ...(state.kubernetes < release.oldestKubernetes
            ? [`Strimzi ${to} needs Kubernetes 1.${release.oldestKubernetes}; the cluster is 1.${state.kubernetes}`]
            : []),
        ...(compareVersions(to, "0.46.0") >= 0 ? removedRefusals(state) : []),
        ...kafkaRefusals(state, release),
    ];
    if (!isV1Only(release)) {
        const back = servesV1 && !servesOld ? [`the CRDs serve only v1, which Strimzi ${to} does not store`] : [];
        const usesV1 = release.apiVersion.endsWith("/v1");
        const incomplete = state.objects.some((object) => Object.keys(missingInV1(object)).length > 0);
        const introducesV1 = usesV1 && servesOld && (!servesV1 || incomplete);
        const unknown =
            introducesV1 && !hasOwnCrds(release)
                ? [`the CRDs of Strimzi ${to} are not part of kcp: go to ${release.crds} instead`]
                : [];
        return { refusals: [...refusals, ...back, ...unknown], introducesV1, migratesStorage: false };
    }
    if (!servesV1)
        return {
            refusals: [
                ...refusals,
                `the CRDs do not serve v1, the only version of Strimzi ${to}: go to 0.51.0 first, which serves both`,
            ],
            introducesV1: false,
            migratesStorage: false,
        };
    return {
        introducesV1: false,
        refusals: [...refusals, ...state.objects.flatMap((object) => obstaclesInV1(object, to))],
        migratesStorage: currentCrds(state.crds).some(({ status }) => status?.storedVersions?.join() !== "v1"),
    };
}
