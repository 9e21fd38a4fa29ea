/** Literal credentials anywhere in a stack file. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import { isLiteralCredential } from "../util/credentials";

/** Sections of free keys: elsewhere only the form of a value is checked. */
const hasFreeKeys = (path: SettingPath): boolean =>
    path.some((step) =>
        ["config", "producer", "consumer", "systemProperties", "env", "values", "headers", "params"].includes(
            String(step),
        ),
    );

/** The name under which a leaf's value is used: that of its key, or the `name` beside a `value`. */
function nameOf(path: SettingPath, parent: unknown): string {
    const key = String(path.at(-1));
    const { name } = (parent ?? {}) as { name?: unknown };
    return key === "value" && typeof name === "string" ? name : key;
}

const isSecretConfig = (value: object): boolean => Object.keys(value).length === 1 && "secure" in value;

/** The paths and values of all literal credentials. */
export function findCredentials(
    value: unknown,
    path: SettingPath = [],
    parent?: unknown,
): { path: SettingPath; value: string }[] {
    if (typeof value === "string" || typeof value === "number") {
        const name = hasFreeKeys(path) ? nameOf(path, parent) : "";
        return isLiteralCredential(name, value) ? [{ path, value: String(value) }] : [];
    }
    if (value === null || typeof value !== "object" || isSecretConfig(value)) return [];
    return Object.entries(value).flatMap(([key, item]) =>
        findCredentials(item, [...path, Array.isArray(value) ? Number(key) : key], value),
    );
}

/** An example of what to write in place of a credential. */
function exampleFor(path: SettingPath, secretProvider = "secretManager"): string {
    if (path[0] === "connectors") return `refer to it, for example \${${secretProvider}:SECRET:KEY}`;
    if (path[0] === "standaloneConnect")
        return "refer to it, for example ${dir:/mnt/secrets/SECRET:KEY}, with SECRET in standaloneConnect.secrets";
    if (path.includes("env")) return "use valueFrom.secretKeyRef";
    return "refer to it";
}

/** An issue for each literal credential. */
export const checkCredentials = (found: readonly { path: SettingPath }[], secretProvider?: string): Issue[] =>
    found.map(({ path }) =>
        issue(
            "KCP_LITERAL_CREDENTIAL",
            path,
            `literal credential; store it as a secret and ${exampleFor(path, secretProvider)}`,
        ),
    );

/** The issues without the values of credentials in their messages. */
export const redact = (issues: readonly Issue[], found: readonly { value: string }[]): Issue[] =>
    issues.map((item) => ({
        ...item,
        message: found
            .filter(({ value }) => value.length > 3)
            .reduce(
                (message, { value }) =>
                    message.replaceAll(JSON.stringify(value), "a value (not shown)").replaceAll(value, "(not shown)"),
                item.message,
            ),
    }));
