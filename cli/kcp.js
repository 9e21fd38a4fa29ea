#!/usr/bin/env node
// Starts the command line: `npx kcp …`, or an npm script. Plain JavaScript, because node cannot load TypeScript by itself.
const { enableCompileCache } = require("module");

// Node.js 22 keeps what it has compiled, so that each further command starts a fifth faster; Node.js 20 cannot
enableCompileCache?.();

// with KCP_DEBUG=1, errors show where they come from
process.setSourceMapsEnabled(Boolean(process.env.KCP_DEBUG));
require("./loader/register.js");
require("./main.ts").start(process.argv.slice(2));
