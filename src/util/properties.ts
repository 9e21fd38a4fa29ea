/** Writes the properties files that Java programs read. */

const namedEscapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    "\t": "\\t",
    "\n": "\\n",
    "\r": "\\r",
    "\f": "\\f",
};

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `java.util.Properties` reads a file as ISO-8859-1, so everything outside printable ASCII is written as an escape. */
const escapeCharacters = (text: string): string =>
    text.replace(/[\\\t\n\r\f]|[^ -~]/g, (unit) => namedEscapes[unit] ?? unicodeEscape(unit));

/** These characters end a key, and `#` and `!` begin a comment. */
const escapeKey = (key: string): string => escapeCharacters(key).replace(/[ :=#!]/g, "\\$&");

/** Blanks before a value are skipped unless the first one is escaped. */
const escapeValue = (value: string): string => escapeCharacters(value).replace(/^ /, "\\ ");

/** The content of a properties file from which `java.util.Properties` reads the same keys and values. */
export const propertiesText = (properties: Readonly<Record<string, string>>): string =>
    Object.entries(properties)
        .map(([key, value]) => `${escapeKey(key)}=${escapeValue(value)}\n`)
        .join("");
