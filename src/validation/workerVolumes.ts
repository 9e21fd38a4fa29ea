/** Volumes of the workers. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import { dnsName } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { kafkaSecretMounts } from "../strimzi/kafkaClient";
import { didYouMean } from "../util/nearest";
import { duplicates, listOf, valueAt } from "../util/data";

const withoutSlash = (path: string): string => path.replace(/\/+$/, "");

/** Where the workers' volumes are mounted: those of the stack file, and those for the login to Kafka. */
export const mountPaths = ({ connect, kafka }: Pick<ParsedSections, "connect" | "kafka">): string[] =>
    [...(connect?.volumes ?? []), ...(kafka ? kafkaSecretMounts(kafka) : [])].map(({ mountPath }) => mountPath);

export const checkMounts = ({ volumes }: ConnectSettings): Issue[] =>
    duplicates(volumes.map(({ mountPath }) => withoutSlash(mountPath))).map((index) =>
        issue("KCP_DUPLICATE_NAME", ["connect", "volumes", index, "mountPath"], "the same path twice; change one"),
    );

/** Fields that name the object of a volume, by its type. */
const objectFields = {
    secret: "secretName",
    configMap: "name",
    persistentVolumeClaim: "claimName",
    csi: "driver",
} as const;

/** Further fields of these volumes. */
const volumeFields = [
    ...["items", "defaultMode", "optional", "readOnly", "fsType", "volumeAttributes", "nodePublishSecretRef"],
];

/** Volumes without the name of their object, or with one that no object has: the pods would not start. */
export const checkVolumeObjects = ({ connect }: ParsedSections): Issue[] =>
    (connect?.volumes ?? []).flatMap((volume, index) =>
        Object.entries(objectFields).flatMap(([type, field]) => {
            const source = volume[type as keyof typeof objectFields] as Readonly<Record<string, unknown>> | undefined;
            if (source === undefined) return [];
            const at = ["connect", "volumes", index, type, field];
            const name = source[field];
            if (name === undefined || name === "")
                // a misspelt field explains the missing one
                return Object.keys(source).every((key) => key === field || volumeFields.includes(key))
                    ? [missingSetting(at, "the name of the object to mount")]
                    : [];
            const isName = type === "csi" || dnsName().safeParse(name).success;
            return isName ? [] : [invalidValue(at, name, "the name of a Kubernetes object: a-z, 0-9, - and .")];
        }),
    );

/** Claims of the stack that only one node can mount, while workers run on several. */
const sharedClaims = ({ connect, manifests = [] }: ParsedSections): Issue[] =>
    (connect?.volumes ?? []).flatMap(({ persistentVolumeClaim }, index) => {
        const name = valueAt(persistentVolumeClaim, ["claimName"]);
        const claim = manifests.find(
            ({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.name === name,
        );
        const modes = listOf(valueAt(claim?.spec, ["accessModes"])).map(String);
        const isShared = modes.length === 0 || modes.some((mode) => /Many$/.test(mode));
        return connect!.replicas < 2 || isShared
            ? []
            : [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["connect", "volumes", index, "persistentVolumeClaim", "claimName"],
                      `the claim has the access mode ${modes.join(", ")}, and ${connect!.replicas} workers mount it: ` +
                          "those on other nodes do not start; use ReadWriteMany",
                  ),
              ];
    });

/** Volumes that are of no use, or of one worker only. */
export const volumeWarnings = (sections: ParsedSections): Issue[] => [
    ...emptyFolders(sections),
    ...sharedClaims(sections),
];

/** Folders that are empty and that nobody can write. */
const emptyFolders = ({ connect }: ParsedSections): Issue[] =>
    (connect?.volumes ?? []).flatMap(({ emptyDir, readOnly }, index) =>
        emptyDir !== undefined && readOnly
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["connect", "volumes", index],
                      "the folder is empty at the start and is mounted read-only, so that it remains empty; set " +
                          "readOnly to false",
                  ),
              ]
            : [],
    );

/** Names of Strimzi's own volumes, which are those of the Secrets: it rejects a further volume of the same name. */
const strimziVolumes = ({ tls, authentication }: NonNullable<ParsedSections["kafka"]>): string[] => [
    ...(tls?.trustedCertificates ?? []).map(({ secretName }) => secretName),
    ...(authentication.secretName ? [authentication.secretName] : []),
];

/** Volumes with the name or the path of one that the platform mounts for the login to Kafka. */
export function checkPlatformMounts({ connect, kafka }: ParsedSections): Issue[] {
    if (!connect || !kafka) return [];
    const mounts = kafkaSecretMounts(kafka);
    const ofStrimzi = strimziVolumes(kafka);
    return connect.volumes.flatMap(({ name, mountPath }, index) => {
        const at = ["connect", "volumes", index];
        const taken = (key: string, value: string, who = "the platform") =>
            invalidValue([...at, key], value, `another ${key === "name" ? "name" : "path"}`, {
                code: "KCP_DUPLICATE_NAME",
                reason: `${who} mounts a Secret with it for the login to Kafka`,
            });
        if (mounts.some((mount) => mount.name === name)) return [taken("name", name)];
        if (ofStrimzi.includes(name)) return [taken("name", name, "Strimzi")];
        return mounts.some((mount) => mount.mountPath === withoutSlash(mountPath))
            ? [taken("mountPath", mountPath)]
            : [];
    });
}

/** Keys whose value is the file of a certificate or a key. */
const fileKey = /(^|[._])(keyfile|(trust|key)store(\.location)?|sslrootcert|sslcert|sslkey)$/i;

/** Files below /mnt, where Strimzi mounts volumes, that are on no volume. */
export function unmountedFileWarnings(
    { connect, kafka }: ParsedSections,
    connectors: readonly ResolvedConnector[],
): Issue[] {
    // other fields can mount volumes too
    if (!connect || connect.spec !== undefined || connect.use !== undefined) return [];
    const mounts = mountPaths({ connect, kafka });
    return connectors.flatMap((connector) =>
        Object.entries(connector.config)
            .filter(([key, value]) => fileKey.test(key) && /^\/mnt\/[^$]+$/.test(String(value)))
            .filter(([, value]) => !mounts.some((path) => String(value).startsWith(`${withoutSlash(path)}/`)))
            .map(([key, value]) =>
                issue(
                    "KCP_UNDECLARED_NAME",
                    connector.settingPath(key),
                    `no volume of connect.volumes has ${String(value)}` + didYouMean(String(value), mounts),
                ),
            ),
    );
}

/** File sinks that write to a read-only volume: their task fails when it opens the file. */
export const checkFileSinks = ({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors
        .filter(({ class: className }) => className.endsWith(".FileStreamSinkConnector"))
        .flatMap((connector) => {
            const file = String(connector.config.file ?? "");
            const volume = connect?.volumes.find(({ mountPath }) => file.startsWith(`${withoutSlash(mountPath)}/`));
            // Kubernetes mounts these read-only, whatever the mount declares
            const isReadOnly = volume && (volume.readOnly || volume.secret || volume.configMap);
            return isReadOnly
                ? [
                      invalidValue(connector.settingPath("file"), file, "a file on a volume that can be written", {
                          reason: `connect.volumes mounts ${volume.mountPath} read-only, and the task fails`,
                      }),
                  ]
                : [];
        });
