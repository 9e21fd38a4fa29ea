/** Storage of the Kafka cluster that is lost with a pod, or that is full before Kafka deletes anything. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { quantityValue } from "../util/quantity";

type Cluster = NonNullable<ParsedSections["kafkaCluster"]>;
type Pool = Cluster["nodePools"][number];

const gibibyte = 2 ** 30;

const sizeOf = ({ size }: Pool["storage"]["volumes"][number]): number => quantityValue(size) ?? Infinity;

const hasBrokers = ({ roles }: Pool): boolean => roles.includes("broker");

const segmentSize = ({ config }: Cluster): number => Number(config["log.segment.bytes"] ?? gibibyte);

function ephemeralWarnings(pool: Pool, at: SettingPath, isProtected: boolean): Issue[] {
    if (pool.storage.type !== "ephemeral") return [];
    const path = [...at, "storage", "type"];
    if (isProtected)
        return [
            issue(
                "KCP_CONFLICTING_SETTINGS",
                path,
                "records are lost with each pod, although protect is true; use persistent",
            ),
        ];
    return pool.replicas > 1
        ? [
              issue(
                  "KCP_WEAK_DURABILITY",
                  path,
                  "a pod that moves to another node starts without its records, whatever the number of replicas; " +
                      "use persistent",
              ),
          ]
        : [];
}

/** Kafka deletes whole segments: a volume without room for some of them is full first. */
const tinyWarnings = (pool: Pool, at: SettingPath, segment: number): Issue[] =>
    pool.storage.type === "persistent" && hasBrokers(pool)
        ? pool.storage.volumes.flatMap((volume, index) =>
              sizeOf(volume) < 2 * segment
                  ? [
                        issue(
                            "KCP_WEAK_DURABILITY",
                            [...at, "storage", "volumes", index, "size"],
                            `less than two log segments (log.segment.bytes, ${segment}): the disk is full before ` +
                                "Kafka deletes a segment, and the broker stops",
                        ),
                    ]
                  : [],
          )
        : [];

/** The largest volume of EBS, 64 TiB. */
const largestVolume = 64 * 2 ** 40;

/** Volumes that no class of AWS has, and classes of file systems that are shared over the network. */
const volumeDoubts = ({ storage }: Pool, at: SettingPath): Issue[] =>
    storage.volumes.flatMap(({ size, class: name = "" }, index) => {
        const path = [...at, "storage", "volumes", index];
        const isTooLarge = storage.type === "persistent" && (quantityValue(size) ?? 0) > largestVolume;
        return [
            ...(isTooLarge
                ? [
                      invalidValue([...path, "size"], size, "at most 64Ti, the largest volume", {
                          reason: "check the unit",
                      }),
                  ]
                : []),
            ...(/(^|[-_.])(efs|nfs)([-_.]|$)/i.test(name)
                ? [
                      invalidValue([...path, "class"], name, "a class of block storage", {
                          reason: "Kafka stops when it deletes files that are open on NFS",
                      }),
                  ]
                : []),
        ];
    });

/** A partition is on one volume; above its size, the volume is full before retention begins. */
function retentionWarnings({ kafkaCluster, kafkaAccess }: ParsedSections): Issue[] {
    const volumes = (kafkaCluster?.nodePools ?? [])
        .filter((pool) => hasBrokers(pool) && pool.storage.type === "persistent")
        .flatMap(({ storage }) => storage.volumes.map(sizeOf));
    if (volumes.length === 0) return [];
    const largest = Math.max(...volumes);
    const message = "larger than any volume of the brokers: the disk is full before the first record is deleted";
    const ofTopics = (kafkaAccess?.topics ?? []).flatMap(({ retentionSize }, index) =>
        retentionSize !== undefined && retentionSize > largest
            ? [issue("KCP_CONFLICTING_SETTINGS", ["kafkaAccess", "topics", index, "retentionSize"], message)]
            : [],
    );
    const ofBrokers = Number(kafkaCluster?.config["log.retention.bytes"]) > largest;
    return [
        ...ofTopics,
        ...(ofBrokers
            ? [issue("KCP_CONFLICTING_SETTINGS", ["kafkaCluster", "config", "log.retention.bytes"], message)]
            : []),
    ];
}

/** What is probably wrong with the storage of the Kafka cluster. */
export function kafkaVolumeWarnings(sections: ParsedSections): Issue[] {
    const { kafkaCluster: cluster, protect } = sections;
    if (!cluster) return [];
    const ofPools = cluster.nodePools.flatMap((pool, index) => {
        const at = ["kafkaCluster", "nodePools", index];
        return [
            ...ephemeralWarnings(pool, at, protect === true),
            ...tinyWarnings(pool, at, segmentSize(cluster)),
            ...volumeDoubts(pool, at),
        ];
    });
    return [...ofPools, ...retentionWarnings(sections)];
}
