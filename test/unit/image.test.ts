import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { strToU8, zipSync, type Zippable } from "fflate";
import { templateClasses } from "../../src/connectors/templates";
import { onlyOfKind } from "../../src/synth/synth";
import { contentTag, contextFiles } from "../../src/image/content";
import { dockerfile } from "../../src/image/dockerfile";
import { buildArguments, imageInputs } from "../../src/image/inputs";
import { statedBy, type Jar } from "../../src/image/inventory";
import { classesOf, downloadsOf, readManifest, unpinnedIn } from "../../src/image/manifest";
import { formatted } from "../../src/image/pin";
import { isOwnBuild } from "../../src/image/repositoryTags";
import { sha512 as sha512Of } from "../../src/util/data";
import { licensesOf, duplicateLines } from "../../src/image/report";
import { sbom } from "../../src/image/sbom";
import { onPath } from "../../src/local/tools";
import { projectFolder } from "../../src/util/project";
import { loadStack } from "../../src/stack/loadStack";
import { assertIssues, eks, evaluated, minimal, mysqlConnector } from "../support/stacks";

const context = path.join(projectFolder, "docker", "connect");

/** A copy of the build context to change. */
function copied(change: (folder: string) => void): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "context-"));
    fs.cpSync(context, folder, { recursive: true });
    change(folder);
    return folder;
}

describe("the image", () => {
    it("has a Dockerfile that matches the manifest", () => {
        assert.equal(fs.readFileSync(path.join(context, "Dockerfile"), "utf8"), dockerfile(readManifest(context)));
    });

    it("has one layer per plugin, and runs as user 1001", () => {
        const text = dockerfile(readManifest(context));
        const [, last] = text.split("\nFROM ${BASE_IMAGE}\n");
        const layers = last.split("\n").filter((line) => /^(COPY|RUN|ADD)/.test(line));
        const { plugins, truststore } = readManifest(context);
        assert.deepEqual(layers, [
            ...plugins.map(({ name }) => `COPY --from=plugin-${name} /layer/ /`),
            ...(truststore ? ["COPY --from=truststore /layer/ /"] : []),
        ]);
        assert.match(text, /^USER 1001$/m);
        assert.doesNotMatch(text, /^ADD /m);
    });

    it("provides the class of every template", () => {
        for (const name of templateClasses) assert.ok(classesOf(readManifest(context)).includes(name), name);
    });

    it("has a tag that changes with each input, and only then", () => {
        const args = { BASE_IMAGE: "a" };
        const tag = contentTag(context, args);
        assert.match(tag, /^[0-9a-f]{16}$/);
        assert.equal(
            contentTag(
                copied(() => undefined),
                args,
            ),
            tag,
        );
        assert.notEqual(contentTag(context, { BASE_IMAGE: "b" }), tag);
        for (const file of contextFiles(context))
            assert.notEqual(
                contentTag(
                    copied((folder) => fs.appendFileSync(path.join(folder, file), "\n")),
                    args,
                ),
                tag,
                file,
            );
    });

    it("is rejected if its Dockerfile does not match the manifest or lacks the plugin of a template", () => {
        const stale = path.relative(
            projectFolder,
            copied((folder) => fs.appendFileSync(path.join(folder, "Dockerfile"), "# edited\n")),
        );
        const stack = (folder: string) =>
            minimal({
                secrets: { provider: "file" },
                image: { build: { registry: "localhost:5000/x", context: folder } },
                connectors: [mysqlConnector()],
            });
        assertIssues(stack(stale), [["KCP_INVALID_IMAGE_CONTEXT", "image.build.context"]]);
        const without = path.relative(
            projectFolder,
            copied((folder) => {
                const manifest = readManifest(folder);
                manifest.plugins = manifest.plugins.filter(({ name }) => name !== "debezium-mysql");
                fs.writeFileSync(path.join(folder, "plugins.json"), JSON.stringify(manifest));
                fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile(manifest));
            }),
        );
        assertIssues(stack(without), [["KCP_MISSING_PLUGIN", "connectors[0].connectorTemplate"]]);
    });

    it("is rejected with a plugin version that loses data, unless the stack accepts the bugs", () => {
        const older = path.relative(
            projectFolder,
            copied((folder) => {
                const manifest = readManifest(folder);
                const artifact = manifest.plugins.find(({ name }) => name === "debezium-postgres")!.artifacts[0];
                (artifact as { maven: string }).maven = artifact.maven!.replace(/:3\.7\.[^:]+/, ":3.7.0.Alpha1");
                fs.writeFileSync(path.join(folder, "plugins.json"), JSON.stringify(manifest));
                fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile(manifest));
            }),
        );
        const stack = (acceptedIssues: string[]) =>
            minimal({
                secrets: { provider: "file" },
                image: { build: { registry: "localhost:5000/x", context: older, acceptedIssues } },
            });
        const bugs = ["51", "76"].map((number) => `https://github.com/debezium/dbz/issues/${number}`);
        const lost = ["KCP_KNOWN_DATA_LOSS", "image.build.context"] as const;
        assertIssues(stack([]), [lost, lost]);
        assertIssues(stack([bugs[0]]), [lost]);
        const fixed = "https://github.com/debezium/dbz/issues/1554";
        assert.deepEqual(
            loadStack(stack([...bugs, fixed]), "dev").warnings.map(({ code, path: at }) => [code, at.join(".")]),
            [lost, lost, ["KCP_UNUSED_SETTING", "image.build.acceptedIssues.2"]],
        );
    });

    it("is rejected if a folder or file of the manifest is not in the build context", () => {
        const lacking = path.relative(
            projectFolder,
            copied((folder) => {
                fs.writeFileSync(
                    path.join(folder, "plugins.json"),
                    JSON.stringify({
                        plugins: [{ name: "own", license: "MIT", artifacts: [{ folder: "own" }] }],
                        truststore: { file: "bundle.pem", sha512: "0".repeat(128) },
                    }),
                );
                fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile(readManifest(folder)));
            }),
        );
        const stack = minimal({
            secrets: { provider: "file" },
            image: { build: { registry: "localhost:5000/x", context: lacking } },
        });
        assertIssues(stack, [
            ["KCP_INVALID_IMAGE_CONTEXT", "image.build.context"],
            ["KCP_INVALID_IMAGE_CONTEXT", "image.build.context"],
        ]);
    });

    it("contains the config provider that reads the secrets", () => {
        const stack = (secrets: object) =>
            minimal({ eks, image: { build: {} }, secrets: { prefix: "data_", ...secrets } });
        assertIssues(stack({}), []);
        assertIssues(stack({ plugin: "msk" }), [["KCP_MISSING_PLUGIN", "secrets.plugin"]]);
    });

    it("reports which downloads have no checksum yet", () => {
        const manifest = readManifest(context);
        assert.equal(
            unpinnedIn({
                plugins: [],
                provided: [],
                truststore: { url: "https://x.example/a.pem", sha512: "unpinned" },
            }).length,
            1,
        );
        for (const { artifacts } of manifest.plugins)
            for (const { maven, sha512 } of artifacts) if (maven) assert.notEqual(sha512, "unpinned", maven);
    });

    it("rejects an artifact of the manifest without a source, with two sources or without a checksum", () => {
        const sum = "0".repeat(128);
        const [maven, url, what] = ["a:b:1", "https://x.example/a.jar", "plugins[0].artifacts[0]: expected "];
        for (const [artifact, issue] of [
            [{ url }, "a sha512 for a download, and none for a folder"],
            [{ folder: "a", sha512: sum }, "a sha512 for a download, and none for a folder"],
            [{ url, maven, sha512: sum }, "exactly one of maven, confluentHub, url, folder"],
            [
                { url, sha512: sum, transitive: true },
                "transitive only with maven: the dependencies of other artifacts are not known",
            ],
            [
                { maven, sha512: sum, transitive: true },
                "the dependencies under resolved exactly where transitive is true; run `npm run plugins -- pin`",
            ],
            [
                { maven, sha512: sum, resolved: { "c:d:2": sum } },
                "the dependencies under resolved exactly where transitive is true; run `npm run plugins -- pin`",
            ],
        ] as const) {
            const folder = copied((copy) =>
                fs.writeFileSync(
                    path.join(copy, "plugins.json"),
                    JSON.stringify({ plugins: [{ name: "a", license: "MIT", artifacts: [artifact] }] }),
                ),
            );
            assert.throws(
                () => readManifest(folder),
                (error: Error) => error.message.includes(what + issue),
                JSON.stringify(artifact),
            );
        }
        const twice = copied((copy) =>
            fs.writeFileSync(
                path.join(copy, "plugins.json"),
                JSON.stringify({
                    plugins: [1, 2].map(() => ({ name: "a", license: "MIT", artifacts: [{ folder: "a" }] })),
                    truststore: { sha512: sum },
                }),
            ),
        );
        assert.throws(
            () => readManifest(twice),
            /plugins: expected each name once, .*\n.*truststore: expected either url or file, /,
        );
    });

    it("fetches the dependencies of a transitive artifact in a stable order, each verified by its checksum", () => {
        const artifact = { maven: "a:b:1", transitive: true, sha512: "1", resolved: { "z:z:1": "2", "c:d:2": "3" } };
        assert.deepEqual(
            downloadsOf(artifact).map(({ what, sha512 }) => `${what} ${sha512}`),
            ["a:b:1 1", "c:d:2 3", "z:z:1 2"],
        );
        assert.deepEqual(
            unpinnedIn({
                provided: [],
                plugins: [
                    {
                        name: "a",
                        license: "MIT",
                        classes: [],
                        into: "plugins",
                        artifacts: [{ ...artifact, resolved: { "c:d:2": "unpinned" } }],
                    },
                ],
            }),
            ["c:d:2"],
        );
    });

    it("names its inputs as build arguments and labels, so that a preview shows which have changed", () => {
        const sources = { baseImage: "base", mavenImage: "maven", platform: "linux/amd64" };
        const manifest = readManifest(context);
        const before = imageInputs(manifest, context, sources);
        assert.match(before["debezium-mysql"], /^3\.4\.1\.Final [0-9a-f]{12}$/);
        assert.equal(buildArguments(before).INPUT_DEBEZIUM_MYSQL, before["debezium-mysql"]);
        const differing = (other: Record<string, string>) =>
            Object.keys(before).filter((name) => before[name] !== other[name]);
        const changed = structuredClone(manifest);
        changed.plugins.find(({ name }) => name === "debezium-mysql")!.artifacts[0].maven =
            "io.debezium:debezium-connector-mysql:3.5.0.Final:tar.gz:plugin";
        assert.deepEqual(differing(imageInputs(changed, context, { ...sources, baseImage: "newer" })), [
            "baseImage",
            "debezium-mysql",
        ]);
        assert.deepEqual(
            differing(
                imageInputs(
                    manifest,
                    copied((folder) => fs.appendFileSync(path.join(folder, "fetch.sh"), "\n")),
                    sources,
                ),
            ),
            ["scripts"],
        );
    });

    it("has a tag that does not depend on the mirror", async () => {
        const mirrors = { maven: "https://mirror.example/maven", downloads: "https://mirror.example/files" };
        const build = { registry: "localhost:5000/x" };
        const imageOf = async (more: object) =>
            (
                await evaluated(minimal({ secrets: { provider: "file" }, image: { build: { ...build, ...more } } }))
            ).resources.find(({ type }) => type === "docker:index/image:Image")!.inputs as {
                imageName: string;
                build: { args: Record<string, string> };
            };
        const [plain, mirrored] = [await imageOf({}), await imageOf({ mirrors })];
        assert.equal(mirrored.imageName, plain.imageName);
        assert.equal(mirrored.build.args.MAVEN_MIRROR, mirrors.maven);
        assert.equal(plain.build.args.MAVEN_MIRROR, undefined);
    });

    it("keeps the ECR repository, and builds nothing, when an earlier image of it is used", async () => {
        const repository = { repository: "data/connect" };
        const resourcesOf = async (image: object) =>
            (await evaluated(minimal({ eks, secrets: { provider: "file" }, image }))).resources;
        const own = `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/data/connect@sha256:${"1".repeat(64)}`;
        const [built, pinned] = [
            await resourcesOf({ build: repository }),
            await resourcesOf({ build: repository, existing: own }),
        ];
        const urnsOf = (resources: typeof built, type: string) =>
            resources.filter((resource) => resource.type === type).map(({ urn }) => urn);
        for (const type of ["aws:ecr/repository:Repository", "aws:ecr/lifecyclePolicy:LifecyclePolicy"]) {
            assert.equal(urnsOf(built, type).length, 1, type);
            assert.deepEqual(urnsOf(pinned, type), urnsOf(built, type));
        }
        assert.equal(urnsOf(built, "docker:index/image:Image").length, 1);
        assert.deepEqual(urnsOf(pinned, "docker:index/image:Image"), []);
        const spec = pinned.find(({ inputs }) => inputs.kind === "KafkaConnect")!.inputs.spec as Record<
            string,
            unknown
        >;
        assert.equal(spec.image, own);
    });

    it("recognizes an earlier image of the build by its repository", () => {
        const digest = `@sha256:${"1".repeat(64)}`;
        const ecrHost = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        assert.ok(isOwnBuild("ecr", "data/connect", `${ecrHost}/data/connect${digest}`));
        assert.ok(isOwnBuild("ecr", "data/connect", `${ecrHost}/data/connect:1.0${digest}`));
        assert.ok(!isOwnBuild("ecr", "data/connect", `${ecrHost}/data/connect-dev${digest}`));
        assert.ok(isOwnBuild("localhost:5000/x", "", "localhost:5000/x:1"));
        assert.ok(!isOwnBuild("localhost:5000/x", "", "localhost:5000/y:1"));
    });

    it("runs a built image with its plugin index and truststore, and an existing image without them", async () => {
        const specOf = async (image: object) =>
            onlyOfKind(await evaluated(minimal({ secrets: { provider: "file" }, image })), "KafkaConnect").spec;
        const own = await specOf({ build: { registry: "localhost:5000/x" } });
        assert.equal(own.config["plugin.discovery"], "service_load");
        assert.deepEqual(own.jvmOptions.javaSystemProperties, [
            { name: "javax.net.ssl.trustStore", value: "/opt/kafka/custom-truststore.jks" },
        ]);
        const other = await specOf({ existing: `x@sha256:${"0".repeat(64)}` });
        assert.equal(other.config["plugin.discovery"], undefined);
        assert.equal(other.jvmOptions?.javaSystemProperties, undefined);
    });
});

describe("the reports about an image", () => {
    /** A jar that holds these files. */
    const jarOf = (files: Record<string, string>): Uint8Array =>
        zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
    const jar = (plugin: string, name: string, version: string, more: Partial<Jar> = {}): Jar => ({
        plugin,
        file: `${name}-${version}.jar`,
        bytes: 2e6,
        sha512: `${name}${version}`,
        group: "g",
        name,
        version,
        licenses: [],
        ...more,
    });

    it("reads a jar's coordinates and licences from the jar, and ignores the POMs of shaded dependencies", () => {
        const pom = (artifact: string) => ({
            [`META-INF/maven/g/${artifact}/pom.properties`]: `groupId=g\nartifactId=${artifact}\nversion=1.2\n`,
            [`META-INF/maven/g/${artifact}/pom.xml`]:
                "<project><licenses><license>" + `<name>\n ${artifact} licence </name></license></licenses></project>`,
        });
        assert.deepEqual(statedBy(jarOf({ ...pom("own"), ...pom("other") }), "lib/own-1.2.jar"), {
            group: "g",
            name: "own",
            version: "1.2",
            licenses: ["own licence"],
        });
        assert.deepEqual(
            statedBy(
                jarOf({
                    "META-INF/MANIFEST.MF":
                        "Bundle-License: https://www.apache.org/licenses/LICEN\r\n SE-2.0.txt;x=y\r\n",
                }),
                "plain-3.0-b1.jar",
            ),
            {
                group: undefined,
                name: "plain",
                version: "3.0-b1",
                licenses: ["https://www.apache.org/licenses/LICENSE-2.0.txt"],
            },
        );
    });

    it("list duplicate libraries, two versions in one plugin first", () => {
        const jars = [
            jar("a", "json", "1"),
            jar("b", "json", "2"),
            jar("a", "log", "1"),
            jar("a", "log", "2"),
            jar("a", "util", "1"),
            jar("b", "util", "1"),
            jar("a", "once", "1"),
        ];
        assert.deepEqual(duplicateLines(jars), [
            "WARNING: a contains log in two versions: 1 (a), 2 (a)",
            "different versions between plugins, each loads its own: json 1 (a), 2 (b)",
            "the same jar more than once: util 1 (a, b), 2.0 MB redundant",
        ]);
    });

    const plugins = [
        {
            name: "b",
            license: "LicenseRef-Confluent-Community-1.0",
            classes: ["x.Y"],
            into: "plugins" as const,
            artifacts: [{ folder: "b" }],
        },
        { name: "a", license: "Apache-2.0", classes: [], into: "plugins" as const, artifacts: [{ folder: "a" }] },
    ];
    const jars = [
        jar("b", "json", "1+2", { sha512: "0".repeat(128), licenses: ["The Apache Software License, Version 2.0"] }),
        jar("a", "own", "", { sha512: "1".repeat(128), group: undefined }),
    ];

    it("writes a bill of materials that CycloneDX's own schema accepts, the same each time", async () => {
        const bill = sbom({ name: "image", version: "sha256:1" }, plugins, jars);
        assert.equal(sbom({ name: "image", version: "sha256:1" }, plugins, jars), bill);
        assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill), null);
        const { components } = JSON.parse(bill);
        assert.deepEqual(
            components.map(({ name }: { name: string }) => name),
            ["a", "b"],
        );
        assert.deepEqual(components[1].licenses, [{ license: { name: "LicenseRef-Confluent-Community-1.0" } }]);
        assert.equal(components[1].components[0].purl, "pkg:maven/g/json@1%2B2");
        assert.deepEqual(components[1].components[0].licenses, [{ license: { id: "Apache-2.0" } }]);
    });

    it("lists the licences, and the jars that state none", () => {
        const text = licensesOf(plugins, jars);
        assert.match(text, /^## b: LicenseRef-Confluent-Community-1\.0$/m);
        assert.match(text, /^\| g:json \| 1\+2 \| Apache-2\.0 \|$/m);
        assert.match(text, /^\| own \| – \| not stated in the jar \|$/m);
    });

    it("keeps the manifest readable when checksums are recorded", () => {
        const text = formatted({ a: ["x", "y"], b: { c: [{ d: "e" }] } });
        assert.match(text, /"a": \["x", "y"\],\n/);
        assert.equal(
            fs.readFileSync(path.join(context, "plugins.json"), "utf8"),
            formatted(JSON.parse(fs.readFileSync(path.join(context, "plugins.json"), "utf8"))),
        );
    });
});

describe("the scripts of the build", () => {
    const bash = (script: string, ...args: string[]) =>
        spawnSync("bash", [path.join(context, script), ...args], { encoding: "utf8" });
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "scripts-"));
    after(() => fs.rmSync(work, { recursive: true, force: true }));

    /** Packs what `fill` puts into a folder; extra arguments are tar's. */
    function packed(name: string, fill: (folder: string) => void, ...args: string[]): string {
        const folder = fs.mkdtempSync(path.join(work, "pack-"));
        fill(folder);
        const file = path.join(work, `${name}.tar.gz`);
        execFileSync("tar", ["-czf", file, "-P", ...args, "-C", folder, ...fs.readdirSync(folder)]);
        return file;
    }
    const unpack = (
        file: string,
        sum = sha512Of(fs.readFileSync(file)),
        target = fs.mkdtempSync(path.join(work, "out-")),
    ) => ({ ...bash("unpack.sh", file, sum, target), target });

    it("pass the shell's syntax check", () => {
        for (const file of fs.readdirSync(context).filter((name) => name.endsWith(".sh")))
            execFileSync("bash", ["-n", path.join(context, file)]);
    });

    it("fail before any download and name every artifact without a checksum", () => {
        const { status, stderr } = bash(
            "fetch.sh",
            "/nonexistent",
            "url",
            "https://127.0.0.1:1/x.jar",
            "unpinned",
            "confluent-hub",
            "a/b:1",
            "unpinned",
        );
        assert.equal(status, 1);
        assert.equal(
            stderr,
            "fetch.sh: https://127.0.0.1:1/x.jar has no SHA-512 yet. Run: npm run plugins -- pin\nfetch.sh: a/b:1 has no SHA-512 yet. Run: npm run plugins -- pin\n",
        );
    });

    it("unpack an archive without its single top folder, and copy a jar unchanged", () => {
        const file = packed("good", (folder) => {
            fs.mkdirSync(path.join(folder, "top", "lib"), { recursive: true });
            fs.writeFileSync(path.join(folder, "top", "lib", "a b.jar"), "a");
        });
        const { status, target, stderr } = unpack(file);
        assert.equal(status, 0, stderr);
        assert.deepEqual(fs.readdirSync(path.join(target, "lib")), ["a b.jar"]);
        const jar = path.join(work, "x-1.jar");
        fs.writeFileSync(jar, "x");
        assert.equal(unpack(jar, undefined, target).status, 0);
        assert.ok(fs.existsSync(path.join(target, "x-1.jar")));
        fs.writeFileSync(jar, "other");
        const second = unpack(jar, undefined, target);
        assert.equal(second.status, 1);
        assert.match(second.stderr, /unpack\.sh: x-1\.jar brings another \.\/x-1\.jar than the plugin has already/);
    });

    it("reject a wrong checksum, a path outside of the folder, and links, and unpack nothing", () => {
        const write = (folder: string) => fs.writeFileSync(path.join(folder, "a"), "a");
        const link = (folder: string) => fs.symlinkSync("/etc/passwd", path.join(folder, "a"));
        const hard = (folder: string) => {
            write(folder);
            fs.linkSync(path.join(folder, "a"), path.join(folder, "b"));
        };
        const cases: [string, string, RegExp][] = [
            [packed("sum", write), "0".repeat(128), /has SHA-512 [0-9a-f]{128}, wants 0{128}\. Nothing was unpacked/],
            [
                packed("up", write, "--transform=s,^a,top/../../a,"),
                "",
                /holds top\/\.\.\/\.\.\/a, which leads out of its folder\. Nothing was unpacked/,
            ],
            [packed("root", write, "--transform=s,^a,/tmp/a,"), "", /holds \/tmp\/a, which leads out of its folder/],
            [packed("link", link), "", /holds a, which is neither a file nor a folder \(type l\)/],
            [packed("hard", hard), "", /holds b, which is neither a file nor a folder \(type h\)/],
        ];
        for (const [file, sum, message] of cases) {
            const { status, stderr, target } = unpack(file, sum || undefined);
            assert.equal(status, 1, file);
            assert.match(stderr, message);
            assert.deepEqual(fs.readdirSync(target), []);
        }
    });

    it("do the same with zip archives, if a JDK is available", function () {
        // each run compiles a class
        this.timeout(120_000);
        if (!onPath("jar")) {
            console.log("    skipped: no jar on PATH");
            this.skip();
        }
        const zipped = (name: string, entries: Zippable): string => {
            const file = path.join(work, name);
            fs.writeFileSync(file, zipSync(entries));
            return file;
        };
        const a = strToU8("a");
        const good = unpack(zipped("good.zip", { "top/": new Uint8Array(), "top/lib/a.jar": a }));
        assert.equal(good.status, 0, good.stderr);
        assert.deepEqual(fs.readdirSync(path.join(good.target, "lib")), ["a.jar"]);
        const cases: [Zippable, RegExp][] = [
            [{ "top\\..\\..\\a": a }, /holds top\/\.\.\/\.\.\/a, which leads out of its folder\. Nothing was unpacked/],
            [
                { a: [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 * 0x10000 }] },
                /holds a, which is neither a file nor a folder \(type l\)/,
            ],
        ];
        for (const [entries, message] of cases) {
            const { status, stderr, target } = unpack(zipped("bad.zip", entries));
            assert.equal(status, 1);
            assert.match(stderr, message);
            assert.deepEqual(fs.readdirSync(target), []);
        }
    });
});
