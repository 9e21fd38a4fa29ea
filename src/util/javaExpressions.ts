/** The syntax of Java's regular expressions (java.util.regex.Pattern), where it is certainly violated. */

/** Letters that have a meaning after a backslash; Java rejects all others. */
const escapedLetter = /[tnrfaecxudDhHsSvVwWpPRXbBAGZzQEkN]/;

/** What can follow `(?`: the kind of a group, its name, or flags. */
const groupKind = /^(?:[:=!>]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>|[idmsuxU-]+[:)])/;

const counted = /^\{(\d+)(,(\d*))?\}/;

/** A place in an expression, and whether something precedes it that can be repeated. */
interface Scan {
    readonly text: string;
    at: number;
    groups: number;
    isRepeatable: boolean;
}

function readEscape(scan: Scan): string | undefined {
    const { text } = scan;
    const letter = text[scan.at + 1];
    if (letter === undefined) return "ends in a backslash";
    if (/[A-Za-z]/.test(letter) && !escapedLetter.test(letter)) return `has the unknown escape \\${letter}`;
    scan.at += 2;
    if (letter === "Q") {
        const end = text.indexOf("\\E", scan.at);
        scan.at = end < 0 ? text.length : end + 2;
    } else if (/[pPxNk]/.test(letter) && /[{<]/.test(text[scan.at] ?? "")) {
        const end = text.indexOf(text[scan.at] === "{" ? "}" : ">", scan.at);
        if (end < 0) return `has no end after \\${letter}`;
        scan.at = end + 1;
    }
    scan.isRepeatable = true;
    return undefined;
}

/** A character class, in which Java's can contain others. */
function readClass(scan: Scan): string | undefined {
    const { text } = scan;
    let depth = 0;
    do {
        const character = text[scan.at];
        if (character === undefined) return "has a [ without ]";
        if (character === "\\") {
            const problem = readEscape(scan);
            if (problem) return problem;
            continue;
        }
        if (character === "[") {
            depth += 1;
            scan.at += text[scan.at + 1] === "^" ? 2 : 1;
            // the first character is literal
            if (text[scan.at] === "]") scan.at += 1;
            continue;
        }
        if (character === "]") depth -= 1;
        scan.at += 1;
    } while (depth > 0);
    scan.isRepeatable = true;
    return undefined;
}

function readGroup(scan: Scan): string | undefined {
    scan.isRepeatable = false;
    scan.at += 1;
    if (scan.text[scan.at] !== "?") {
        scan.groups += 1;
        return undefined;
    }
    const rest = scan.text.slice(scan.at + 1);
    const kind = groupKind.exec(rest)?.[0];
    if (kind === undefined) return `has the unknown group (?${rest.slice(0, 3)}`;
    scan.at += 1 + kind.length;
    if (!kind.endsWith(")")) scan.groups += 1;
    return undefined;
}

function readQuantifier(scan: Scan): string | undefined {
    const { text } = scan;
    const range = text[scan.at] === "{" ? counted.exec(text.slice(scan.at)) : undefined;
    if (range === null) return "has a { that is no repetition; write \\{ for the character";
    if (!scan.isRepeatable && !range) return `has ${text[scan.at]} where nothing precedes it`;
    if (range?.[3] && Number(range[3]) < Number(range[1])) return `has the empty range ${range[0]}`;
    scan.at += range ? range[0].length : 1;
    // lazy or possessive
    if (/[?+]/.test(text[scan.at] ?? "")) scan.at += 1;
    scan.isRepeatable = false;
    return undefined;
}

function readToken(scan: Scan): string | undefined {
    const character = scan.text[scan.at];
    if (character === "\\") return readEscape(scan);
    if (character === "[") return readClass(scan);
    if (character === "(") return readGroup(scan);
    if ("*+?{".includes(character)) return readQuantifier(scan);
    if (character === ")") {
        if (scan.groups === 0) return "has a ) without (";
        scan.groups -= 1;
    }
    scan.isRepeatable = character !== "|";
    scan.at += 1;
    return undefined;
}

/** What Java would reject of an expression; undefined where nothing is known to be wrong. */
export function javaExpressionProblem(text: string): string | undefined {
    if (!/[\\[\](){}*+?]/.test(text)) return undefined;
    const scan: Scan = { text, at: 0, groups: 0, isRepeatable: false };
    while (scan.at < text.length) {
        const problem = readToken(scan);
        if (problem) return problem;
    }
    return scan.groups > 0 ? "has a ( without )" : undefined;
}
