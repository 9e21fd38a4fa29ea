import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { readStack } from "../../src/stack/stackFile";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { synth } from "../../src/synth/synth";
import { writeFiles } from "../../cli/render";
import { evaluatedWhole, stackFile } from "../support/stacks";

describe("render", () => {
    it("writes the same bytes each time", async () => {
        const render = async () => [...renderedFiles(await evaluatedWhole(stackFile("prod"), "prod"))];
        assert.deepEqual(await render(), await render());
    });

    it("writes one file per object, with placeholders for unknown values, and no secret", async () => {
        const files = renderedFiles(await evaluatedWhole(stackFile("prod"), "prod"));
        const names = [...files.keys()];
        assert.equal(
            names.filter((name) => name.startsWith("kubernetes/kafkaconnector_")).length,
            (stackFile("prod").connectors as unknown[]).length,
        );
        assert.ok(
            names.includes("helm/release_strimzi-operator-release.json") &&
                names.includes("docker/image_data-kafka-connect-cluster-image-image.json"),
        );
        const connect = YAML.parse(files.get("kubernetes/kafkaconnect_kafka-connect_data-kafka-connect-cluster.yaml")!);
        assert.equal(connect.spec.image, "<data-kafka-connect-cluster-image-image.repoDigest>");
        assert.deepEqual(Object.keys(connect.spec), Object.keys(connect.spec).sort());
        for (const [name, text] of files) {
            assert.doesNotMatch(text, /undefined|\[object|ecr token|4dabf18193072939515e22adb298388d/, name);
            if (name.endsWith(".json")) JSON.parse(text);
        }
    });

    it("uses the settings that a command has loaded, and they result in the same files", async () => {
        const raw = readStack("prod");
        const loaded = loadStack(raw, "prod");
        const files = async (settings?: Settings) => [
            ...renderedFiles(await synth("prod", raw, { loaded: settings })).entries(),
        ];
        assert.deepEqual(await files(loaded), await files());
        assert.notDeepEqual(await files({ ...loaded, connectors: [] }), await files());
    });

    it("replaces the files of an earlier render and no others", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "render-"));
        fs.writeFileSync(path.join(folder, "mine.txt"), "mine");
        writeFiles(
            folder,
            new Map([
                ["a/old.yaml", "1"],
                ["a/kept.yaml", "1"],
            ]),
        );
        writeFiles(folder, new Map([["a/kept.yaml", "2"]]));
        assert.deepEqual(fs.readdirSync(folder).sort(), [".rendered", "a", "mine.txt"]);
        assert.deepEqual(fs.readdirSync(path.join(folder, "a")), ["kept.yaml"]);
        assert.equal(fs.readFileSync(path.join(folder, "a/kept.yaml"), "utf8"), "2");
        fs.rmSync(folder, { recursive: true });
    });
});
