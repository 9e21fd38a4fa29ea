/** The secrets that connectors refer to, as files that Kafka's FileConfigProvider reads. */
import * as path from "path";
import { writeProperties } from "./java";

const reference = (provider: string) => new RegExp(`\\$\\{${provider}:([^:}]+):([^}]+)\\}`, "g");

/** Every secret a connector's configuration refers to, with the keys it reads. */
export function referencedSecrets(config: Readonly<Record<string, unknown>>, provider: string): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const value of Object.values(config)) {
        for (const [, secret, key] of String(value).matchAll(reference(provider))) {
            found.set(secret, (found.get(secret) ?? new Set()).add(key));
        }
    }
    return found;
}

/** What a database's secret holds, under whatever key a connector reads it from. */
export function secretValues(config: Readonly<Record<string, unknown>>, provider: string, login: { host: string; port: number; user: string; password: string }): Map<string, Record<string, string>> {
    const settings: Record<string, string> = { "database.hostname": login.host, "database.port": String(login.port), "database.user": login.user, "database.password": login.password };
    const values = new Map<string, Record<string, string>>();
    for (const [setting, value] of Object.entries(settings)) {
        for (const [, secret, key] of String(config[setting]).matchAll(reference(provider))) {
            values.set(secret, { ...values.get(secret), [key]: value });
        }
    }
    return values;
}

/** Writes one file a secret into a folder. */
export function writeSecrets(folder: string, secrets: ReadonlyMap<string, Record<string, string>>): void {
    for (const [name, values] of secrets) writeProperties(path.join(folder, path.basename(name)), values);
}
