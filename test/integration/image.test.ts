/**
 * The image, built by a real Docker Engine on stand-ins for its base images, inspected, and its plugins run. It
 * requires an engine (DOCKER_HOST), root and debootstrap to make the stand-ins, Java and Maven. Plugins without a
 * recorded checksum are left out, and certificates made here stand in for Amazon's.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import * as YAML from "yaml";
import { copyOut, docker, inspect } from "../../src/image/docker";
import { readManifest, unpinnedIn, type Manifest } from "../../src/image/manifest";
import { formatted } from "../../src/image/pin";
import { sha512 as sha512Of } from "../../src/util/data";
import { recordFolder } from "../../src/local/fileChecksums";
import { kafkaRuntime, kafkaRuntimeName } from "../../src/local/kafkaRuntime";
import { pluginEntryName } from "../../src/local/pluginSet";
import { projectFolder } from "../../src/util/project";
import { stackFile } from "../../src/stack/stackFile";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { baseImage, foreignBaseImage, makeStandIns, mavenImage, whyNoStandIns } from "./stubImages";
import { skipUnlessAvailable } from "./requirements";

const kafkaVersion = defaultKafkaVersion(strimziRelease(defaultStrimziVersion));

describe("the image, built by a Docker Engine", function () {
    this.timeout(1_200_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-test-"));
    const context = path.join(folder, "connect");
    const stack = path.join(folder, "Pulumi.local.yaml");
    let tag: string;
    let output: string;

    const run = (...args: string[]) => {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [path.join(projectFolder, "cli", "kcp.js"), ...args],
            { cwd: projectFolder, encoding: "utf8", maxBuffer: 256 << 20 },
        );
        return { status, output: `${stdout}${stderr}` };
    };
    const image = (...args: string[]) =>
        run("image", "--stack", "local", "--file", stack, "--out", path.join(folder, "out"), ...args);
    const tagIn = (text: string): string => /^kafka-connect-platform\/local:[0-9a-f]{16}$/m.exec(text)![0];
    const inContainer = (...command: string[]): Promise<string> =>
        docker("run", "--rm", "--network", "none", tag, ...command);

    /** Changes the manifest of the context, with the Dockerfile that belongs to it. */
    function change(edit: (manifest: Manifest) => void): void {
        const manifest = JSON.parse(fs.readFileSync(path.join(context, "plugins.json"), "utf8")) as Manifest;
        edit(manifest);
        fs.writeFileSync(path.join(context, "plugins.json"), formatted(manifest));
        assert.equal(run("plugins", "generate", context).status, 0);
    }

    before(async function () {
        skipUnlessAvailable(this, "docker", { missing: whyNoStandIns() });
        await makeStandIns(kafkaVersion);
        fs.cpSync(path.join(projectFolder, "docker", "connect"), context, { recursive: true });
        const certificate = (days: string) =>
            execFileSync(
                "openssl",
                [
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-keyout",
                    "/dev/null",
                    "-days",
                    days,
                    "-subj",
                    "/O=Stand-in/CN=One name for all",
                ],
                { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
            );
        // one of them twice, as bundles of several regions have it
        const [first, second, third] = [certificate("100"), certificate("1000"), certificate("2000")];
        fs.writeFileSync(path.join(context, "bundle.pem"), `${first}${second}${third}${first}`);
        fs.mkdirSync(path.join(context, "own"));
        fs.writeFileSync(path.join(context, "own", "readme.txt"), "a build of one's own\n");
        change((manifest) => {
            const pinned = manifest.plugins.filter(
                (plugin) => unpinnedIn({ plugins: [plugin], provided: [] }).length === 0,
            );
            manifest.plugins = [
                ...pinned,
                {
                    name: "own",
                    license: "MIT",
                    classes: [],
                    artifacts: [{ folder: "own" }],
                } as unknown as Manifest["plugins"][number],
            ];
            manifest.truststore = {
                file: "bundle.pem",
                sha512: sha512Of(fs.readFileSync(path.join(context, "bundle.pem"))),
            };
        });
        const local = YAML.parseDocument(fs.readFileSync(stackFile("local"), "utf8"));
        // relative to the project, as in a stack file that is written by hand
        local.setIn(["config", "kafka-connect-platform:image"], {
            build: {
                registry: "localhost:5000/kafka-connect",
                context: path.relative(projectFolder, context),
                baseImage,
                mavenImage,
            },
        });
        fs.writeFileSync(stack, local.toString());
    });
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    it("is built by npm run image, with licences and a valid bill of materials next to it", async () => {
        const built = image();
        output = built.output;
        assert.equal(built.status, 0, output.slice(-5000));
        tag = tagIn(output);
        const bill = fs.readFileSync(path.join(folder, "out", "sbom.cdx.json"), "utf8");
        assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill), null);
        const { metadata, components } = JSON.parse(bill);
        assert.equal(metadata.component.version, (await inspect(tag)).id);
        const { plugins } = readManifest(context);
        assert.deepEqual(
            components.map(({ name }: { name: string }) => name).sort(),
            plugins.map(({ name }) => name).sort(),
        );
        assert.match(
            fs.readFileSync(path.join(folder, "out", "licenses.md"), "utf8"),
            /io\.apicurio:apicurio-registry-utils-converter \| 2\.6\.13\.Final/,
        );
        assert.match(output, /different versions between plugins, each loads its own: jackson-core/);
    });

    it("has every plugin in the worker's plugin path, owned by root, and runs as user 1001", async () => {
        const { plugins } = readManifest(context);
        assert.equal(await inContainer("id", "-u"), "1001");
        assert.deepEqual(
            (await inContainer("ls", "/opt/kafka/plugins")).split("\n"),
            plugins
                .filter(({ into }) => into === "plugins")
                .map(({ name }) => name)
                .sort(),
        );
        assert.equal(
            await inContainer(
                "find",
                "/opt/kafka/plugins",
                "/opt/kafka/custom-truststore.jks",
                "/opt/kafka/custom-truststore.pem",
                "!",
                "-user",
                "root",
                "-o",
                "-perm",
                "/022",
                "-o",
                "!",
                "-readable",
            ),
            "",
        );
        assert.match(await inContainer("ls", "/opt/kafka/libs"), /^aws-msk-iam-auth-2\.3\.5-all\.jar$/m);
        const labels = JSON.parse(await docker("image", "inspect", "--format", "{{json .Config.Labels}}", tag));
        assert.match(labels["kafka-connect-platform.debezium-postgres"], /^3\.7\.0\.Final [0-9a-f]{12}$/);
    });

    it("trusts the certificates of the JVM and of the bundle without a truststore password", async () => {
        const aliases = (
            await inContainer(
                "keytool",
                "-list",
                "-keystore",
                "/opt/kafka/custom-truststore.jks",
                "-storepass",
                "changeit",
            )
        ).match(/^\S+, .*trustedCertEntry/gm)!;
        const own = (
            await inContainer("keytool", "-list", "-keystore", "/etc/pki/java/cacerts", "-storepass", "changeit")
        ).match(/trustedCertEntry/g)!;
        assert.equal(aliases.length, own.length + 3);
        assert.equal(aliases.filter((line) => /^bundle-[0-9a-f]{64},/.test(line)).length, 3);
        assert.equal(
            await inContainer("grep", "-c", "BEGIN CERTIFICATE", "/opt/kafka/custom-truststore.pem"),
            String(aliases.length),
        );
        assert.match(
            output,
            new RegExp(
                `truststore: ${aliases.length} certificates, ${own.length} of the JVM and 3 of 3 in the bundles`,
            ),
        );
        assert.match(output, /truststore: WARNING: expires .*: CN=One name for all, O=Stand-in/);
        fs.writeFileSync(
            path.join(folder, "Trusted.java"),
            [
                "class Trusted { public static void main(String[] a) throws Exception {",
                'var f = javax.net.ssl.TrustManagerFactory.getInstance("PKIX"); f.init((java.security.KeyStore) null);',
                "var manager = (javax.net.ssl.X509TrustManager) f.getTrustManagers()[0];",
                "System.out.println(manager.getAcceptedIssuers().length); } }",
            ].join("\n"),
        );
        fs.chmodSync(folder, 0o755);
        assert.equal(
            await docker(
                "run",
                "--rm",
                "--network",
                "none",
                "--volume",
                `${folder}:/test:ro`,
                tag,
                "java",
                "-Djavax.net.ssl.trustStore=/opt/kafka/custom-truststore.jks",
                "/test/Trusted.java",
            ),
            String(aliases.length),
        );
    });

    it("has the same layers when everything is built again", async () => {
        const { layers } = await inspect(tag);
        const again = image("--no-cache");
        assert.equal(again.status, 0, again.output.slice(-5000));
        assert.equal(tagIn(again.output), tag);
        assert.deepEqual((await inspect(tag)).layers, layers);
    });

    it("has the same layers for another architecture, which is built but not run", async () => {
        const { layers } = await inspect(tag);
        const document = YAML.parseDocument(fs.readFileSync(stack, "utf8"));
        const build = ["config", "kafka-connect-platform:image", "build"];
        document.setIn([...build, "platform"], "linux/arm64");
        document.setIn([...build, "baseImage"], foreignBaseImage);
        const amd64 = fs.readFileSync(stack);
        fs.writeFileSync(stack, document.toString());
        const foreign = image();
        fs.writeFileSync(stack, amd64);
        assert.equal(foreign.status, 0, foreign.output.slice(-5000));
        const other = tagIn(foreign.output);
        assert.equal(await docker("image", "inspect", "--format", "{{.Architecture}}", other), "arm64");
        const own = readManifest(context).plugins.length + 1;
        assert.deepEqual((await inspect(other)).layers.slice(-own), layers.slice(-own));
    });

    it("contains a plugin folder that the sandbox's worker can run from", async function () {
        const cache = path.join(folder, "cache", "kafka-connect-platform");
        const runtime = path.dirname(await kafkaRuntime(kafkaVersion));
        fs.mkdirSync(path.dirname(path.join(cache, kafkaRuntimeName(kafkaVersion))), { recursive: true });
        fs.symlinkSync(runtime, path.join(cache, kafkaRuntimeName(kafkaVersion)));
        const built = path.join(folder, "built");
        fs.mkdirSync(built);
        await copyOut(tag, ["/opt/kafka/plugins"], built);
        for (const plugin of readManifest(context).plugins.filter(({ into }) => into === "plugins")) {
            const plugins = path.join(cache, pluginEntryName(context, plugin, kafkaVersion), "plugins");
            fs.cpSync(path.join(built, "plugins", plugin.name), path.join(plugins, plugin.name), { recursive: true });
            await recordFolder(plugins);
        }
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [path.join(projectFolder, "cli", "kcp.js"), "sandbox", "--once", "--file", stack],
            {
                cwd: projectFolder,
                encoding: "utf8",
                env: { ...process.env, XDG_CACHE_HOME: path.join(folder, "cache") },
            },
        );
        assert.equal(status, 0, stdout + stderr);
        assert.doesNotMatch(stdout, /downloading Kafka/);
        assert.match(stdout, /shoppostgres-shop-orders\.public\.orders {2}snapshot {2}\{"id":1,.*"kettle"/);
    });

    it("changes one layer when one plugin is bumped, with the checksum that pin records", async () => {
        const { layers } = await inspect(tag);
        const index = readManifest(context).plugins.findIndex(({ name }) => name === "debezium-mongodb");
        change((manifest) =>
            Object.assign(manifest.plugins[index].artifacts[0], {
                maven: "io.debezium:debezium-connector-mongodb:3.1.3.Final:tar.gz:plugin",
                sha512: "unpinned",
            }),
        );
        const refused = image();
        assert.equal(refused.status, 1);
        assert.match(
            refused.output,
            /no SHA-512 is recorded for\n {2}io\.debezium:debezium-connector-mongodb:3\.1\.3\.Final:tar\.gz:plugin\nRun: npm run plugins -- pin/,
        );
        assert.equal(run("plugins", "pin", context).status, 0);
        const bumped = image();
        assert.equal(bumped.status, 0, bumped.output.slice(-5000));
        assert.notEqual(tagIn(bumped.output), tag);
        const after = (await inspect(tagIn(bumped.output))).layers;
        const changed = layers
            .map((layer, at) => (layer === after[at] ? undefined : at))
            .filter((at) => at !== undefined);
        const first = layers.length - readManifest(context).plugins.length - 1;
        assert.deepEqual([after.length, changed], [layers.length, [first + index]]);
    });

    it("fails to build when a class is hidden from the worker or a file has another checksum", () => {
        const good = fs.readFileSync(path.join(context, "plugins.json"), "utf8");
        change(
            (manifest) =>
                (manifest.plugins.find(({ name }) => name === "transform-common")!.classes = [
                    "com.github.jcustenborder.kafka.connect.transform.common.ExtractTimestamp",
                ]),
        );
        const hidden = image();
        assert.equal(hidden.status, 1);
        assert.match(
            hidden.output,
            /index\.sh: com\.github\.jcustenborder\.kafka\.connect\.transform\.common\.ExtractTimestamp is not found as a plugin/,
        );
        fs.writeFileSync(path.join(context, "plugins.json"), good);
        change(
            (manifest) =>
                (manifest.plugins.find(({ name }) => name === "aws-msk-iam-auth")!.artifacts[0].sha512 = "0".repeat(
                    128,
                )),
        );
        const other = image();
        assert.equal(other.status, 1);
        assert.match(
            other.output,
            /aws-msk-iam-auth:2\.3\.5:jar:all has SHA-512 84c1fed9b13f[0-9a-f]+, wants 0{128}\. Nothing was unpacked/,
        );
    });
});
