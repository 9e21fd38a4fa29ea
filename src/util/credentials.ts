/** Finds literal credentials in configuration. Pure; a value that is found is never part of what is returned. */

/** Last part of a configuration key whose value is a credential. */
const credentialKey =
    /(^|[._-])(password|passwd|passphrase|pwd|secret|token|api[._-]?key|access[._-]?key|secret[._-]?key|account[._-]?key|private[._-]?key|client[._-]?secret|sasl[._-]?jaas[._-]?config|user[._-]?info|authorization|credentials([._-]json)?|keyfile|connection[._-]string|sas[._-]?token)$/i;

/** Java system properties and the like: `trustStorePassword`, `AWS_SECRET_ACCESS_KEY`. */
const credentialName = /(password|passphrase|secretaccesskey|secret_access_key|sessiontoken|session_token)$/i;

/** Keys that end like a credential and are none: the names of things. */
const harmlessKey = /(^|[._-])(password|secret|token|key)[._-](path|file|location|name|type|class|field|provider)$/i;

/** Values that contain a credential, whatever their key. */
const credentialValues: readonly RegExp[] = [
    // an address with a login
    /^[a-z][a-z0-9+.:-]*:\/\/[^/\s:@]+:(?!\$\{\}@)[^/\s@]+@/i,
    /\b(password|pwd|passwd|secret)\s*=\s*["']?[^\s"';&$]/i,
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /"private_key"\s*:\s*"[^"$]/,
    /^(Bearer|Basic)\s+[A-Za-z0-9+/._=-]{8,}$/i,
    /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/,
    /\b(ghp|gho|ghs)_[A-Za-z0-9]{30,}\b/,
];

const reference = /\$\{[^}]+\}/g;

/** Connection strings and key files that are paths or addresses without a login contain no credential. */
const isPathOrPlainAddress = (value: string): boolean =>
    /^(\/|\.\/|[A-Za-z]:\\)[^\n{]*$/.test(value) || /^[a-z][a-z0-9+.-]*:\/\/[^@\s]*$/i.test(value);

/**
 * Whether a configuration value is or contains a literal credential. References such as `${provider:path:key}` are
 * none, so that a value of nothing else is no literal credential.
 */
export function isLiteralCredential(key: string, value: unknown): boolean {
    if (typeof value !== "string" && typeof value !== "number") return false;
    const literal = String(value).replace(reference, "${}");
    const rest = literal.replace(/\$\{\}/g, "").trim();
    if (rest === "") return false;
    if (credentialValues.some((pattern) => pattern.test(literal))) return true;
    if (harmlessKey.test(key) || !(credentialKey.test(key) || credentialName.test(key))) return false;
    if (literal.includes("${}")) return false;
    return !/(keyfile|connection[._-]string|credentials)$/i.test(key) || !isPathOrPlainAddress(literal);
}
