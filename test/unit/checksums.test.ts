import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { knownIssuesOf, readKnownIssues } from "../../src/image/knownIssues";
import { mavenFailure } from "../../src/image/maven";
import { readManifest } from "../../src/image/manifest";
import { checksumProblems } from "../../src/local/runtimeChecksums";
import { projectFolder } from "../../src/util/project";
import { sha512 } from "../../src/util/data";
import { compareVersions } from "../../src/util/compareVersions";

const context = path.join(projectFolder, "docker", "connect");

describe("checksums of the Kafka runtime", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "checksums-"));
    after(() => fs.rmSync(folder, { recursive: true }));
    const jar = Buffer.from("a jar");
    fs.writeFileSync(path.join(folder, "known-1.jar"), jar);

    it("accepts a jar with the recorded SHA-512", async () =>
        assert.deepEqual(await checksumProblems(folder, { "known-1.jar": sha512(jar) }), []));

    it("names a jar with another content", async () => {
        assert.match(
            (await checksumProblems(folder, { "known-1.jar": "0".repeat(128) })).join(),
            /^known-1\.jar has SHA-512 [0-9a-f]{128}, expected 0{128}$/,
        );
    });

    it("names a jar that nobody has recorded, and the command that records it", async () => {
        assert.match(
            (await checksumProblems(folder, {})).join(),
            /^known-1\.jar has no recorded SHA-512; .*npm run plugins -- pin-runtime/,
        );
    });
});

describe("a failure of Maven", () => {
    it("is one line without colours and help links, with what to do next", () => {
        const printed =
            "\u001b[0m[ERROR] Failed to execute goal org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy " +
            "(alone) on project copies: Unable to find/resolve artifact. Could not find artifact g:a:jar:1 in " +
            "central -> [Help 1]\n" +
            "[ERROR] \n[ERROR] Re-run Maven using the -X switch\n\u001b[0m";
        assert.equal(
            mavenFailure(printed),
            "Maven failed: Unable to find/resolve artifact. Could not find artifact g:a:jar:1 in central. " +
                "Check the coordinates, or name a repository that has the artifact as a mirror in ~/.m2/settings.xml.",
        );
    });

    it("says to check the network when no repository answers", () => {
        assert.match(
            mavenFailure(
                "[ERROR] Plugin x could not be resolved: " +
                    "Could not transfer artifact g:a:pom:1 from/to central: Unknown host example.invalid",
            ),
            /Check the network, or name a mirror/,
        );
    });
});

describe("known issues of plugins", () => {
    const { issues, versions } = readKnownIssues(context);

    it("are about plugins of the manifest, which has none of them", () => {
        const manifest = readManifest(context);
        const names = manifest.plugins.map(({ name }) => name);
        assert.deepEqual(
            [...issues.map(({ plugin }) => plugin), ...Object.keys(versions)].filter((name) => !names.includes(name)),
            [],
        );
        assert.deepEqual(knownIssuesOf(manifest, issues), []);
    });

    it("are found for an older version", () => {
        const manifest = readManifest(context);
        const plugin = manifest.plugins.find(({ name }) => name === "debezium-postgres")!;
        const older = {
            ...plugin,
            artifacts: [
                { ...plugin.artifacts[0], maven: "io.debezium:debezium-connector-postgres:3.7.0.Alpha1:tar.gz:plugin" },
            ],
        };
        assert.deepEqual(
            knownIssuesOf({ ...manifest, plugins: [older] }, issues).map(({ source }) => source.split("/").pop()),
            ["51", "76"],
        );
    });

    it("compare versions with their qualifiers", () => {
        const ascending = [
            "3.4.1.Final",
            "3.7.0.Alpha1",
            "3.7.0.Alpha2",
            "3.7.0.Beta1",
            "3.7.0.CR1",
            "3.7.0.Final",
            "3.7.1.Alpha1",
            "3.10.0",
        ];
        assert.deepEqual([...ascending].reverse().sort(compareVersions), ascending);
    });
});
