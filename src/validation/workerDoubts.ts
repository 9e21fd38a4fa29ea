/** Settings of workers and topics that are valid and probably not what was meant. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { didYouMean, suggestionFor } from "../util/nearest";
import { heapBytes } from "../util/quantity";
import { mountPaths } from "./workerVolumes";

type Config = Readonly<Record<string, unknown>>;

/** Levels of compression of another type than the one that is set. */
function levelWarnings(config: Config, prefix: string, at: (key: string) => SettingPath): Issue[] {
    const type = String(config[`${prefix}compression.type`] ?? "none");
    return ["gzip", "lz4", "zstd"]
        .filter((name) => config[`${prefix}compression.${name}.level`] !== undefined && name !== type)
        .map((name) =>
            issue(
                "KCP_UNUSED_SETTING",
                at(`${prefix}compression.${name}.level`),
                `unused: ${prefix}compression.type is ${type === "none" ? "not set" : type}`,
            ),
        );
}

/** Classes of Kafka's clients by the key that names them: with another no task starts. */
const clientClasses: Readonly<Record<string, readonly string[]>> = {
    "consumer.partition.assignment.strategy": ["Range", "RoundRobin", "Sticky", "CooperativeSticky"].map(
        (name) => `org.apache.kafka.clients.consumer.${name}Assignor`,
    ),
    "producer.partitioner.class": [
        "RoundRobinPartitioner",
        "UniformStickyPartitioner",
        "internals.DefaultPartitioner",
    ].map((name) => `org.apache.kafka.clients.producer.${name}`),
};

function classWarnings({ connect }: ParsedSections): Issue[] {
    return Object.entries(clientClasses).flatMap(([key, known]) => {
        const names = String(connect?.config[key] ?? "").split(",");
        return names
            .map((name) => name.trim())
            .filter((name) => /^org\.apache\.kafka\./i.test(name) && !known.includes(name))
            .map((name) =>
                invalidValue(["connect", "config", key], name, "a class of Kafka", {
                    code: "KCP_INVALID_CONFIG_VALUE",
                    reason: suggestionFor(name, known) ?? "Kafka has no such class, and no task starts",
                }),
            );
    });
}

/** The buffer of a producer, of which each task of a source has one, within the workers' heap. */
function bufferWarnings({ connect }: ParsedSections): Issue[] {
    const key = "producer.buffer.memory";
    const bytes = Number(connect?.config[key]);
    const heap = connect?.jvm.xmx;
    return heap !== undefined && bytes >= heapBytes(heap)
        ? [
              invalidValue(["connect", "config", key], connect!.config[key], `less than the heap, ${heap}`, {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  reason: "each task of a source can fill such a buffer",
              }),
          ]
        : [];
}

/** Files of the JVM below /mnt, where volumes are mounted, that are on none. */
function fileWarnings({ connect, kafka }: ParsedSections): Issue[] {
    // other fields can mount volumes too
    if (!connect?.install || connect.spec !== undefined) return [];
    const mounts = mountPaths({ connect, kafka });
    const { options, systemProperties } = connect.jvm;
    const files = Object.entries({ options, systemProperties }).flatMap(([part, values]) =>
        Object.entries(values).map(([name, value]) => ({ at: ["connect", "jvm", part, name], value })),
    );
    return files
        .filter(({ value }) => /^\/mnt\/./.test(value))
        .filter(({ value }) => !mounts.some((mount) => `${value}/`.startsWith(`${mount.replace(/\/+$/, "")}/`)))
        .map(({ at, value }) =>
            issue("KCP_UNDECLARED_NAME", at, `no volume of connect.volumes has ${value}${didYouMean(value, mounts)}`),
        );
}

/** Ports of other databases, where the exporter of PostgreSQL connects. */
const otherPorts: Readonly<Record<number, string>> = { 1433: "SQL Server", 3306: "MySQL", 27017: "MongoDB" };

const exporterWarnings = ({ metrics }: ParsedSections): Issue[] =>
    (metrics?.slotExporter?.servers ?? []).flatMap(({ port }, index) =>
        Object.hasOwn(otherPorts, port)
            ? [
                  invalidValue(["metrics", "slotExporter", "servers", index, "port"], port, "a port of PostgreSQL", {
                      reason: `${otherPorts[port]} listens at this one by convention`,
                  }),
              ]
            : [],
    );

/** Providers of files that may read every file of a worker, also the token of its service account. */
const rootWarnings = ({ secrets }: ParsedSections): Issue[] =>
    (secrets?.further ?? []).flatMap(({ params }, index) =>
        String(params["allowed.paths"] ?? "")
            .split(",")
            .some((path) => path.trim() === "/")
            ? [
                  issue(
                      "KCP_BROAD_ACCESS",
                      ["secrets", "further", index, "params", "allowed.paths"],
                      "a connector could read every file of the worker, also its credentials; name folders",
                  ),
              ]
            : [],
    );

/** What is probably meant otherwise. */
export const workerDoubts = (sections: ParsedSections): Issue[] => [
    ...levelWarnings(sections.connect?.config ?? {}, "producer.", (key) => ["connect", "config", key]),
    ...(sections.kafkaAccess?.topics ?? []).flatMap(({ config }, index) =>
        levelWarnings(config, "", (key) => ["kafkaAccess", "topics", index, "config", key]),
    ),
    ...classWarnings(sections),
    ...bufferWarnings(sections),
    ...fileWarnings(sections),
    ...exporterWarnings(sections),
    ...rootWarnings(sections),
];
