#!/usr/bin/env node
// Starts the command line: `npx kcp …`, or an npm script. Plain JavaScript, because node cannot load TypeScript by itself.
const { enableCompileCache } = require("module");
const path = require("path");

// Node.js 22 keeps what it has compiled, so that each further command starts a fifth faster; Node.js 20 cannot
enableCompileCache?.();

// tsx otherwise looks for a tsconfig.json in the current folder
process.env.TSX_TSCONFIG_PATH = path.join(__dirname, "..", "tsconfig.json");
require("tsx/cjs");
require("./main.ts").start(process.argv.slice(2));
