/** How long `kcp check` takes for many connectors of five templates, with the start of the worker. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { project, projectFolder } from "../../src/util/project";
import { recordFigures, spread } from "./figures";

/** A connector of each template in turn, each with different names. */
const templates: readonly ((n: number) => Record<string, unknown>)[] = [
    (n) => ({ connectorTemplate: "debeziumMysqlSourceConnector", source: table(n) }),
    (n) => ({ connectorTemplate: "debeziumPostgresSourceConnector", source: table(n) }),
    (n) => ({
        connectorTemplate: "jdbcSinkConnector",
        name: `jdbc-${n}`,
        topics: [`topic${n}`],
        converter: "json-with-schemas",
        target: { type: "postgresql", instance: `instance${n}`, database: "data" },
    }),
    (n) => ({
        connectorTemplate: "fileStreamSinkConnector",
        name: `file-${n}`,
        topics: [`topic${n}`],
        file: `/tmp/file${n}`,
    }),
    (n) => ({
        connectorTemplate: "mirrorSourceConnector",
        name: `mirror-${n}`,
        source: { instance: `kafka${n}`, topic: `topic${n}` },
    }),
];

const table = (n: number) => ({ instance: `instance${n}`, database: "data", table: `table${n}` });

/** Prints the seconds of each round. */
export function checkBench(connectors: number, rounds: number, { record }: { record?: boolean }): void {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-bench-"));
    try {
        const file = path.join(folder, "Pulumi.bench.yaml");
        const settings = {
            secrets: { provider: "file" },
            image: { build: { registry: "localhost:5000/kafka-connect" } },
            kafka: { bootstrapServers: "localhost:9092" },
            connectors: Array.from({ length: connectors }, (_, n) => templates[n % templates.length](n)),
        };
        const prefixed = Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value]);
        fs.writeFileSync(file, JSON.stringify({ config: Object.fromEntries(prefixed) as unknown }));
        const seconds = Array.from({ length: rounds }, () => {
            const started = Date.now();
            const kcp = path.join(projectFolder, "cli", "kcp.js");
            const { status, stdout, stderr } = spawnSync(process.execPath, [kcp, "check", "--file", file], {
                encoding: "utf8",
                maxBuffer: 64 << 20,
            });
            if (status !== 0) throw new Error(`kcp check fails:\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
            return (Date.now() - started) / 1000;
        });
        console.log(`check of ${connectors} connectors: ${spread(seconds, "s")}`);
        if (record) recordFigures({ check: { values: seconds } });
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}
