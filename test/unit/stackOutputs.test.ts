import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { z } from "zod";
import { outputsSchema, outputsVersion, parseOutputs } from "../../src/schema/stackOutputs";
import { objectsOfKind, synth } from "../../src/synth/synth";
import { projectFolder } from "../../src/util/project";
import { incompatibleChanges, type OutputsForm } from "../support/outputsContract";
import { evaluated, minimal, stackFile } from "../support/stacks";

/** The form of the outputs as it was recorded; `UPDATE_GOLDEN=1` records fields that are added. */
const recorded = path.join(__dirname, "..", "golden", `stack-outputs-v${outputsVersion}.json`);
const current = z.toJSONSchema(outputsSchema) as OutputsForm;

describe("the outputs of a stack", () => {
    it("are compatible with the recorded form of their version", () => {
        const before = JSON.parse(fs.readFileSync(recorded, "utf8")) as OutputsForm;
        const advice = "a program that reads the outputs would fail: increase outputsVersion in stackOutputs.ts";
        assert.deepEqual(incompatibleChanges(before, current), [], advice);
        if (process.env.UPDATE_GOLDEN === "1") fs.writeFileSync(recorded, `${JSON.stringify(current, null, 2)}\n`);
        const added = "fields were added: record them with UPDATE_GOLDEN=1";
        assert.deepEqual(JSON.parse(fs.readFileSync(recorded, "utf8")), JSON.parse(JSON.stringify(current)), added);
    });

    it("would break a reader by a field that is removed, optional, or of another type or value", () => {
        const changed = structuredClone(current);
        delete changed.properties!.users;
        changed.properties!.topics.items!.type = "number";
        changed.required = changed.required!.filter((name) => name !== "namespace");
        changed.properties!.connectors.items!.properties!.state.enum!.push("failed");
        changed.properties!.added = { type: "string" };
        assert.deepEqual(incompatibleChanges(current, changed), [
            "outputs.namespace: became optional",
            "outputs.topics[]: type string became number",
            "outputs.users: removed",
            "outputs.connectors[].state: new value failed",
        ]);
    });

    it("have that form for every stack file and for a stack without a Connect cluster", async () => {
        const stacks = [stackFile("dev"), stackFile("prod"), stackFile("local")];
        for (const raw of [...stacks, minimal({ connect: { install: false } })]) {
            const { outputs } = await evaluated(raw);
            assert.deepEqual(parseOutputs(outputs), { outputs });
        }
    });

    it("are read by the example program of a team", async () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "outputs-"));
        const outputsFile = path.join(folder, "outputs.json");
        const program = path.join(projectFolder, "examples", "team", "index.ts");
        const platform = "acme/kafka-connect-platform/prod";
        const run = (outputs: unknown) => {
            fs.writeFileSync(outputsFile, JSON.stringify(outputs));
            return synth("team", { platform, connect: { use: { outputsFile } } }, { program });
        };
        const { outputs } = await evaluated(minimal({ strimzi: { version: "0.45.0" } }));
        const connectors = objectsOfKind(await run(outputs), "KafkaConnector");
        assert.deepEqual(
            connectors.map(({ apiVersion, metadata }) => [apiVersion, metadata.namespace, metadata.name]),
            [
                ["kafka.strimzi.io/v1beta2", "kafka-connect", "files"],
                ["kafka.strimzi.io/v1beta2", "kafka-connect", "shoppostgres-shop-payments"],
            ],
        );
        await assert.rejects(run({ ...outputs, outputsVersion: 2 }), /stack acme\/.*: its outputs have version 2/);
        await assert.rejects(run({ ...outputs, connectClusterName: undefined }), /it has no Connect cluster/);
        fs.rmSync(folder, { recursive: true, force: true });
    });
});
