/** Hosts of bootstrap servers: names that no server has, and servers of two clusters in one list. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { nearest } from "../util/nearest";
import { writtenAddresses, type WrittenAddress } from "./unreachableAddresses";

const label = /^[A-Za-z0-9_]([\w-]{0,61}\w)?$/;

/** Why no server can have the name; undefined where one can. Java resolves underscores, but no other characters. */
function nameProblem(host: string): string | undefined {
    if (host.startsWith("[")) return undefined;
    const parts = host.replace(/\.$/, "").split(".");
    if (/^[\d.]+$/.test(host))
        return parts.length === 4 && parts.every((part) => part !== "" && Number(part) <= 255)
            ? undefined
            : "an IPv4 address has four numbers from 0 to 255";
    const [character] = /[^\w.-]/u.exec(host) ?? [];
    if (/^(\$\{|\$\(|<|\{\{|%)/.test(host)) return "it is a placeholder, which nobody replaces here";
    if (character !== undefined) return `a name has letters, digits, - and . only, and no ${character}`;
    if (host.length > 253) return "a name has at most 253 characters";
    return parts.every((part) => label.test(part))
        ? undefined
        : "each part of a name has 1 to 63 characters, and neither starts nor ends with -";
}

const hostIssues = ({ at, written, host, broker }: WrittenAddress): Issue[] => {
    const reason = broker ? nameProblem(host) : undefined;
    return reason === undefined ? [] : [invalidValue(at, written, "the name or address of a server", { reason })];
};

/** The cluster of a broker, from a name such as b-1.NAME.ID.c2.kafka.REGION.amazonaws.com. */
const mskCluster = (host: string): string | undefined =>
    /^b-\d+(?:-public)?\.(.+\.kafka\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)$/i.exec(host)?.[1].toLowerCase();

const strimziCluster = (host: string): string | undefined =>
    /^([a-z0-9.-]+)-kafka-(?:brokers|bootstrap|\w+-bootstrap)\./i.exec(`${host}.`)?.[1].toLowerCase();

/** The first address of a list that is of another cluster than an earlier one. */
function otherCluster(addresses: readonly WrittenAddress[], clusterOf: typeof mskCluster): WrittenAddress | undefined {
    const first = addresses.map(({ host }) => clusterOf(host)).find((cluster) => cluster !== undefined);
    return addresses.find(({ host }) => ![undefined, first].includes(clusterOf(host)));
}

/** The broker addresses of each setting. */
function lists(sections: ParsedSections): WrittenAddress[][] {
    const byPlace = new Map<string, WrittenAddress[]>();
    for (const address of writtenAddresses(sections).filter(({ broker }) => broker)) {
        const place = address.at.join(".");
        byPlace.set(place, [...(byPlace.get(place) ?? []), address]);
    }
    return [...byPlace.values()];
}

const mixed = ({ at, written }: WrittenAddress): Issue =>
    issue(
        "KCP_CONFLICTING_SETTINGS",
        at,
        `${written} is of another cluster than the servers before it: a client would use the one that answers first`,
    );

/** Addresses that no server has, and brokers of two MSK clusters. */
export const checkServerHosts = (sections: ParsedSections): Issue[] =>
    lists(sections).flatMap((addresses) => {
        const other = otherCluster(addresses, mskCluster);
        return [...addresses.flatMap(hostIssues), ...(other ? [mixed(other)] : [])];
    });

/** Ports of MSK by the way to the brokers: within the VPC, over the internet. */
const isPublicPort = (port: number | undefined): boolean => [9194, 9196, 9198].includes(port ?? 0);

function listWarnings(addresses: readonly WrittenAddress[]): Issue[] {
    const other = otherCluster(addresses, strimziCluster);
    const brokers = addresses.filter(({ host }) => mskCluster(host) !== undefined);
    const isPublic = isPublicPort(brokers[0]?.port);
    const different = brokers.find(({ port }) => isPublicPort(port) !== isPublic);
    return [
        ...(other ? [mixed(other)] : []),
        ...(different
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      different.at,
                      `${different.written}: some of these ports are for clients within the VPC, others (919x) for ` +
                          "those outside of it; use one kind",
                  ),
              ]
            : []),
    ];
}

const placeholder = /^(replace|change)[-_]?(me|this)?(\.|$)|^your[-_]|^(todo|tbd)(\.|$)/i;

/** Names that are probably meant otherwise. */
function nameWarnings({ at, written, host }: WrittenAddress): Issue[] {
    if (placeholder.test(host))
        return [
            invalidValue(at, written, "the name or address of a server", { reason: "it looks like a placeholder" }),
        ];
    const domain = /\.svc\.([a-z0-9-]+\.[a-z0-9-]+)\.?$/i.exec(host)?.[1];
    const isMisspelt =
        domain !== undefined && domain !== "cluster.local" && nearest(domain, ["cluster.local"]) !== undefined;
    return isMisspelt
        ? [invalidValue(at, written, "a Service of the cluster's domain", { reason: 'did you mean "cluster.local"?' })]
        : [];
}

/** Letters and digits of a cluster's name, of which MSK makes the names of its brokers. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** An ARN of another MSK cluster than the one that the brokers are of. */
function clusterArnWarnings({ kafka, kafkaCluster }: ParsedSections): Issue[] {
    const arn = kafka?.authentication.clusterArn;
    const name = /:cluster\/([^/]+)\//.exec(arn ?? "")?.[1];
    const host = kafka?.bootstrapServers?.split(",")[0].replace(/:\d+$/, "").trim() ?? "";
    const ofBroker = /^b-\d+(?:-public)?\.([^.]+)\.[^.]+\.c\d+\.kafka\./.exec(host)?.[1];
    if (kafkaCluster || name === undefined || ofBroker === undefined) return [];
    // long names are shortened
    if (plainName(name).startsWith(plainName(ofBroker))) return [];
    const at = ["kafka", "authentication", "clusterArn"];
    return [invalidValue(at, arn, `the ARN of the cluster of ${host}`, { reason: `this is one of ${name}` })];
}

/** More brokers in the list than the cluster has. */
function brokerCountWarnings({ kafka, kafkaCluster }: ParsedSections): Issue[] {
    if (!kafka?.bootstrapServers || kafka.brokers === undefined || kafkaCluster) return [];
    const listed = new Set(kafka.bootstrapServers.split(",").map((server) => server.trim()));
    const ofMsk = [...listed].filter((server) => mskCluster(server.replace(/:\d+$/, "")) !== undefined);
    return ofMsk.length > kafka.brokers
        ? [
              invalidValue(["kafka", "brokers"], kafka.brokers, `at least ${ofMsk.length}`, {
                  reason: "kafka.bootstrapServers lists as many brokers",
              }),
          ]
        : [];
}

/** Addresses that are probably of two clusters, of two networks, or misspelt. */
export const serverHostWarnings = (sections: ParsedSections): Issue[] => [
    ...lists(sections).flatMap(listWarnings),
    ...writtenAddresses(sections).flatMap(nameWarnings),
    ...clusterArnWarnings(sections),
    ...brokerCountWarnings(sections),
];
