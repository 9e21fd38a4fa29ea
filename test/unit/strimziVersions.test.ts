import assert from "node:assert/strict";
import { kubernetesObjects } from "../../src/synth/synth";
import { evaluated, evaluatedWhole, messagesOf, minimal, settingsFrom, type Raw } from "../support/stacks";

const withVersion = (version: string, more: Raw = {}): Raw => ({ ...minimal(), ...more, strimzi: { version } });
const warningsOf = (raw: Raw) => settingsFrom(raw).warnings.map(({ code, path }) => [code, path.join(".")]);

describe("strimzi.version", () => {
    it("is accepted without a warning where the platform has the CRDs", () => {
        for (const version of ["0.45.0", "0.51.0", "1.2.0"]) assert.deepEqual(warningsOf(withVersion(version)), []);
    });

    it("is accepted with a warning where it is newer than the table or has no CRDs here", () => {
        for (const version of ["0.47.0", "1.0.1", "1.3.0"])
            assert.deepEqual(warningsOf(withVersion(version)), [["KCP_UNVERIFIED_VERSION", "strimzi.version"]]);
    });

    it("is rejected where it is older than 0.45.0 or not a version", () => {
        for (const version of ["0.44.0", "latest"]) assert.match(messagesOf(withVersion(version)).join(), /0\.45\.0/);
    });

    it("makes fields that the CRD does not have a warning where the CRDs are of another version", () => {
        const connect = { ...(minimal().connect as Raw), tolerations: [{ key: "a", operater: "Exists" }] };
        assert.match(messagesOf(withVersion("1.2.0", { connect })).join(), /connect\.tolerations\[0\]\.operater/);
        assert.deepEqual(warningsOf(withVersion("1.1.0", { connect })), [
            ["KCP_UNVERIFIED_VERSION", "strimzi.version"],
            ["KCP_INVALID_KUBERNETES_FIELD", "connect.tolerations.0.operater"],
        ]);
    });

    it("lets the Helm chart install CRDs that the platform does not have", async () => {
        const { resources } = await evaluatedWhole(withVersion("1.3.0"));
        const release = resources.find(({ type }) => type.endsWith(":Release"));
        assert.equal(release!.inputs.skipCrds, false);
        assert.ok(!resources.some(({ inputs }) => inputs.kind === "CustomResourceDefinition"));
    });

    it("decides the API version of the resources", async () => {
        for (const [version, api] of [
            ["0.48.0", "kafka.strimzi.io/v1beta2"],
            ["0.49.0", "kafka.strimzi.io/v1"],
        ]) {
            const objects = kubernetesObjects(await evaluated(withVersion(version)));
            assert.equal(objects.find(({ kind }) => kind === "KafkaConnect")!.apiVersion, api);
        }
    });
});
