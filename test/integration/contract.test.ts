/** `kcp contract` with the real plugin: contracts, and migrations of the application. Needs Java and Maven. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";
import { skipUnlessAvailable } from "./requirements";

const migrations = {
    "1_add.sql": "ALTER TABLE customers ADD COLUMN vip boolean DEFAULT false",
    "2_index.sql": "CREATE INDEX by_name ON customers (name)",
    "10_type.sql": "ALTER TABLE customers ALTER COLUMN name TYPE integer USING length(name)",
    "11_rename.sql": "ALTER TABLE customers RENAME COLUMN name TO label",
    "12_refused.sql": "ALTER TABLE customers DROP COLUMN nothing",
};

describe("kcp contract", function () {
    this.timeout(400_000);
    let lines: string[];
    let status: number | null;

    before(function () {
        skipUnlessAvailable(this, "java", "maven");
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "migrations-"));
        for (const [name, sql] of Object.entries(migrations)) fs.writeFileSync(path.join(folder, name), `${sql};\n`);
        const stack = path.join(__dirname, "contract.yaml");
        const run = spawnSync(process.execPath, ["cli/kcp.js", "contract", "--file", stack, "--migrations", folder], {
            cwd: projectFolder,
            encoding: "utf8",
        });
        ({ status } = run);
        lines = run.stdout.split("\n");
        assert.ok(lines.length > 1, run.stderr);
    });

    /** The lines from the one that matches to the next that is not indented. */
    function block(begin: RegExp): string {
        const at = lines.findIndex((line) => begin.test(line));
        assert.ok(at >= 0, lines.join("\n"));
        const end = lines.findIndex((line, index) => index > at && !line.startsWith("          "));
        return lines.slice(at, end).join("\n");
    }

    it("accepts records as they are expected, tombstones and absent columns among them", () => {
        block(/^ok {6}\S+: a customer arrives without the e-mail/);
        block(/^ok {6}\S+: a deleted customer is followed by a tombstone/);
    });

    it("shows what differs, with the contract's line, and exits with 1", () => {
        const text = block(/^FAILED {2}\S+: a broken contract \(contract\.yaml line 23\)/);
        assert.match(text, /key\.id +expected 902 +received 901/);
        assert.match(text, /value\.after\.email +expected "ann@example\.com" +received nothing/);
        assert.match(text, /record 2: expected a tombstone with key \{"id":902\}, received nothing within 5 s/);
        assert.equal(status, 1);
    });

    it("lists what each migration does to the records, in the order of their numbers", () => {
        assert.match(block(/^ok {6}1_add\.sql/), /gains vip \(boolean\)/);
        assert.match(block(/^ok {6}2_index\.sql/), /the records stay as they are/);
        assert.match(block(/^FAILED {2}10_type\.sql/), /changes name from string to number/);
        assert.match(block(/^FAILED {2}11_rename\.sql/), /loses name \(number\)[^]*gains label \(number\)/);
        assert.match(block(/^FAILED {2}12_refused\.sql/), /shop refused it: column "nothing"/);
        assert.match(lines.at(-2)!, /^3 steps, 1 broken; 5 migrations, 3 breaking$/);
    });
});
