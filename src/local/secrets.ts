/** The secrets that connectors refer to, as files that Kafka's FileConfigProvider reads. */
import * as path from "path";
import { writeProperties } from "./java";

const reference = (provider: string) => new RegExp(`\\$\\{${provider}:([^:}]+):([^}]+)\\}`, "g");

/** Every secret a connector's configuration refers to, with the keys it reads. */
export function referencedSecrets(
    config: Readonly<Record<string, unknown>>,
    provider: string,
): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const value of Object.values(config)) {
        for (const [, secret, key] of String(value).matchAll(reference(provider))) {
            found.set(secret, (found.get(secret) ?? new Set()).add(key));
        }
    }
    return found;
}

/**
 * What the secrets of a connector hold, under whatever keys it reads them from.
 *
 * @param answers for a key of the configuration, the value of each reference in it, in their order
 */
export function secretValues(
    config: Readonly<Record<string, unknown>>,
    provider: string,
    answers: Readonly<Record<string, readonly string[]>>,
): Map<string, Record<string, string>> {
    const values = new Map<string, Record<string, string>>();
    for (const [setting, ofReferences] of Object.entries(answers)) {
        [...String(config[setting]).matchAll(reference(provider))].forEach(([, secret, key], index) => {
            if (ofReferences[index] !== undefined)
                values.set(secret, { ...values.get(secret), [key]: ofReferences[index] });
        });
    }
    return values;
}

/** Writes one file a secret into a folder. */
export function writeSecrets(folder: string, secrets: ReadonlyMap<string, Record<string, string>>): void {
    for (const [name, values] of secrets) writeProperties(path.join(folder, path.basename(name)), values);
}
