/** Files that a person writes as JSON. */
import * as fs from "fs";

/** The content of a file. Throws with the place of a mistake: Node's own message does not name the file. */
export function readJsonFile(file: string): unknown {
    const text = fs.readFileSync(file, "utf8");
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} is not valid JSON: ${placed((error as Error).message, text)}`);
    }
}

/** A message of the parser, with the line in place of the offset. */
function placed(message: string, text: string): string {
    const offset = /at position (\d+)/.exec(message)?.[1];
    const reason = message.replace(/ in JSON at position .*$/, "");
    return offset === undefined ? message : `${reason} in line ${text.slice(0, Number(offset)).split("\n").length}`;
}
