import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { propertiesText } from "../../src/util/properties";

type Properties = Record<string, string>;

/** What the real java.util.Properties reads from each file content: one Java process for all of them. */
function readByJava(contents: readonly string[]): Properties[] {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "properties-"));
    contents.forEach((content, index) => fs.writeFileSync(path.join(folder, String(index)), content));
    const program = path.join(__dirname, "..", "support", "ReadProperties.java");
    const { status, stdout, stderr } = spawnSync("java", [program, folder], {
        encoding: "utf8",
        maxBuffer: 64 << 20,
    });
    fs.rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
    const read: Properties[] = contents.map(() => Object.create(null) as Properties);
    for (const line of stdout.split("\n").filter(Boolean)) {
        const [index, key, value] = line.split("\t");
        read[Number(index)][decode(key)] = decode(value);
    }
    return read;
}

const decode = (hex: string): string =>
    (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join("");

describe("properties files", () => {
    it("writes keys and values in plain text where nothing needs an escape", () => {
        assert.equal(propertiesText({ "bootstrap.servers": "a:9092,b:9092" }), "bootstrap.servers=a:9092,b:9092\n");
    });

    it("escapes what would end a key, begin a comment or be skipped", () => {
        assert.equal(
            propertiesText({ "a b:c=d": "  x", "#e!": "C:\\f\r\n\tü" }),
            "a\\ b\\:c\\=d=\\  x\n\\#e\\!=C:\\\\f\\r\\n\\t\\u00fc\n",
        );
    });

    it("are read back by java.util.Properties as they were given", function () {
        this.timeout(60_000);
        if (spawnSync("java", ["-version"]).status !== 0) {
            console.log("    skipped: no java on PATH");
            this.skip();
        }
        const special = fc.constantFrom(..." \t\f\r\n\\:=#!'\"$ü€😀\u0000\u0085\u2028\ud800");
        const text = fc
            .array(fc.oneof(special, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 8 })
            .map((parts) => parts.join(""));
        const cases = fc.sample(fc.dictionary(text, text, { maxKeys: 5, noNullPrototype: false }), 500);
        const read = readByJava(cases.map(propertiesText));
        cases.forEach((properties, index) =>
            assert.deepEqual({ ...read[index] }, { ...properties }, JSON.stringify(properties)),
        );
    });
});
