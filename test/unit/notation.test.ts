/** The notation of stack files. test/integration/notation.test.ts compares the same files with Pulumi's engine. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { formatPath, SettingsError } from "../../src/schema/issues";
import { lineFinder } from "../../src/stack/lineFinder";
import { readStack } from "../../src/stack/stackFile";
import { notationCorpus } from "../support/corpus";

describe("the notation of a stack file", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "notation-"));
    const file = path.join(folder, "Pulumi.test.yaml");
    after(() => fs.rmSync(folder, { recursive: true }));

    function read(text: string | Uint8Array): Record<string, unknown> {
        fs.writeFileSync(file, text);
        return readStack("test", file);
    }

    function errorOf(text: string | Uint8Array): SettingsError {
        try {
            const settings = read(text);
            throw new Error(`no error, but ${JSON.stringify(settings)}`);
        } catch (error) {
            if (error instanceof SettingsError) return error;
            throw error;
        }
    }

    const { errors, valid } = notationCorpus();
    for (const [expected, texts] of Object.entries(errors))
        it(`has the error ${expected}`, () => {
            for (const text of texts)
                assert.deepEqual(
                    errorOf(text).issues.map(({ code, path }) => [code, formatPath(path)].join(" ").trim()),
                    [expected],
                    text,
                );
        });

    it("means what Pulumi reads", () => {
        for (const { text, settings } of valid) assert.deepEqual(read(text), settings, text);
    });

    it("is UTF-8", () => {
        const { issues } = errorOf(Uint8Array.of(0x61, 0x3a, 0x20, 0xff));
        assert.deepEqual(
            issues.map(({ code }) => code),
            ["KCP_INVALID_STACK_FILE"],
        );
    });

    it("is reported with its line and without the value", () => {
        const { message } = errorOf("config:\n  kafka-connect-platform:eks:\n    accountId: 012345670123\n");
        assert.equal(
            message,
            "Pulumi.test.yaml has 1 error:\n  eks.accountId (line 3): without quotes this is a number with a leading " +
                "zero, which Pulumi reads as octal; quote it [KCP_UNQUOTED_VALUE]",
        );
        assert.match(errorOf("a: &base {}\nconfig: {b: *bas}").message, /\*bas has no anchor; did you mean "base"\?/);
    });

    it("suggests the project's prefix", () => {
        assert.match(
            errorOf("config:\n  kafka-conect-platform:conect: {}\n").message,
            /\(line 2\): unknown setting; did you mean "kafka-connect-platform:connect"\?/,
        );
    });

    it("lets lines be found through aliases and merges", () => {
        fs.writeFileSync(
            file,
            "x-base: &base\n  jvm:\n    xmx: 1g\nconfig:\n  connect:\n    <<: *base\n    name: a\n  httpBridge: *base\n",
        );
        const lineOf = lineFinder(file);
        assert.equal(lineOf(["connect", "jvm", "xmx"]), 3);
        assert.equal(lineOf(["connect", "name"]), 7);
        assert.equal(lineOf(["httpBridge", "jvm"]), 2);
        assert.equal(lineOf(["connect", "replicas"]), 5);
    });
});
