/**
 * The image as the program itself builds it: by docker.Image of the real provider, pushed to a real registry on
 * loopback. It requires pulumi, pulumi-language-nodejs, pulumi-resource-kubernetes and the real pulumi-resource-docker
 * on PATH, a Docker Engine, Debian's docker-registry and skopeo. The Kubernetes objects are written as files, so that
 * no cluster is needed.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { contentTag } from "../../src/image/content";
import { docker } from "../../src/image/docker";
import { dockerfile } from "../../src/image/dockerfile";
import { readManifest } from "../../src/image/manifest";
import { formatted } from "../../src/image/pin";
import { sha512 as sha512Of } from "../../src/util/data";
import { freePort } from "../../src/local/ports";
import { projectFolder } from "../../src/util/project";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { skipUnlessAvailable } from "./requirements";
import { baseImage, makeStandIns, mavenImage, whyNoStandIns } from "./stubImages";
import { onPath } from "./support";

const program = `
import { Image } from "@pulumi/docker/image";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { ConnectCluster } from "./components/connectCluster";
import { ConnectImage } from "./components/connectImage";
import { connectClusterArgs, imageArgs } from "./src/program/componentArgs";
import { currentStackSettings } from "./src/stack/pulumiConfig";
import { skipUnlessAvailable } from "./requirements";

const settings = currentStackSettings();
const { registry } = settings.image!.build!;
const builtImage = new ConnectImage("image", { ...imageArgs(settings), protect: false });
const provider = new Provider("files", { renderYamlToDirectory: process.env.TEST_RENDERED });
new ConnectCluster(
    "connect",
    connectClusterArgs(settings, { builtImage, image: builtImage.digest, roleArn: undefined }),
    { provider },
);
// the token of a registry is another one each time
new Image("login", {
    imageName: \`\${registry}-login:1\`,
    build: { context: "login" },
    registry: {
        server: registry.split("/")[0],
        username: "AWS",
        password: pulumi.secret(process.env.TEST_TOKEN!),
    },
});
export const digest = builtImage.digest;
`;

/** A provider plugin that is a real program, not a script in its place. */
function isReal(command: string): boolean {
    const file = spawnSync("which", [command], { encoding: "utf8" }).stdout.trim();
    return file !== "" && fs.readFileSync(file).subarray(0, 4).toString("latin1") === "\x7fELF";
}

describe("the image, built and pushed by the program", function () {
    this.timeout(1_200_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-push-"));
    const project = path.join(folder, "project");
    const context = path.join(project, "docker", "connect");
    const rendered = path.join(folder, "rendered");
    let registry: string;
    let server: ChildProcess | undefined;
    let token = 0;

    function pulumi(...args: string[]): string {
        const env = {
            ...process.env,
            TEST_RENDERED: rendered,
            TEST_TOKEN: `token ${++token}`,
            PULUMI_BACKEND_URL: `file://${folder}`,
            PULUMI_HOME: path.join(folder, "home"),
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive", "--color", "never"], {
            cwd: project,
            env,
            encoding: "utf8",
            maxBuffer: 64 << 20,
        });
        assert.equal(status, 0, `pulumi ${args.join(" ")}\n${stdout}${stderr}`.slice(-8000));
        return `${stdout}${stderr}`;
    }
    const output = (name: string): string => pulumi("stack", "output", name, "--stack", "dev").trim();

    /** Writes the manifest and its Dockerfile. */
    function writeManifest(plugins: object[], sha512: string): void {
        fs.writeFileSync(
            path.join(context, "plugins.json"),
            formatted({ plugins, truststore: { file: "bundle.pem", sha512 } }),
        );
        fs.writeFileSync(path.join(context, "Dockerfile"), dockerfile(readManifest(context)));
    }
    const own = { name: "own", license: "MIT", classes: [], artifacts: [{ folder: "own" }] };

    before(async function () {
        const wanted = [
            "pulumi",
            "pulumi-language-nodejs",
            "pulumi-resource-kubernetes",
            "docker-registry",
            "skopeo",
        ].map((command) => (onPath(command) ? undefined : `no ${command} on PATH`));
        skipUnlessAvailable(
            this,
            ...wanted.map((missing) => ({ missing })),
            { missing: isReal("pulumi-resource-docker") ? undefined : "no pulumi-resource-docker on PATH" },
            "docker",
            { missing: whyNoStandIns() },
        );
        await makeStandIns(defaultKafkaVersion(strimziRelease(defaultStrimziVersion)));
        await docker("tag", baseImage, `${baseImage}-newer`);
        fs.cpSync(projectFolder, project, {
            recursive: true,
            filter: (source) => !/\/(node_modules|\.git|rendered)$/.test(source),
        });
        fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(project, "node_modules"));
        fs.writeFileSync(path.join(project, "index.ts"), program);
        fs.mkdirSync(path.join(project, "login"));
        fs.writeFileSync(path.join(project, "login", "Dockerfile"), `FROM ${baseImage}\n`);

        const certificate = execFileSync(
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
                "1000",
                "-subj",
                "/CN=Stand-in",
            ],
            { stdio: ["ignore", "pipe", "ignore"] },
        );
        fs.writeFileSync(path.join(context, "bundle.pem"), certificate);
        fs.mkdirSync(path.join(context, "own"));
        fs.writeFileSync(path.join(context, "own", "readme.txt"), "first\n");
        writeManifest(
            [own, readManifest(context).plugins.find(({ name }) => name === "aws-msk-iam-auth")!],
            sha512Of(certificate),
        );

        const port = await freePort();
        const config = path.join(folder, "registry.yml");
        fs.writeFileSync(
            config,
            YAML.stringify({
                version: 0.1,
                storage: { filesystem: { rootdirectory: path.join(folder, "registry") } },
                http: { addr: `127.0.0.1:${port}` },
            }),
        );
        server = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
        registry = `127.0.0.1:${port}/kafka-connect`;
        writeStack(baseImage);
        pulumi("stack", "init", "dev");
    });
    after(() => {
        server?.kill();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    const writeStack = (base: string): void => {
        const groups = {
            image: { build: { registry, baseImage: base, mavenImage } },
            secrets: { provider: "file" },
            kafka: { bootstrapServers: "localhost:9092" },
        };
        fs.writeFileSync(
            path.join(project, "Pulumi.dev.yaml"),
            YAML.stringify({
                config: Object.fromEntries(
                    Object.entries(groups).map(([key, value]) => [`kafka-connect-platform:${key}`, value]),
                ),
            }),
        );
    };

    const imageOfConnect = (): string => {
        const files = fs
            .readdirSync(rendered, { recursive: true, encoding: "utf8" })
            .filter((file) => /kafkaconnect-/.test(file));
        assert.equal(files.length, 1, String(files));
        return YAML.parse(fs.readFileSync(path.join(rendered, files[0]), "utf8")).spec.image;
    };

    it("is in the registry under the digest that the KafkaConnect refers to", () => {
        pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
        const digest = output("digest");
        assert.match(digest, new RegExp(`^${registry}@sha256:[0-9a-f]{64}$`));
        assert.equal(imageOfConnect(), digest);
        const pushed = JSON.parse(
            execFileSync("skopeo", ["inspect", "--tls-verify=false", `docker://${digest}`], { encoding: "utf8" }),
        );
        assert.equal(pushed.Digest, digest.split("@")[1]);
        assert.match(pushed.Labels["kafka-connect-platform.aws-msk-iam-auth"], /^2\.3\.5 /);
        const tags = JSON.parse(
            execFileSync("skopeo", ["list-tags", "--tls-verify=false", `docker://${registry}`], { encoding: "utf8" }),
        ).Tags as string[];
        assert.equal(tags.length, 1);
        // a tag of another length than the content's would be another function's
        assert.equal(tags[0].length, contentTag(context, {}).length);
    });

    it("shows no change in a preview when only the registry's token is another one", () => {
        pulumi("preview", "--stack", "dev", "--expect-no-changes");
    });

    it("has a preview that shows why it is rebuilt: a base image, a plugin", () => {
        writeStack(`${baseImage}-newer`);
        assert.match(
            pulumi("preview", "--stack", "dev", "--diff"),
            /~ baseImage\s*: "stand-in\/kafka:1" => "stand-in\/kafka:1-newer"/,
        );
        writeStack(baseImage);
        fs.writeFileSync(path.join(context, "own", "readme.txt"), "second\n");
        const preview = pulumi("preview", "--stack", "dev");
        assert.match(preview, /index:ConnectImage image update \[diff: ~own\]/);
        assert.match(
            pulumi("preview", "--stack", "dev", "--diff"),
            /~ own\s*: "own [0-9a-f]{12}" => "own [0-9a-f]{12}"/,
        );
    });

    it("is pushed again with another digest, and the first one remains available", () => {
        const before = output("digest");
        pulumi("up", "--yes", "--skip-preview", "--stack", "dev");
        const after = output("digest");
        assert.notEqual(after, before);
        assert.equal(imageOfConnect(), after);
        execFileSync("skopeo", ["inspect", "--tls-verify=false", `docker://${before}`]);
    });
});
