import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { crdsOf, schemaOf } from "../../src/release/crds";
import { schemaAt } from "../../src/release/crdValidation";
import {
    defaultKafkaVersion,
    defaultStrimziVersion,
    hasOwnCrds,
    knownStrimziVersions,
    strimziRelease,
    strimziVersions,
} from "../../src/release/releases";
import { compareVersions } from "../../src/util/compareVersions";
import { projectFolder } from "../../src/util/project";

const releases = knownStrimziVersions.map(strimziRelease);

describe("the table of Strimzi releases", () => {
    it("lists the releases from 0.45.0 to the default in ascending order", () => {
        assert.deepEqual([...knownStrimziVersions], [...knownStrimziVersions].sort(compareVersions));
        assert.equal(knownStrimziVersions[0], "0.45.0");
        assert.equal(knownStrimziVersions.at(-1), defaultStrimziVersion);
    });

    it("lists the Kafka versions of each release in ascending order", () => {
        for (const { version, kafkaVersions } of releases)
            assert.deepEqual([...kafkaVersions], [...kafkaVersions].sort(compareVersions), version);
    });

    it("has the CRDs of the versions that the tests run, and no others", () => {
        assert.deepEqual(
            releases.filter(hasOwnCrds).map(({ version }) => version),
            strimziVersions,
        );
        const carried = fs.readdirSync(path.join(projectFolder, "src", "release", "crds"));
        assert.deepEqual(carried.sort(compareVersions), strimziVersions);
    });

    it("uses the API v1beta2 before 0.49 and v1 from then on", () => {
        for (const { version, apiVersion, storageFields } of releases) {
            const isV1 = compareVersions(version, "0.49.0") >= 0;
            assert.equal(apiVersion, isV1 ? "kafka.strimzi.io/v1" : "kafka.strimzi.io/v1beta2", version);
            assert.equal(storageFields, isV1 ? "spec" : "config", version);
        }
    });

    it("agrees with the CRDs that the checks of each release use", () => {
        for (const release of releases) {
            const { version } = release;
            const connect = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec"]);
            assert.equal(connect.properties!.groupId !== undefined, release.storageFields === "spec", version);
            const sizeLimit = ["template", "pod", "volumes", "[]", "emptyDir", "sizeLimit"];
            const written = schemaAt(connect, sizeLimit).type === "object" ? "object" : "quantity";
            assert.equal(written, release.emptyDirSize, version);
            const connector = schemaAt(schemaOf(version, "KafkaConnector")!, ["spec"]);
            assert.equal(connector.properties!.version !== undefined, release.pluginVersions, version);
        }
        for (const version of strimziVersions) {
            const types = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec", "authentication", "type"]).enum!;
            assert.equal(types.includes("custom"), strimziRelease(version).customAuthentication, version);
        }
    });

    it("serves both API versions in the CRDs of 0.51.0, so that stored objects can be converted", () => {
        for (const crd of crdsOf("0.51.0")) {
            const names = crd.spec.versions.map(({ name }) => name);
            assert.ok(names.includes("v1") && names.includes("v1beta2"), crd.metadata.name);
        }
    });

    it("gives a version that it does not know the facts of the nearest older release", () => {
        const newer = strimziRelease("1.3.0");
        assert.deepEqual(newer, { ...strimziRelease("1.2.0"), version: "1.3.0" });
        assert.equal(hasOwnCrds(newer), false);
        assert.equal(defaultKafkaVersion(newer), "4.3.1");
        assert.equal(strimziRelease("0.51.1").apiVersion, "kafka.strimzi.io/v1");
    });

    it("rejects a version older than 0.45.0", () => {
        assert.throws(() => strimziRelease("0.44.0"), /0\.44\.0 is not supported; the oldest version is 0\.45\.0/);
    });
});
