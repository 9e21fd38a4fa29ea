/** The stack file that an import makes, before it is text. */
import { isLiteralCredential } from "../util/credentials";
import type { ImportNote } from "./source";

export type Raw = Record<string, unknown>;
export type Path = readonly (string | number)[];

/** Where literal credentials go: the provider's name in references, and how a secret is named in one. */
export interface SecretTarget {
    readonly provider: string;
    readonly kind: "kubernetes" | "aws-secrets-manager" | "file";
    readonly namespace: string;
    /** Prefix of the secrets' names in Secrets Manager. */
    readonly prefix: string;
}

/** What the rendered stack is compared with. */
export interface ExpectedObject {
    readonly kind: string;
    readonly name: string;
    readonly spec: Readonly<Raw>;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    /** Its path in the stack file. */
    readonly at: Path;
    readonly origin: string;
}

const secretKeyOf = (key: string): string =>
    key
        .replace(/[^A-Za-z0-9]+/g, "_")
        .replace(/^_+|_+$/g, "")
        .toUpperCase();

/** Collects notes, the secrets to create and the objects to compare. */
export class Draft {
    readonly notes: ImportNote[] = [];
    /** Keys of each secret to create. The values stay where they are. */
    readonly secrets = new Map<string, Set<string>>();
    readonly expected: ExpectedObject[] = [];

    /**
     * @param target where literal credentials go
     * @param version Strimzi version that the stack is checked with
     */
    constructor(
        readonly target: SecretTarget,
        readonly version: string,
    ) {}

    note(severity: ImportNote["severity"], message: string, path?: Path): void {
        this.notes.push({ severity, message, path });
    }

    /** A reference in place of a literal credential; the secret and its key are noted down, the value is not. */
    private referenceFor(secret: string, key: string): string {
        const { provider, kind, namespace, prefix } = this.target;
        const name = kind === "kubernetes" ? secret : secret.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
        const id = kind === "kubernetes" ? `${namespace}/${name}` : name;
        const stored = kind === "aws-secrets-manager" ? `${prefix}${name}` : id;
        this.secrets.set(stored, (this.secrets.get(stored) ?? new Set()).add(secretKeyOf(key)));
        return `\${${provider}:${id}:${secretKeyOf(key)}}`;
    }

    /** A configuration with references in place of its literal credentials. */
    withoutCredentials<T>(config: Readonly<Record<string, T>>, secret: string): Record<string, T | string> {
        return Object.fromEntries(
            Object.entries(config).map(([key, value]) => [
                key,
                isLiteralCredential(key, value) ? this.referenceFor(secret, key) : value,
            ]),
        );
    }
}

/** Stands for a value that the user has to fill in. */
export const placeholder = "REPLACE_ME";
