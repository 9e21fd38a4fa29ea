/**
 * Configuration keys that Strimzi sets itself. It ignores them in `config`, with no more than a warning in its log.
 */
import { issue, type Issue, type SettingPath } from "../schema/issues";

/** Prefixes of keys that Strimzi sets, and the keys with such a prefix that it accepts. */
export interface ManagedKeys {
    readonly prefixes: readonly string[];
    readonly allowed: readonly string[];
}

/** An issue for each key of a configuration that Strimzi would ignore. */
export const checkManagedKeys = (
    config: Readonly<Record<string, unknown>>,
    { prefixes, allowed }: ManagedKeys,
    at: SettingPath,
): Issue[] =>
    Object.keys(config).flatMap((key) => {
        const prefix = allowed.includes(key) ? undefined : prefixes.find((candidate) => key.startsWith(candidate));
        if (!prefix) return [];
        const keys = prefix === key ? "this key" : `keys that start with "${prefix}"`;
        return [issue("KCP_MANAGED_SETTING", [...at, key], `Strimzi sets ${keys} itself and ignores this value`)];
    });
