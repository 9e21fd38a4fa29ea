/**
 * Prints the bundle of a TypeScript file as JSON: its code with its source map, and the files that it is made of.
 * `bundle.mjs ROOT ENTRY`; a process of its own, because plugins of esbuild cannot run synchronously.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";

const [root, entry] = process.argv.slice(2);

/** A file finds what is beside it by `__dirname`, as if it were not in a bundle. */
const ownFolders = {
    name: "own folders",
    setup: ({ onLoad }) =>
        onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
            const source = await fs.promises.readFile(file, "utf8");
            const inProject = (name) => () => `(__root + ${JSON.stringify(`/${path.relative(root, name)}`)})`;
            const contents = source
                .replace(/\b__dirname\b/g, inProject(path.dirname(file)))
                .replace(/\b__filename\b/g, inProject(file));
            return { contents, loader: "ts" };
        }),
};

const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join(root, "bundle.js"),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    target: "node20",
    // the bundle is in node_modules/.cache/kafka-connect-platform
    banner: { js: 'const __root = require("node:path").join(__dirname, "..", "..", "..");' },
    sourcemap: "inline",
    sourcesContent: false,
    sourceRoot: root,
    metafile: true,
    write: false,
    logLevel: "silent",
    plugins: [ownFolders],
}).catch(({ message }) => {
    console.error(message);
    process.exit(1);
});
process.stdout.write(JSON.stringify({ code: outputFiles[0].text, files: Object.keys(metafile.inputs) }));
