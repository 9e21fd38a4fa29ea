/**
 * The templates on real plugins. Wants Java and, on a new machine, Maven.
 *   TEST_PLUGINS   folder with plugins that Maven does not have (aiven-http-sink, aiven-bigquery-sink), each unpacked in a
 *                  folder of its name; without it what needs them is left out, and says so
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import type { Result } from "../../cli/check/checkReport";
import { freePort } from "../../src/local/ports";
import { project, projectFolder } from "../../src/util/project";
import { everyTemplate, fullest, smallest } from "../support/declarations";
import { runCheck } from "./checkRun";
import { Sandbox } from "./sandboxRun";
import { onPath, skipUnless } from "./support";

const { TEST_PLUGINS: plugins } = process.env;
const ownPlugins = plugins ? ["--plugins", plugins] : [];
const notHere = plugins
    ? []
    : ["com.wepay.kafka.connect.bigquery.BigQuerySinkConnector", "io.aiven.kafka.connect.http.HttpSinkConnector"];

describe("every template", function () {
    this.timeout(600_000);
    before(function () {
        skipUnless(this, onPath("java") ? undefined : "no java on PATH", onPath("mvn") ? undefined : "no mvn on PATH");
        if (!plugins)
            console.log(
                "    left out: BigQuery's and the HTTP sink's plugins are not in Maven Central; TEST_PLUGINS brings them",
            );
    });

    for (const [what, declarations] of [
        ["smallest", smallest],
        ["fullest", fullest],
    ] as const) {
        it(`in its ${what} declaration is taken by its plugin`, () => {
            const stack = everyTemplate(declarations);
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

describe("the templates with what they talk to", function () {
    this.timeout(600_000);
    let sandbox: Sandbox | undefined;
    let written: string;
    before(async function () {
        skipUnless(this, onPath("java") ? undefined : "no java on PATH", onPath("mvn") ? undefined : "no mvn on PATH");
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "counterparts-"));
        written = path.join(folder, "written.txt");
        const file = path.join(folder, "stack.yaml");
        const text = fs.readFileSync(path.join(projectFolder, "test", "integration", "counterparts.yaml"), "utf8");
        fs.writeFileSync(file, text.replace("FILE_TO_WRITE", written).replace("API_PORT", String(await freePort())));
        sandbox = new Sandbox("--file", file, ...ownPlugins);
        await sandbox.prints(/Ctrl-C stops everything/);
    });
    after(async () => sandbox?.stop());

    it("copy another Kafka's topic as it is, exactly", async () => {
        await sandbox!.prints(
            /backend\.EVENT\.SUBSCRIPTION\.TOPIC {2}record {2}\{"subscription":1,"event":"cancelled","plan":"basic"\}/,
        );
        assert.equal(
            fs.readFileSync(written, "utf8").split("\n")[0],
            '{"subscription":1,"event":"started","plan":"basic"}',
        );
    });

    it("carry a table's rows into another table, changes and deletions too", async () => {
        const sql = (line: string) => sandbox!.child.stdin!.write(`${line}\n`);
        const said = sandbox!.output.length;
        sql("INSERT INTO orders (customer_id, item, amount) VALUES (1, 'teapot', 3.5)");
        sql("DELETE FROM orders WHERE id = 1");
        const asked = setInterval(
            () => sql("SELECT 'copied ' || string_agg(id || ' ' || item, ', ' ORDER BY id) AS answer FROM orders_copy"),
            1000,
        );
        try {
            await sandbox!.prints(/"copied 2 desk lamp, 3 notebook, 4 teapot"/, 60_000);
        } finally {
            clearInterval(asked);
        }
        assert.match(sandbox!.output.slice(said), /public\.orders {2}delete/);
    });

    it("post to an API that turns requests away, until it takes them", async function () {
        if (!plugins) {
            assert.match(
                sandbox!.output,
                /left out: connector backend\.event\.subscription\.topic-to-braze-events: its plugin cannot be had here/,
            );
            skipUnless(this, "TEST_PLUGINS is not set: the HTTP sink is not in Maven Central");
        }
        const [posted] = await sandbox!.prints(
            /posted to \/users\/track: HTTP 429(.|\n)*HTTP 503(.|\n)*HTTP 201.*"cancelled"/,
        );
        for (const subscription of [1, 2])
            assert.equal(posted.split(`{"subscription":${subscription},"event":"started"`).length, 2);
    });
});
