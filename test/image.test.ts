import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { templateClasses } from "../connectors/registry";
import { contentTag, contextFiles } from "../image/content";
import { dockerfile } from "../image/dockerfile";
import { classesOf, readManifest, unpinnedIn } from "../image/manifest";
import { projectFolder } from "../settings/stackFile";
import { faultsOf, minimal, mysqlConnector } from "./support/stacks";

const context = path.join(projectFolder, "docker", "connect");

/** A copy of the build context to change. */
function copied(change: (folder: string) => void): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "context-"));
    fs.cpSync(context, folder, { recursive: true });
    change(folder);
    return folder;
}

describe("the image", () => {
    it("has a Dockerfile that is the manifest's", () => {
        assert.equal(fs.readFileSync(path.join(context, "Dockerfile"), "utf8"), dockerfile(readManifest(context)));
    });

    it("has one layer a plugin, and is left as user 1001", () => {
        const text = dockerfile(readManifest(context));
        const copies = text.split("\n").filter((line) => line.startsWith("COPY --from=fetch"));
        assert.equal(copies.length, readManifest(context).plugins.length);
        assert.match(text, /^USER 1001$/m);
        assert.doesNotMatch(text, /^ADD /m);
    });

    it("provides the class of every template", () => {
        for (const name of templateClasses) assert.ok(classesOf(readManifest(context)).includes(name), name);
    });

    it("gets a tag of its content: another for each input that changes, the same for none", () => {
        const args = { BASE_IMAGE: "a" };
        const tag = contentTag(context, args);
        assert.match(tag, /^[0-9a-f]{16}$/);
        assert.equal(contentTag(copied(() => undefined), args), tag);
        assert.notEqual(contentTag(context, { BASE_IMAGE: "b" }), tag);
        for (const file of contextFiles(context)) assert.notEqual(contentTag(copied((folder) => fs.appendFileSync(path.join(folder, file), "\n")), args), tag, file);
    });

    it("is refused when its Dockerfile is not the manifest's, or a template's plugin is not in it", () => {
        const stale = path.relative(projectFolder, copied((folder) => fs.appendFileSync(path.join(folder, "Dockerfile"), "# edited\n")));
        const stack = (folder: string) => minimal({ secrets: { provider: "file" }, image: { build: { registry: "localhost:5000/x", context: folder } }, connectors: [mysqlConnector()] });
        assert.deepEqual(faultsOf(stack(stale)), ["image.build.context has a Dockerfile that is not the one of its plugins.json. Run: npm run plugins -- generate"]);
        const without = path.relative(
            projectFolder,
            copied((folder) => {
                const manifest = readManifest(folder);
                manifest.plugins = manifest.plugins.filter(({ name }) => name !== "debezium-mysql");
                fs.writeFileSync(path.join(folder, "plugins.json"), JSON.stringify(manifest));
                fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile(manifest));
            }),
        );
        assert.deepEqual(faultsOf(stack(without)), [`connectors[0].connectorTemplate needs io.debezium.connector.mysql.MySqlConnector, which no plugin of ${without}/plugins.json provides`]);
    });

    it("says which downloads have no checksum yet", () => {
        const manifest = readManifest(context);
        assert.equal(unpinnedIn({ plugins: [], provided: [], truststore: { url: "https://x.example/a.pem", sha512: "unpinned" } }).length, 1);
        for (const { artifacts } of manifest.plugins) for (const { maven, sha512 } of artifacts) if (maven) assert.notEqual(sha512, "unpinned", maven);
    });

    it("refuses a manifest with a download that has no checksum at all", () => {
        const folder = copied((copy) => fs.writeFileSync(path.join(copy, "plugins.json"), JSON.stringify({ plugins: [{ name: "a", license: "MIT", artifacts: [{ url: "https://x.example/a.jar" }] }] })));
        assert.throws(() => readManifest(folder), /plugins\[0\]\.artifacts\[0\]: got a group of settings, wants a sha512 for whatever is downloaded/);
    });
});

describe("the fetch script", () => {
    const script = path.join(context, "fetch.sh");

    it("is sound for the shell, as is the truststore's", () => {
        for (const file of ["fetch.sh", "truststore.sh"]) execFileSync("bash", ["-n", path.join(context, file)]);
    });

    it("stops at a download without checksum, before it downloads", () => {
        const { status, stderr } = spawnSync("bash", [script, "url", "https://127.0.0.1:1/x.jar", "unpinned", "/nonexistent"], { encoding: "utf8" });
        assert.equal(status, 1);
        assert.match(stderr, /has no SHA-512 yet. Run: npm run plugins -- pin/);
    });
});
