/** Reads Java's properties files. */

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

const unescape = (text: string): string =>
    text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, found: string) =>
        found.length > 1 ? String.fromCharCode(parseInt(found.slice(1), 16)) : (escapes[found] ?? found),
    );

/**
 * The properties in the content of a file, as java.util.Properties reads them: comments, continued lines, the
 * separators `=`, `:` and space.
 */
export function parseProperties(text: string): Record<string, string> {
    const lines = text
        .replace(/\r\n?/g, "\n")
        // a line that starts as a comment continues no other and is continued by none
        .replace(/^[ \t\f]*[#!].*$/gm, "")
        .replace(/(^|[^\\])((?:\\\\)*)\\\n[ \t\f]*/g, "$1$2")
        .split("\n")
        .map((line) => line.replace(/^[ \t\f]+/, ""))
        .filter(Boolean);
    return Object.fromEntries(
        lines.map((line) => {
            const [, key, value] = /^((?:\\.|[^\\=: \t])*)(?:[ \t]*[=:][ \t]*|[ \t]+)?(.*)$/s.exec(line)!;
            return [unescape(key), unescape(value)];
        }),
    );
}
