/** Items that are listed twice where a second one has no effect. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { duplicates, isObject, sortKeys } from "../util/data";

/** Lists whose items are values, by their path; `[]` is every item of a list. */
const lists = [
    "strimzi.watchNamespaces",
    "image.build.acceptedIssues",
    "connect.imagePullSecrets",
    "connect.allowFrom",
    "kafka.tls.trustedCertificates",
    "kafkaCluster.nodePools[].roles",
    "kafkaCluster.connectAcls",
    "kafkaCluster.connectAcls[].operations",
    ...["produce", "consume", "groups", "transactionalIds", "acls"].map((name) => `kafkaAccess.users[].${name}`),
    "kafkaAccess.users[].acls[].operations",
    ...["produce", "consume", "groups"].map((name) => `kafkaAccess.users[].bridge.${name}`),
    ...["produce", "consume", "connectors"].map((name) => `kafkaAccess.users[].connect.${name}`),
    ...["produce", "consume", "groups"].map((name) => `httpBridge.${name}`),
    "standaloneConnect.secrets",
    ...["instances", "topicPrefixes", "readTopicPrefixes", "connectorClasses"].map((name) => `teams[].${name}`),
];

/** The lists at a path, each with its own path. */
function listsAt(value: unknown, steps: readonly string[], at: SettingPath): [unknown[], SettingPath][] {
    const [step, ...rest] = steps;
    if (step === undefined) return Array.isArray(value) ? [[value, at]] : [];
    if (step === "[]")
        return Array.isArray(value) ? value.flatMap((item, index) => listsAt(item, rest, [...at, index])) : [];
    return isObject(value) ? listsAt(value[step], rest, [...at, step]) : [];
}

const stepsOf = (path: string): string[] => path.replaceAll("[]", ".[]").split(".");

/** A warning for each item that an earlier one of the same list equals. */
export const repeatedItems = (sections: ParsedSections): Issue[] =>
    lists
        .flatMap((path) => listsAt(sections, stepsOf(path), []))
        .flatMap(([items, at]) =>
            duplicates(items.map((item) => JSON.stringify(sortKeys(item)))).map((index) =>
                issue("KCP_DUPLICATE_NAME", [...at, index], "is listed twice; remove one"),
            ),
        );
