/** The secrets that connectors refer to, as files that Kafka's FileConfigProvider reads. */
import * as path from "path";
import { writeProperties } from "./java";

/** References to secrets of a provider: `${provider:SECRET:KEY}`. Each call returns a new expression. */
export const referencePattern = (provider: string): RegExp => new RegExp(`\\$\\{${provider}:([^:}]+):([^}]+)\\}`, "g");

/** Every secret that a configuration refers to, with the keys it reads. */
export function referencedSecrets(
    config: Readonly<Record<string, unknown>>,
    provider: string,
): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const value of Object.values(config)) {
        for (const [, secret, key] of String(value).matchAll(referencePattern(provider))) {
            found.set(secret, (found.get(secret) ?? new Set()).add(key));
        }
    }
    return found;
}

/**
 * What the secrets of a connector contain, under the keys that its configuration reads.
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
        [...String(config[setting]).matchAll(referencePattern(provider))].forEach(([, secret, key], index) => {
            if (ofReferences[index] !== undefined)
                values.set(secret, { ...values.get(secret), [key]: ofReferences[index] });
        });
    }
    return values;
}

/** Writes one file for each secret into a folder. */
export function writeSecrets(folder: string, secrets: ReadonlyMap<string, Record<string, string>>): void {
    for (const [name, values] of secrets) writeProperties(path.join(folder, path.basename(name)), values);
}

/** A secret that two connectors need with different values. */
export interface SecretConflict {
    readonly secret: string;
    readonly key: string;
}

/** The secrets of all connectors: several may refer to one secret, each to other keys of it. */
export class SecretFiles {
    private readonly secrets = new Map<string, Record<string, string>>();

    constructor(
        private readonly folder: string,
        private readonly provider: string,
    ) {}

    /** Adds what a connector needs. Returns the keys that have another value already, which stay as they are. */
    add(
        config: Readonly<Record<string, unknown>>,
        answers: Readonly<Record<string, readonly string[]>>,
    ): SecretConflict[] {
        const conflicts: SecretConflict[] = [];
        for (const [secret, values] of secretValues(config, this.provider, answers)) {
            const known = this.secrets.get(secret) ?? {};
            for (const [key, value] of Object.entries(values))
                if (known[key] !== undefined && known[key] !== value) conflicts.push({ secret, key });
            this.secrets.set(secret, { ...values, ...known });
        }
        return conflicts;
    }

    /** Writes one file for each secret. */
    write(): void {
        writeSecrets(this.folder, this.secrets);
    }
}
