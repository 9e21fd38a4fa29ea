/**
 * Lets node load TypeScript: `node --require ./cli/loader/register.js index.ts`. A file is compiled together with all
 * files of this project that it imports, into one bundle in node_modules/.cache, which serves until one of them
 * changes. A loader that compiles each file takes about a second longer on each start, and two on the first. Types
 * are not checked: `npm test` does.
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const root = path.join(__dirname, "..", "..");
const bundler = path.join(__dirname, "bundle.mjs");
const cache = path.join(root, "node_modules", ".cache", "kafka-connect-platform");

/** The end of a bundle: its files, and a checksum of their content. */
const recordMark = "\n// compiled from ";

function checksumOf(files) {
    const hash = createHash("sha256");
    for (const file of files) hash.update(fs.readFileSync(path.join(root, file)));
    return hash.digest("hex");
}

/** The bundle in the cache, if its files are as they were. */
function currentBundle(file) {
    try {
        const bundle = fs.readFileSync(file, "utf8");
        const { files, checksum } = JSON.parse(bundle.slice(bundle.lastIndexOf(recordMark) + recordMark.length));
        return checksumOf(files) === checksum ? bundle : undefined;
    } catch {
        // not compiled yet, or one of its files is gone
        return undefined;
    }
}

/** Compiles a bundle, and keeps it where the project can be written. */
function newBundle(entry, file) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bundler, root, entry], {
        encoding: "utf8",
        maxBuffer: 64 << 20,
    });
    if (/Cannot find package 'esbuild'/.test(stderr)) throw new Error("esbuild is not installed: run `npm ci`");
    if (status !== 0) throw new Error(`${path.relative(root, entry)} cannot be compiled:\n${stderr.trim()}`);
    const { code, files } = JSON.parse(stdout);
    const bundle = code + recordMark + JSON.stringify({ checksum: checksumOf(files), files });
    try {
        fs.mkdirSync(cache, { recursive: true });
        // another process may write the same bundle
        fs.writeFileSync(`${file}.${process.pid}`, bundle);
        fs.renameSync(`${file}.${process.pid}`, file);
    } catch {
        // a project that cannot be written is compiled on each start
    }
    return bundle;
}

Module._extensions[".ts"] = (module, entry) => {
    const file = path.join(cache, `${path.relative(root, entry).replace(/\W/g, "-")}.js`);
    module._compile(currentBundle(file) ?? newBundle(entry, file), file);
};
