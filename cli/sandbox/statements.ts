/** SQL statements out of typed lines. Pure. */

/** Parts of SQL in which a semicolon does not end a statement: strings, names, dollar quotes and comments. */
const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//y;
/** The beginning of such a part that has not ended yet. */
const unfinished = /['"`]|\$\w*\$|\/\*/y;

/** The complete statements of a string, without their semicolons, and what follows the last of them. */
export function splitStatements(text: string): { statements: string[]; rest: string } {
    const statements: string[] = [];
    let [start, at] = [0, 0];
    const matches = (pattern: RegExp): number => {
        pattern.lastIndex = at;
        return pattern.exec(text)?.[0].length ?? 0;
    };
    while (at < text.length) {
        const length = matches(quoted);
        if (length > 0) {
            at += length;
        } else if (matches(unfinished) > 0) {
            break;
        } else if (text[at] === ";") {
            statements.push(text.slice(start, at).trim());
            start = ++at;
        } else {
            at++;
        }
    }
    return { statements: statements.filter(Boolean), rest: text.slice(start) };
}

/** Collects lines until a statement is complete. */
export class StatementBuffer {
    private text = "";

    /** Whether a statement has begun. */
    get isEmpty(): boolean {
        return this.text.trim() === "";
    }

    /** Adds a line; returns the statements that it completes. */
    add(line: string): string[] {
        const { statements, rest } = splitStatements(`${this.text}${line}\n`);
        this.text = rest.trim() ? rest : "";
        return statements;
    }

    /** Drops what was typed since the last statement. */
    clear(): void {
        this.text = "";
    }
}
