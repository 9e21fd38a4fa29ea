/**
 * Literal credentials: values that must not be written in a stack file. Pure; no value is part of what is returned. A
 * value is one by the name of its key, by its form, or by its entropy. References such as `${secretManager:SECRET:KEY}`
 * are not.
 */

const reference = /\$\{[^{}:]+:[^{}]+\}/g;

/**
 * Names of keys that hold a credential, in the notation of configuration keys, of environment variables and of YAML.
 */
const credentialNames = [
    /(^|[._-])(password|passwd|pwd|passphrase|secret|token|bearer|credential|credentials|keyfile|apikey)$/i,
    /(^|[._-])(api|access|private|secret|account|shared|encryption|signing|master)[._-]?(key|token)$/i,
    /(^|[._-])(sasl\.jaas\.config|(proxy-)?authorization|x-api-key|cookie|user\.info|userinfo|sas[._-]token)$/i,
    /(^|[._-])(client|consumer|aws|app|webhook)[._-]?secret([._-](access[._-]?)?key)?$/i,
    /[a-z](Password|Passphrase|Token|ApiKey|AccessKey|PrivateKey|SecretKey)$/,
    /\.password\./i,
];

/** Names that match although their value is no credential. */
const harmlessNames = [
    /(^|[._-])(allow|enable|max|min|count|size|length|type|provider|algorithm|expiry)[._-]?(token|secret|key)?s?$/i,
    /(partition|primary|sort|routing|message|record|surrogate|foreign)[._-]?key$/i,
];

/** Whether a key's name says that its value is a credential. */
export const isCredentialName = (name: string): boolean =>
    credentialNames.some((pattern) => pattern.test(name)) && !harmlessNames.some((pattern) => pattern.test(name));

/** Forms that only credentials have. */
const credentialForms = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /"private_key"\s*:/,
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/,
    /\b(ghp|gho|ghs|ghu|ghr)_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bnpm_[A-Za-z0-9]{30,}/,
    /\bxox[abeprs]-[\w-]{10,}|\bsk_(live|test)_\w{10,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bAIza[\w-]{30,}/,
    /\b(Bearer|Basic)\s+(?=\S*\d)[\w~+/.-]{8,}/i,
    /\bAuthorization["']?\s*[:=]\s*["']?((Bearer|Basic|Token)\s+)?(?!(Bearer|Basic|Token)\b)[^\s"']{3,}/i,
    /^\s*(client-key-data|token|password)\s*:\s*\S+/m,
];

/** Names in an address or a list of properties after which a credential follows. */
const assignment =
    /\b[\w.-]*(password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|accountkey|private[_-]?key)["']?\s*[=:]\s*["']?([^\s"'&;,}]+)/gi;

/** A user's password in an address: `//user:password@host`. */
const addressLogin = /\/\/[^/\s:@]*:[^/\s@]+@/;

const isLiteral = (value: string): boolean => value.replace(reference, "").trim() !== "";

/** Bits per character, which a random string of 32 characters rarely falls below. */
const minimumEntropy = 4;

function entropy(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Whether a string has a part that looks random, as generated keys do: long, of mixed characters, without words. */
const hasRandomPart = (text: string): boolean =>
    text
        .split(/[\s,;"'`:=<>(){}[\]|@]+/)
        .filter((part) => /^[A-Za-z0-9+/_-]{32,}$/.test(part) && !/^\/|\/[a-z]+\/|[-_/][A-Za-z]{4,}[-_/]/.test(part))
        .filter((part) => /[A-Z]/.test(part) && /[a-z]/.test(part) && /(\d.*){3}/.test(part))
        .some((part) => entropy(part) >= minimumEntropy);

const certificate = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/** Whether a string is or contains a credential, whatever its key is called. */
export function hasCredentialForm(text: string): boolean {
    const literal = text.replace(reference, " ").replace(certificate, " ");
    return (
        credentialForms.some((form) => form.test(literal)) ||
        addressLogin.test(literal) ||
        [...text.matchAll(assignment)].some(([, , value]) => !value.startsWith("${") && isLiteral(value)) ||
        hasRandomPart(literal)
    );
}

/** What a value with the name of a credential has besides references that is no credential. */
const harmlessParts = /^(\s*(Bearer|Basic|Token|Api-?Key|Key|GenieKey|Splunk|SSWS)\s*|[^:\s]*:)$/i;

/** Whether a value with the name of a credential contains one, and not only a reference or the path of a file. */
function isLiteralValue(value: string): boolean {
    // a JAAS configuration; the form of its options is checked by itself
    if (/\srequired\b/.test(value)) return false;
    const rest = value.replace(reference, "");
    if (rest.trim() === "" || harmlessParts.test(rest)) return false;
    return !/^\.?(\/[\w.-]+)+$/.test(rest);
}

/**
 * Whether the value of a key is or contains a literal credential.
 *
 * @param name name of the key
 * @param value the value as it is written
 */
export function isLiteralCredential(name: string, value: unknown): boolean {
    if (typeof value !== "string" && typeof value !== "number") return false;
    const text = String(value);
    return (isCredentialName(name) && isLiteralValue(text)) || hasCredentialForm(text);
}
