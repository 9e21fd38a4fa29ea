/** Parts of the stack file that are passed on to Kubernetes, against the CRD of the stack's Strimzi version. */
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { hasOwnCrds, strimziRelease } from "../release/releases";
import type { ConnectSettings } from "../schema/connect";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import type { ParsedSections } from "../schema/sections";
import { generatedPoolSpec } from "../strimzi/kafkaNodePool";
import { podVolume } from "../strimzi/connectTemplate";

const invalidField = (path: SettingPath, message: string): Issue =>
    issue("KCP_INVALID_KUBERNETES_FIELD", path, message);

/**
 * Fields that the CRDs reject, as errors where they are the CRDs of the stack's Strimzi version, otherwise as warnings.
 */
export const checkCrdFields = (parsed: ParsedSections): Issue[] => (hasExactCrds(parsed) ? crdFields(parsed) : []);

/** See checkCrdFields. */
export const crdFieldWarnings = (parsed: ParsedSections): Issue[] => (hasExactCrds(parsed) ? [] : crdFields(parsed));

const hasExactCrds = ({ strimzi }: ParsedSections): boolean =>
    strimzi !== undefined && hasOwnCrds(strimziRelease(strimzi.version));

/** The API server drops a misspelt field without an error, so that it is found here or never. */
function crdFields({ connect, kafkaCluster, strimzi }: ParsedSections): Issue[] {
    if (!strimzi) return [];
    return [
        ...(connect ? connectFields(connect, strimzi.version) : []),
        ...(kafkaCluster ? nodePoolFields(kafkaCluster, strimzi.version) : []),
    ];
}

function connectFields(connect: ConnectSettings, version: string): Issue[] {
    const spec = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec"]);
    const release = strimziRelease(version);
    const pod = ["template", "pod"];
    const against = (crdPath: string[], value: unknown, at: SettingPath): Issue[] =>
        violations(schemaAt(spec, crdPath), value).map(({ path, message }) => invalidField([...at, ...path], message));
    return [
        ...against(["resources"], connect.resources, ["connect", "resources"]),
        ...(["affinity", "tolerations", "topologySpreadConstraints"] as const).flatMap((key) =>
            against([...pod, key], connect[key], ["connect", key]),
        ),
        ...connect.env.flatMap(({ valueFrom }, index) =>
            against(["template", "connectContainer", "env", "[]", "valueFrom"], valueFrom, [
                "connect",
                "env",
                index,
                "valueFrom",
            ]),
        ),
        ...connect.volumes.flatMap((volume, index) =>
            against([...pod, "volumes", "[]"], podVolume(volume, release), ["connect", "volumes", index])
                // the form of the field depends on the release; volumeSources.ts checks the size itself
                .filter(({ path }) => !path.includes("sizeLimit")),
        ),
    ];
}

function nodePoolFields(cluster: KafkaClusterSettings, version: string): Issue[] {
    const spec = schemaAt(schemaOf(version, "KafkaNodePool")!, ["spec"]);
    return cluster.nodePools.flatMap((pool, index) =>
        violations(spec, generatedPoolSpec(pool, false)).map(({ path, message }) =>
            invalidField(["kafkaCluster", "nodePools", index, ...withoutTemplate(path)], message),
        ),
    );
}

/** A node pool has `affinity` where the CRD has `template.pod.affinity`. */
const withoutTemplate = ([first, second, ...rest]: SettingPath): SettingPath =>
    first === "template" && second === "pod" ? rest : [first, second, ...rest].filter((step) => step !== undefined);
