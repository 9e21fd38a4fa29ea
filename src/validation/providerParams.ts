/** Config providers of `secrets.further`: their parameters, and the files that they read. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { listItems } from "../util/listItems";
import { isExpression } from "../util/expressions";
import { didYouMean, nearest } from "../util/nearest";
import { knownProviders } from "./workerConfig";
import { mountPaths } from "./workerVolumes";

type Provider = NonNullable<ParsedSections["secrets"]>["further"][number];

/** Parameters that the providers of Kafka and Strimzi read. */
const params: Readonly<Record<string, readonly string[]>> = {
    file: ["allowed.paths"],
    directory: ["allowed.paths"],
    env: ["allowlist.pattern"],
    kubernetes: [],
};

/** Folders that a provider of files may read. */
const allowedPaths = ({ provider, params: given }: Provider): string[] =>
    provider === "file" || provider === "directory" ? listItems(String(given["allowed.paths"] ?? "")) : [];

/** Classes of Kafka or Strimzi that do not exist, and expressions with which the workers do not start. */
export const checkProviderParams = ({ secrets }: ParsedSections): Issue[] =>
    (secrets?.further ?? []).flatMap((provider, index) => {
        const at = ["secrets", "further", index];
        const name = provider.class ?? "";
        const isOfKafka = /^(org\.apache\.kafka|io\.strimzi\.kafka)\./.test(name);
        const meant = isOfKafka && !knownProviders.includes(name) ? nearest(name, knownProviders) : undefined;
        const pattern = provider.params["allowlist.pattern"];
        return [
            ...(meant === undefined
                ? []
                : [
                      invalidValue([...at, "class"], name, "a config provider of Kafka or Strimzi", {
                          reason: `did you mean "${meant}"?`,
                      }),
                  ]),
            ...(allowedPaths(provider).every((path) => path.startsWith("/"))
                ? []
                : [
                      invalidValue(
                          [...at, "params", "allowed.paths"],
                          provider.params["allowed.paths"],
                          "absolute paths, separated by commas",
                          { reason: "no worker starts with another" },
                      ),
                  ]),
            ...(provider.provider === "env" && pattern !== undefined && !isExpression(String(pattern))
                ? [invalidValue([...at, "params", "allowlist.pattern"], pattern, "a regular expression")]
                : []),
        ];
    });

/** Parameters that nothing reads. */
function unknownParams({ provider, params: given }: Provider, at: SettingPath): Issue[] {
    const known = provider === undefined ? undefined : params[provider];
    if (!known) return [];
    return Object.keys(given)
        .filter((key) => !known.includes(key))
        .map((key) =>
            issue(
                "KCP_UNKNOWN_CONFIG_KEY",
                [...at, "params", key],
                `the provider reads no such parameter${didYouMean(key, known)}`,
            ),
        );
}

/** Folders below /mnt in which no volume of the workers is. */
function unmountedPaths(provider: Provider, at: SettingPath, mounts: readonly string[]): Issue[] {
    const isIn = (inner: string, outer: string) => `${inner}/`.startsWith(`${outer.replace(/\/$/, "")}/`);
    return allowedPaths(provider)
        .filter((path) => path.startsWith("/mnt/") && !mounts.some((mount) => isIn(path, mount) || isIn(mount, path)))
        .map((path) =>
            issue(
                "KCP_UNRESOLVABLE_REFERENCE",
                [...at, "params", "allowed.paths"],
                `connect.volumes mounts nothing at ${path}`,
            ),
        );
}

/** Parameters without effect, and files that the workers do not have. */
export const providerParamWarnings = ({ secrets, connect, kafka }: ParsedSections): Issue[] =>
    (secrets?.further ?? []).flatMap((provider, index) => {
        const at = ["secrets", "further", index];
        const mounts = mountPaths({ connect, kafka });
        const mountsAll = connect?.spec !== undefined || connect?.use !== undefined;
        return [...unknownParams(provider, at), ...(mountsAll ? [] : unmountedPaths(provider, at, mounts))];
    });
