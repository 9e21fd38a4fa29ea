/** Images, charts and files that a stack file names. Further cases: test/corpus/references.yaml and lists.yaml. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { issuesOf, messagesOf, minimal, warningsOf } from "../support/stacks";

describe("what a stack file refers to", () => {
    it("rejects an image without the scripts by which Strimzi starts its pods", () => {
        assert.deepEqual(messagesOf(minimal({ image: { existing: "quay.io/debezium/connect:3.4" } })), [
            'image.existing: expected an image made from Strimzi\'s Kafka image, received "quay.io/debezium/connect:3.4": ' +
                "Strimzi's pods start scripts that only it has [KCP_INVALID_VALUE]",
        ]);
    });

    it("rejects a chart that is neither an address nor a folder", () => {
        assert.deepEqual(issuesOf(minimal({ strimzi: { chart: "./no-such-folder" } })), [
            "KCP_INVALID_VALUE strimzi.chart",
        ]);
    });

    it("warns of a kubeconfig that does not exist, and of no other", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kubeconfig-"));
        const file = path.join(folder, "config");
        fs.writeFileSync(file, "apiVersion: v1\n");
        const found = (kubeconfig: string) => warningsOf(minimal({ eks: { kubeconfig } }));
        assert.deepEqual(found(file), []);
        assert.deepEqual(found("apiVersion: v1\ncontexts: [{ name: a }]\ncurrent-context: a\n"), []);
        assert.deepEqual(found(path.join(folder, "other")), ["KCP_INVALID_VALUE eks.kubeconfig"]);
        fs.rmSync(folder, { recursive: true });
    });

    it("warns of items that are listed twice, whatever the order of their fields", () => {
        const allowFrom = [
            { namespace: "a", podLabels: { b: "c" } },
            { podLabels: { b: "c" }, namespace: "a" },
        ];
        assert.deepEqual(warningsOf(minimal({ connect: { allowFrom } })), ["KCP_DUPLICATE_NAME connect.allowFrom[1]"]);
    });

    it("rejects a prefix of topics that no topic can begin with", () => {
        assert.deepEqual(issuesOf(minimal({ teams: [{ name: "shop", topicPrefixes: ["orders*"] }] })), [
            "KCP_INVALID_VALUE teams[0].topicPrefixes[0]",
        ]);
    });
});
