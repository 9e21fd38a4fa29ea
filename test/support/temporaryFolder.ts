/**
 * Loaded before the tests: everything that tests and the commands they start put into the temporary folder is in
 * one folder of the run, which is removed at its end.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kcp-tests-"));
// databases run as another user, who has to enter it
fs.chmodSync(folder, 0o711);
process.env.TMPDIR = folder;
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
