/** Volumes of the workers. */
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaSecretMounts } from "../strimzi/kafkaClient";
import { duplicates } from "../util/data";

const withoutSlash = (path: string): string => path.replace(/\/+$/, "");

export const checkMounts = ({ volumes }: ConnectSettings): Issue[] =>
    duplicates(volumes.map(({ mountPath }) => withoutSlash(mountPath))).map((index) =>
        issue("KCP_DUPLICATE_NAME", ["connect", "volumes", index, "mountPath"], "the same path twice; change one"),
    );

/** Volumes with the name or the path of one that the platform mounts for the login to Kafka. */
export function checkPlatformMounts({ connect, kafka }: ParsedSections): Issue[] {
    if (!connect || !kafka) return [];
    const mounts = kafkaSecretMounts(kafka);
    return connect.volumes.flatMap(({ name, mountPath }, index) => {
        const at = ["connect", "volumes", index];
        const taken = (key: string, value: string) =>
            invalidValue([...at, key], value, `another ${key === "name" ? "name" : "path"}`, {
                code: "KCP_DUPLICATE_NAME",
                reason: "the platform mounts a Secret with it for the login to Kafka",
            });
        if (mounts.some((mount) => mount.name === name)) return [taken("name", name)];
        return mounts.some((mount) => mount.mountPath === withoutSlash(mountPath))
            ? [taken("mountPath", mountPath)]
            : [];
    });
}
