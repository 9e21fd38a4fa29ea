/**
 * The templates with real plugins. Needs Java and, on a new machine, Maven.
 *   TEST_PLUGINS   folder with the plugins that Maven Central does not have (aiven-http-sink, aiven-bigquery-sink),
 *                  each unpacked in a folder of its name. Without it, the tests that need them are skipped
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import type { Result } from "../../cli/check/checkReport";
import { freePort } from "../../src/local/ports";
import { project, projectFolder } from "../../src/util/project";
import { fullDeclarations, minimalDeclarations, stackWith } from "../support/declarations";
import { runCheck } from "./checkRun";
import { Sandbox } from "./sandboxRun";
import { skipUnlessAvailable } from "./requirements";

const { TEST_PLUGINS: plugins } = process.env;
const ownPlugins = plugins ? ["--plugins", plugins] : [];
const notHere = plugins
    ? []
    : ["com.wepay.kafka.connect.bigquery.BigQuerySinkConnector", "io.aiven.kafka.connect.http.HttpSinkConnector"];

describe("every template", function () {
    this.timeout(600_000);
    before(function () {
        skipUnlessAvailable(this, "java", "maven");
        if (!plugins)
            console.log(
                "    skipped: BigQuery and the HTTP sink, whose plugins are not in Maven Central (see TEST_PLUGINS)",
            );
    });

    for (const [what, declarations] of [
        ["minimal", minimalDeclarations],
        ["full", fullDeclarations],
    ] as const) {
        it(`is valid for its plugin with its ${what} declaration`, () => {
            const stack = stackWith(declarations);
            const text = YAML.stringify({
                config: Object.fromEntries(
                    Object.entries(stack).map(([group, value]) => [`${project}:${group}`, value]),
                ),
            });
            const { status, stdout, stderr } = runCheck(text, "--json", ...ownPlugins);
            assert.equal(status, 0, stdout + stderr);
            const { connectors, findings, unchecked } = JSON.parse(stdout) as Result;
            assert.equal(connectors, declarations.length);
            assert.deepEqual(
                findings.filter(({ unreachable }) => !unreachable),
                [],
            );
            for (const name of unchecked)
                assert.ok(
                    notHere.some((className) => name.includes(className)),
                    name,
                );
        });
    }
});

describe("templates with their external systems", function () {
    this.timeout(600_000);
    let sandbox: Sandbox | undefined;
    let written: string;
    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "counterparts-"));
        written = path.join(folder, "written.txt");
        const file = path.join(folder, "stack.yaml");
        const text = fs.readFileSync(path.join(projectFolder, "test", "integration", "counterparts.yaml"), "utf8");
        fs.writeFileSync(file, text.replace("FILE_TO_WRITE", written).replace("API_PORT", String(await freePort())));
        sandbox = new Sandbox("--file", file, ...ownPlugins);
        await sandbox.prints(/Ctrl-C stops everything/);
    });
    after(async () => sandbox?.stop());

    it("mirror the records of another Kafka unchanged", async () => {
        await sandbox!.prints(
            /backend\.EVENT\.SUBSCRIPTION\.TOPIC {2}record {2}\{"subscription":1,"event":"cancelled","plan":"basic"\}/,
        );
        assert.equal(
            fs.readFileSync(written, "utf8").split("\n")[0],
            '{"subscription":1,"event":"started","plan":"basic"}',
        );
    });

    it("copy a table's rows, changes and deletions to another table", async () => {
        const sql = (line: string) => sandbox!.child.stdin!.write(`${line}\n`);
        const said = sandbox!.output.length;
        sql("INSERT INTO orders (customer_id, item, amount) VALUES (1, 'teapot', 3.5);");
        sql("DELETE FROM orders WHERE id = 1;");
        const asked = setInterval(
            () =>
                sql("SELECT 'copied ' || string_agg(id || ' ' || item, ', ' ORDER BY id) AS answer FROM orders_copy;"),
            1000,
        );
        try {
            await sandbox!.prints(/copied 2 desk lamp, 3 notebook, 4 teapot/, 60_000);
        } finally {
            clearInterval(asked);
        }
        assert.match(sandbox!.output.slice(said), /public\.orders {2}delete/);
    });

    it("retry requests that an HTTP API rejects until it accepts them", async function () {
        if (!plugins) {
            assert.match(
                sandbox!.output,
                /not run: connector backend\.event\.subscription\.topic-to-braze-events: its plugin is not available here/,
            );
            skipUnlessAvailable(this, "plugins");
        }
        const [posted] = await sandbox!.prints(
            /posted to \/users\/track: HTTP 429(.|\n)*HTTP 503(.|\n)*HTTP 201.*"cancelled"/,
        );
        for (const subscription of [1, 2])
            assert.equal(posted.split(`{"subscription":${subscription},"event":"started"`).length, 2);
    });
});
