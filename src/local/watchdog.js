// Ends what a sandbox started when the sandbox itself can no longer do so.
//   watchdog.js FOLDER    reads lines "PID SIGNAL" from its input; when that closes without "done", it ends these groups
// Plain JavaScript, so that it starts at once and needs nothing.
const fs = require("fs");

const folder = process.argv[2];
const lines = [];
let rest = "";

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
    rest += text;
    const parts = rest.split("\n");
    rest = parts.pop();
    lines.push(...parts);
});
process.stdin.on("end", () => {
    if (lines.includes("done")) return;
    for (const [pid, signal] of lines.map((line) => line.split(" "))) {
        if (!(Number(pid) > 1)) continue;
        try {
            process.kill(-Number(pid), signal);
        } catch {
            // it has ended by itself
        }
    }
    setTimeout(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }), 1000);
});
// Ctrl-C in the terminal is the sandbox's to handle
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
