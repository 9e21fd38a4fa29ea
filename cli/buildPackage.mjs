/**
 * Builds the npm package: compiles the components to `dist`, with declarations, and copies the files that they read at run time.
 * Run by `npm run build`, and by npm after an installation from git (`prepare`).
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const assets = [
    "docker/connect",
    "docker/existing-tag",
    "src/metrics/alerts",
    "src/release/crds",
    "src/release/kubernetes",
    "src/validation/pluginKeys.json",
    "src/validation/componentKeys.json",
    "src/validation/jvmOptionNames.json",
    "src/validation/kafkaKeys.json",
];

function findCompiler() {
    try {
        return createRequire(import.meta.url).resolve("typescript/bin/tsc");
    } catch {
        return undefined;
    }
}

const compiler = findCompiler();
if (!compiler) {
    console.log("dist is not built: typescript is not installed (npm ci --omit=dev)");
    process.exit(0);
}
fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
for (const asset of assets) fs.cpSync(path.join(root, asset), path.join(root, "dist", asset), { recursive: true });
