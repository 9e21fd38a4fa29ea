/** The check with the real plugins. Wants Java and, on a new machine, Maven. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Result } from "../../check/report";
import { keysFile } from "../../connectors/keys";
import { projectFolder } from "../../settings/stackFile";
import { onPath, skipUnless } from "./support";

const run = (...args: string[]) => spawnSync(process.execPath, ["--import", "tsx", path.join(projectFolder, "check", "main.ts"), ...args], { cwd: projectFolder, encoding: "utf8" });

describe("npm run check", function () {
    this.timeout(300_000);
    before(function () {
        skipUnless(this, onPath("java") ? undefined : "no java on PATH", onPath("mvn") ? undefined : "no mvn on PATH");
    });

    for (const stack of ["local", "dev", "prod"]) {
        it(`finds nothing wrong with ${stack}`, () => {
            const { status, stdout, stderr } = run("--stack", stack, "--json");
            assert.equal(status, 0, stdout + stderr);
            const result = JSON.parse(stdout) as Result;
            assert.deepEqual(result.findings.filter(({ unreachable }) => !unreachable), []);
            assert.deepEqual(result.unchecked, []);
        });
    }

    it("finds what only the plugins know, at its line", () => {
        const file = path.join(projectFolder, "Pulumi.planted.yaml");
        const planted = [
            ["snapshot.mode", "sometimes"],
            ["max.batch.size", "many"],
            ["event.processing.failure.handling.mode", "shrug"],
            ["value.converter", "org.example.NoSuchConverter"],
            ["column.include.list", "a.b"],
        ];
        const lines = ["config:", "  kafka-connect-platform:secrets: { provider: file }", "  kafka-connect-platform:image: { build: { registry: localhost:5000/kafka-connect } }", "  kafka-connect-platform:kafka: { bootstrapServers: localhost:9092 }", "  kafka-connect-platform:connectors:", "    - connectorTemplate: debeziumMysqlSourceConnector", "      source: { instance: a, database: b, table: c }", "      config:", ...planted.map(([key, value]) => `        ${key}: ${value}`), "        column.exclude.list: a.c"];
        fs.writeFileSync(file, lines.join("\n"));
        try {
            const { status, stdout, stderr } = run("--stack", "planted", "--json");
            assert.equal(status, 1, stdout + stderr);
            const found = (JSON.parse(stdout) as Result).findings.filter(({ unreachable }) => !unreachable).map(({ path: at, line }) => [at[at.length - 1], line]);
            for (const [key] of planted.slice(0, 4)) assert.deepEqual(found.find(([name]) => name === key), [key, lines.findIndex((text) => text.includes(`${key}:`)) + 1], `${key}\n${stdout}`);
            // include and exclude together: the plugin names the one or the other
            assert.ok(found.some(([name]) => /^column\.(in|ex)clude\.list$/.test(String(name))), stdout);
        } finally {
            fs.rmSync(file);
        }
    });

    it("has the recorded keys", () => {
        const recorded = fs.readFileSync(keysFile, "utf8");
        try {
            assert.equal(run("--write-keys").status, 0);
            assert.equal(fs.readFileSync(keysFile, "utf8"), recorded);
        } finally {
            fs.writeFileSync(keysFile, recorded);
        }
    });
});
