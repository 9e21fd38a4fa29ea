/** One connection to MariaDB, by its own command-line client: npm has no client in this project. */
import { spawn } from "child_process";
import type { SqlSession } from "./database";
import { pause } from "../util/pause";

/** The client's errors of a server that cannot be reached or has gone away. */
const connectionLost = /ERROR (2002|2003|2006|2013|2026|4031)\b/;

/** Opens a connection with the login of an option file. */
export function openMariadbSession(login: string, database: string, cwd: string): SqlSession {
    const args = [`--defaults-file=${login}`, "--batch", "--table", "--unbuffered", "--force", database];
    const child = spawn("mariadb", args, { cwd, stdio: ["pipe", "pipe", "pipe"] });
    let [output, errors, statements] = ["", "", 0];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdin.on("error", () => undefined);
    const ended = new Promise<never>((_, reject) => {
        child.once("error", reject);
        child.once("exit", () => reject(new Error(errors.trim() || "the connection is closed")));
    });
    ended.catch(() => undefined);

    /** What is printed before a query for `mark`, and the number of rows that the last statement changed. */
    const printedBefore = async (mark: string): Promise<{ text: string; changed: number }> => {
        for (;;) {
            // the client goes on after an error, without the connection that it has lost
            if (connectionLost.test(errors)) throw new Error(errors.trim());
            const lines = output.split("\n");
            const result = lines.findIndex((line) => line.startsWith(`| ${mark} `) && !line.includes("CONCAT"));
            // the value, and the border below it
            if (result >= 0 && lines.length > result + 2) {
                const changed = Number(/(-?\d+) *\|$/.exec(lines[result])?.[1] ?? -1);
                return { text: lines.slice(0, result - 3).join("\n"), changed };
            }
            await pause(20);
        }
    };
    return {
        run: async (sql) => {
            [output, errors] = ["", ""];
            const mark = `end-${++statements}`;
            child.stdin.write(`${sql.replace(/;\s*$/, "")};\nSELECT CONCAT('${mark} ', ROW_COUNT()) AS \`-\`;\n`);
            const { text, changed } = await Promise.race([ended, printedBefore(mark)]);
            await pause(20); // errors come by another pipe
            if (errors.trim()) throw new Error(errors.trim());
            return text ? text.split("\n") : [`${Math.max(changed, 0)} row(s)`];
        },
        close: async () => void child.stdin.end(),
    };
}
