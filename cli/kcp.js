#!/usr/bin/env node
// Starts the command line: `npx kcp …`, or an npm script. Plain JavaScript, because node cannot load TypeScript by itself.
const path = require("path");

// tsx otherwise looks for a tsconfig.json in the current folder
process.env.TSX_TSCONFIG_PATH = path.join(__dirname, "..", "tsconfig.json");
require("tsx/cjs");
require("./main.ts").start(process.argv.slice(2));
