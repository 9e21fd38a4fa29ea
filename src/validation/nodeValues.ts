/** Values of the labels by which pods choose their nodes, and terms that no node or too few nodes fulfil. */
import { awsRegions } from "../schema/awsRegions";
import { invalidValue, issue, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject, listOf, valueAt } from "../util/data";

type Values = Readonly<Record<string, unknown>>;

const required = "requiredDuringSchedulingIgnoredDuringExecution";

interface Pods {
    readonly affinity: unknown;
    readonly replicas: number;
    readonly at: SettingPath;
}

const podsOf = ({ connect, kafkaCluster }: ParsedSections): Pods[] => [
    ...(connect?.install
        ? [{ affinity: connect.affinity, replicas: connect.replicas, at: ["connect", "affinity"] }]
        : []),
    ...(kafkaCluster?.nodePools ?? []).map(({ affinity, replicas }, index) => ({
        affinity,
        replicas,
        at: ["kafkaCluster", "nodePools", index, "affinity"],
    })),
];

/** Labels whose values Kubernetes decides. */
const listed: Readonly<Record<string, readonly string[]>> = {
    "kubernetes.io/arch": ["amd64", "arm64", "ppc64le", "s390x"],
    "kubernetes.io/os": ["linux", "windows"],
    "beta.kubernetes.io/arch": ["amd64", "arm64", "ppc64le", "s390x"],
    "beta.kubernetes.io/os": ["linux", "windows"],
};

const zoneLabel = /^(topology|failure-domain\.beta)\.kubernetes\.io\/zone$/;
const regionLabel = /^(topology|failure-domain\.beta)\.kubernetes\.io\/region$/;

/** What a value of a node's label should be, where no node of the cluster has it. */
function valueIssue(key: string, value: string, region: string | undefined, at: SettingPath): Issue[] {
    if (Object.hasOwn(listed, key) && !listed[key].includes(value)) return [unlistedValue(at, value, listed[key])];
    if (region === undefined) return [];
    if (zoneLabel.test(key) && !new RegExp(`^${region}(-[a-z0-9-]+)?[a-z]$`).test(value))
        return [invalidValue(at, value, `an availability zone of ${region} (eks.region), such as ${region}a`)];
    return regionLabel.test(key) && value !== region
        ? [invalidValue(at, value, `${region} (eks.region)${awsRegions.includes(value) ? "" : ", not a zone"}`)]
        : [];
}

/** An expression of a term that no node fulfils together with the others. */
function contradiction(expressions: readonly Values[], at: SettingPath): Issue[] {
    const allowed = new Map<string, readonly unknown[]>();
    for (const [index, { key, operator, values }] of expressions.entries()) {
        const before = allowed.get(String(key));
        if (operator !== "In" && operator !== "NotIn") continue;
        const kept =
            operator === "In"
                ? listOf(values).filter((value) => before?.includes(value) ?? true)
                : before?.filter((value) => !listOf(values).includes(value));
        if (kept?.length === 0 && listOf(values).length > 0)
            return [
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    [...at, index, "values"],
                    `no node fulfils it and the expressions before it on ${String(key)}; a term needs all of them`,
                ),
            ];
        if (kept) allowed.set(String(key), kept);
    }
    return [];
}

function nodeWarnings({ affinity, at }: Pods, region: string | undefined): Issue[] {
    const path = ["nodeAffinity", required, "nodeSelectorTerms"];
    return listOf(valueAt(affinity, path)).flatMap((term, number) => {
        const place = [...at, ...path, number, "matchExpressions"];
        const expressions = listOf(valueAt(term, ["matchExpressions"])).map((item) => (isObject(item) ? item : {}));
        const ofValues = expressions.flatMap(({ key, operator, values }, index) =>
            operator === "In"
                ? listOf(values).flatMap((value, item) =>
                      valueIssue(String(key), String(value), region, [...place, index, "values", item]),
                  )
                : [],
        );
        return [...ofValues, ...contradiction(expressions, place)];
    });
}

/** Most availability zones that a region of AWS has. */
const mostZones = 6;

/** How many nodes or groups of nodes a label distinguishes, at most. */
function mostGroups(label: string): number {
    if (regionLabel.test(label)) return 1;
    return zoneLabel.test(label) ? mostZones : Infinity;
}

/** Pods that must be apart, in more places than there are. */
const apartWarnings = ({ affinity, replicas, at }: Pods): Issue[] =>
    listOf(valueAt(affinity, ["podAntiAffinity", required])).flatMap((term, index) => {
        const key = String(valueAt(term, ["topologyKey"]));
        const selects = Object.keys((valueAt(term, ["labelSelector", "matchLabels"]) ?? {}) as object);
        const isOwn = selects.includes("strimzi.io/cluster") || selects.includes("strimzi.io/name");
        return isOwn && replicas > mostGroups(key)
            ? [
                  invalidValue(
                      [...at, "podAntiAffinity", required, index, "topologyKey"],
                      key,
                      "kubernetes.io/hostname",
                      {
                          reason: `each of the ${replicas} pods needs another ${key}, and there are not as many`,
                      },
                  ),
              ]
            : [];
    });

/** Replicas of topics are spread over racks, of which these pods have one. */
function rackWarnings({ connect, kafkaCluster }: ParsedSections): Issue[] {
    const key = kafkaCluster?.rackTopologyKey;
    const ofConnect = valueAt(connect?.rack, ["topologyKey"]);
    const selector = kafkaCluster?.config["replica.selector.class"];
    const brokers = (kafkaCluster?.nodePools ?? []).filter(({ roles }) => roles.includes("broker"));
    const onlyValue = ({ affinity }: (typeof brokers)[number]): unknown => {
        const terms = listOf(valueAt(affinity, ["nodeAffinity", required, "nodeSelectorTerms"]));
        const values = terms.flatMap((term) =>
            listOf(valueAt(term, ["matchExpressions"]))
                .filter((item) => valueAt(item, ["key"]) === key && valueAt(item, ["operator"]) === "In")
                .flatMap((item) => listOf(valueAt(item, ["values"]))),
        );
        return values.length === 1 && terms.length === 1 ? values[0] : undefined;
    };
    const racks = new Set(brokers.map(onlyValue));
    const isOneRack = key !== undefined && racks.size === 1 && !racks.has(undefined);
    return [
        ...(isOneRack && brokers.some(({ replicas }) => replicas > 1)
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["kafkaCluster", "rackTopologyKey"],
                      `the affinity of the node pools allows only ${String([...racks][0])}, one rack: replicas are ` +
                          "not spread",
                  ),
              ]
            : []),
        ...(selector !== undefined && key === undefined
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      ["kafkaCluster", "config", "replica.selector.class"],
                      "unused: without rackTopologyKey brokers have no rack by which a replica is chosen",
                  ),
              ]
            : []),
        ...(kafkaCluster && connect?.install && ofConnect !== undefined && key !== undefined && ofConnect !== key
            ? [
                  invalidValue(["connect", "rack", "topologyKey"], ofConnect, `${key} (kafkaCluster.rackTopologyKey)`, {
                      reason: "consumers read from a replica of the same rack, and no broker has such a rack",
                  }),
              ]
            : []),
    ];
}

/** Nodes that do not exist, and pods that are more apart, or closer, than they can be. */
export const nodeValueWarnings = (sections: ParsedSections): Issue[] => [
    ...podsOf(sections).flatMap((pods) => [...nodeWarnings(pods, sections.eks?.region), ...apartWarnings(pods)]),
    ...rackWarnings(sections),
];
