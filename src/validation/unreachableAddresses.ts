/** Addresses that a pod cannot reach, or at which another server than Kafka listens by convention. */
import { invalidValue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** An address, and where it is written. */
export interface WrittenAddress {
    readonly at: SettingPath;
    /** As it is written. */
    readonly written: string;
    readonly host: string;
    readonly port: number | undefined;
    /** Whether a Kafka broker is expected there. */
    readonly broker: boolean;
}

const brokers = (servers: string | undefined, at: SettingPath): WrittenAddress[] =>
    (servers ?? "")
        .split(",")
        .filter(Boolean)
        .map((written) => {
            const [, host = written, port] = /^(.*):(\d+)$/.exec(written.trim()) ?? [];
            return { at, written, host, port: Number(port), broker: true };
        });

function urlAddress(url: string | undefined, at: SettingPath): WrittenAddress[] {
    if (url === undefined || !URL.canParse(url)) return [];
    return [{ at, written: url, host: new URL(url).hostname, port: undefined, broker: false }];
}

/** The addresses of a stack file. */
export function writtenAddresses({
    kafka,
    kafkaCluster,
    connect,
    httpBridge,
    standaloneConnect,
}: ParsedSections): WrittenAddress[] {
    // those of kafkaCluster are derived, and those of another stack are written there
    const isWritten = !kafkaCluster && connect?.install && !connect.use;
    return [
        ...(isWritten ? brokers(kafka?.bootstrapServers, ["kafka", "bootstrapServers"]) : []),
        ...urlAddress(kafka?.schemaRegistry?.url, ["kafka", "schemaRegistry", "url"]),
        ...brokers(httpBridge?.kafka?.bootstrapServers, ["httpBridge", "kafka", "bootstrapServers"]),
        ...brokers(standaloneConnect?.bootstrapServers, ["standaloneConnect", "bootstrapServers"]),
        ...urlAddress(standaloneConnect?.schemaRegistry?.url, ["standaloneConnect", "schemaRegistry", "url"]),
    ];
}

/** Addresses to which nobody can connect: servers use them to listen at every address. */
export const checkUnreachableAddresses = (sections: ParsedSections): Issue[] =>
    writtenAddresses(sections)
        .filter(({ host }) => /^(0\.0\.0\.0|0|\[::\])$/.test(host))
        .map(({ at, written }) =>
            invalidValue(at, written, "the name or address of a server", {
                reason: "a server listens at this address, but no client can connect to it",
            }),
        );

const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|ip6-localhost)$|\.localhost$/i;

/** Names that Docker and minikube give the machine, for containers on it. */
const machine = /^(host\.docker\.internal|host\.minikube\.internal|host\.containers\.internal)$/i;

/** Ports of other servers, by convention. */
const otherServers: Readonly<Record<number, string>> = {
    2181: "ZooKeeper",
    8081: "a schema registry",
    8083: "Kafka Connect",
    9404: "metrics",
};

function doubt({ host, port, broker }: WrittenAddress, isOnEks: boolean): [string, string] | undefined {
    if (loopback.test(host)) return ["an address that the pods reach", "in a pod this is the pod itself"];
    if (isOnEks && machine.test(host))
        return ["an address that the pods reach", "only containers on a developer's machine know this name"];
    const server = broker && port !== undefined ? otherServers[port] : undefined;
    return server === undefined
        ? undefined
        : ["the port of a broker's listener, such as 9092", `by convention ${port} is the port of ${server}`];
}

/** Addresses that are probably wrong. The sandbox, whose secrets are files, has no pods. */
export function unreachableAddressWarnings(sections: ParsedSections): Issue[] {
    const isOnEks = sections.eks?.clusterName !== undefined;
    if (sections.secrets?.provider === "file" && !isOnEks) return [];
    return writtenAddresses(sections).flatMap((address) => {
        const [expected, reason] = doubt(address, isOnEks) ?? [];
        return expected === undefined ? [] : [invalidValue(address.at, address.written, expected, { reason })];
    });
}
