/**
 * One measured evaluation: measureOnce.ts platform|floor|raw CONNECTORS FILE. Prints seconds, peak megabytes and the
 * number of resources.
 */
import * as fs from "fs";
import * as path from "path";
import { synth } from "../../src/synth/synth";
import { readStack } from "../../src/stack/stackFile";

const [kind, count, file] = process.argv.slice(2);

/** The stack prod with so many connectors, MySQL and PostgreSQL in turn. */
function stack(connectors: number): Record<string, unknown> {
    const raw = readStack("prod");
    const templates = ["debeziumMysqlSourceConnector", "debeziumPostgresSourceConnector"];
    const one = (_: unknown, index: number) => ({
        connectorTemplate: templates[index % 2],
        source: { instance: `instance${index % 10}`, database: "data", table: `table${index}` },
    });
    return { ...raw, connectors: Array.from({ length: connectors }, one) };
}

async function main(): Promise<void> {
    const config = kind === "platform" ? stack(Number(count)) : {};
    process.env.BENCH_RESOURCES = file;
    const start = process.hrtime.bigint();
    const program = kind === "platform" ? undefined : path.join(__dirname, `${kind}Program.js`);
    const evaluation = await synth("prod", config, { program });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (kind === "platform") fs.writeFileSync(file, JSON.stringify(evaluation.resources));
    console.log(
        JSON.stringify({
            seconds,
            megabytes: process.resourceUsage().maxRSS / 1024,
            resources: evaluation.resources.length,
        }),
    );
}

void main();
