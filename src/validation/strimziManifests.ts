/** Strimzi's resources of `manifests` against the rest of the stack, and topics by Kafka's definitions. */
import { kafkaVersionOf } from "../release/releases";
import { invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";
import { topicResourceName } from "../strimzi/kafkaTopic";
import { isStrimziManifest } from "../strimzi/manifestPlace";
import { isObject, listOf, valueAt } from "../util/data";
import { didYouMean } from "../util/nearest";
import { kafkaKeys, valueProblem } from "./kafkaDefinitions";

const clusterOf = ({ metadata }: Manifest): string | undefined => metadata.labels?.["strimzi.io/cluster"];

/** Name of the topic of a KafkaTopic. */
const topicName = ({ metadata, spec }: Manifest): string => String(valueAt(spec, ["topicName"]) ?? metadata.name);

/** A KafkaTopic whose topic another resource has: the operator reports a ResourceConflict. */
function topicIssues(object: Manifest, index: number, { manifests = [], ...sections }: ParsedSections): Issue[] {
    const { kafkaAccess, kafkaCluster } = sections;
    const ownCluster = kafkaCluster?.name ?? kafkaAccess?.cluster;
    const name = topicName(object);
    // resources of one name are reported by themselves
    const isOther = (resource: string) => resource !== object.metadata.name;
    const isOfStack =
        clusterOf(object) === ownCluster &&
        kafkaAccess?.topics.some(
            (topic) => topic.name === name && isOther(topic.resource ?? topicResourceName(topic.name)),
        );
    const isRepeated = manifests
        .slice(0, index)
        .some(
            (other) =>
                other.kind === "KafkaTopic" &&
                clusterOf(other) === clusterOf(object) &&
                topicName(other) === name &&
                isOther(other.metadata.name),
        );
    const key = valueAt(object.spec, ["topicName"]) === undefined ? ["metadata", "name"] : ["spec", "topicName"];
    return isOfStack || isRepeated
        ? [
              issue(
                  "KCP_DUPLICATE_NAME",
                  ["manifests", index, ...key],
                  `the topic ${name} is declared twice; the topic operator accepts one resource for each topic`,
              ),
          ]
        : [];
}

/** Keys and values of a topic's configuration that the broker rejects. */
function topicConfigIssues(object: Manifest, at: SettingPath, { kafkaCluster, strimzi }: ParsedSections): Issue[] {
    const config = valueAt(object.spec, ["config"]);
    const kafkaVersion = kafkaVersionOf(strimzi!);
    const isOfStack = kafkaCluster !== undefined && clusterOf(object) === kafkaCluster.name;
    if (!isObject(config)) return [];
    const known = kafkaKeys("topic", kafkaVersion);
    return Object.entries(config).flatMap(([key, value]) => {
        const path = [...at, "spec", "config", key];
        if (!Object.hasOwn(known, key)) {
            const hint = didYouMean(key, Object.keys(known));
            const message = `topics have no such key in Kafka ${kafkaVersion}; the broker rejects the topic${hint}`;
            // another cluster can be of another version
            return isOfStack || hint !== "" ? [issue("KCP_UNKNOWN_CONFIG_KEY", path, message)] : [];
        }
        const expected = valueProblem(known[key], value);
        return expected === undefined
            ? []
            : [invalidValue(path, value, expected, { code: "KCP_INVALID_CONFIG_VALUE" })];
    });
}

/** A rebalance of a cluster without Cruise Control, or of no brokers. */
function rebalanceIssues(object: Manifest, at: SettingPath, { kafkaCluster }: ParsedSections): Issue[] {
    const hasCruiseControl =
        kafkaCluster?.cruiseControl === true || valueAt(kafkaCluster?.spec, ["cruiseControl"]) !== undefined;
    const isTemplate = String(object.metadata.annotations?.["strimzi.io/rebalance-template"]) === "true";
    const mode = String(valueAt(object.spec, ["mode"]) ?? "");
    const brokers = valueAt(object.spec, ["brokers"]);
    return [
        ...(kafkaCluster && clusterOf(object) === kafkaCluster.name && !hasCruiseControl
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "kind"],
                      "Cruise Control computes rebalances; set kafkaCluster.cruiseControl to true",
                  ),
              ]
            : []),
        ...(!isTemplate && /^(add|remove)-brokers$/.test(mode) && brokers === undefined
            ? [missingSetting([...at, "spec", "brokers"], `the ids of brokers, which the mode ${mode} requires`)]
            : []),
    ];
}

/** Keys of a Connect cluster: its group and its topics, in the fields of v1. */
const connectKeys = ["groupId", "configStorageTopic", "offsetStorageTopic", "statusStorageTopic"] as const;

/** A second Connect cluster with the group or the topics of the stack's, on the same Kafka. */
function connectIssues(object: Manifest, at: SettingPath, { connect, kafka }: ParsedSections): Issue[] {
    if (!connect?.install || !isObject(object.spec)) return [];
    const { spec } = object;
    const isMirror = object.kind === "KafkaMirrorMaker2" && isObject(spec.target);
    const [place, path] = isMirror ? [spec.target, ["spec", "target"]] : [spec, ["spec"]];
    if (valueAt(place, ["bootstrapServers"]) !== kafka?.bootstrapServers) return [];
    const own = storageOf(connect);
    return connectKeys
        .filter((key) => valueAt(place, [key]) === own[key])
        .map((key) =>
            issue(
                "KCP_SHARED_RESOURCE",
                [...at, ...path, key],
                `is that of the stack's Connect cluster, ${own[key]}: the workers of both would be one cluster, or ` +
                    "overwrite each other's data; use another one",
            ),
        );
}

/** A mirror between two clusters of one alias. */
function mirrorIssues({ spec }: Manifest, at: SettingPath): Issue[] {
    const target = valueAt(spec, ["target", "alias"]);
    const mirrors = valueAt(spec, ["mirrors"]);
    return (Array.isArray(mirrors) ? (mirrors as unknown[]) : []).flatMap((mirror, index) => {
        const alias = valueAt(mirror, ["source", "alias"]);
        return target !== undefined && alias === target
            ? [
                  invalidValue([...at, "spec", "mirrors", index, "source", "alias"], alias, "another alias", {
                      reason: "it is that of the target",
                  }),
              ]
            : [];
    });
}

/** Servers without a port, which no client of Kafka accepts: of a Connect cluster, a mirror's two sides, a bridge. */
function addressIssues({ spec }: Manifest, at: SettingPath): Issue[] {
    const mirrors = listOf(valueAt(spec, ["mirrors"])).map((_, index) => ["mirrors", index, "source"]);
    const clusters = listOf(valueAt(spec, ["clusters"])).map((_, index) => ["clusters", index]);
    return [[], ["target"], ...mirrors, ...clusters].flatMap((place) => {
        const path = [...place, "bootstrapServers"];
        const servers = valueAt(spec, path);
        if (typeof servers !== "string") return [];
        const isServer = (server: string) => server.trim() === "" || /:\d{1,5}$/.test(server.trim());
        const reason = "the pods of the cluster do not start";
        return servers.split(",").every(isServer)
            ? []
            : [invalidValue([...at, "spec", ...path], servers, "host:port, several separated by commas", { reason })];
    });
}

/** What the operators or the brokers reject. */
export function checkStrimziManifests(sections: ParsedSections): Issue[] {
    const { manifests = [], strimzi } = sections;
    if (!strimzi) return [];
    return manifests.flatMap((object, index) => {
        const at = ["manifests", index];
        if (!isStrimziManifest(object)) return [];
        if (object.kind === "KafkaTopic")
            return [...topicIssues(object, index, sections), ...topicConfigIssues(object, at, sections)];
        if (object.kind === "KafkaRebalance") return rebalanceIssues(object, at, sections);
        const isConnect = object.kind === "KafkaConnect" || object.kind === "KafkaMirrorMaker2";
        return [...(isConnect ? connectIssues(object, at, sections) : []), ...addressIssues(object, at)];
    });
}

/** Mirrors whose two clusters have one alias. */
export const strimziManifestWarnings = ({ manifests = [] }: ParsedSections): Issue[] =>
    manifests.flatMap((object, index) => (isStrimziManifest(object) ? mirrorIssues(object, ["manifests", index]) : []));
