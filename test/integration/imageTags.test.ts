/**
 * ConnectImage on the real engine, with a registry that has ECR's rules: an immutable tag is never pushed twice, and a
 * repository that has images is deleted only by force. Requires pulumi, pulumi-language-nodejs and
 * pulumi-resource-kubernetes.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ConnectImageArgs } from "../../components/connectImage";
import { projectFolder } from "../../src/util/project";
import { EngineProject, summary } from "./project";
import { skipUnlessAvailable } from "./requirements";

const program = `
import { Provider } from "@pulumi/aws/provider";
import { ConnectImage } from "./components/connectImage";

const aws = new Provider("aws", { region: "eu-west-1" });
const image = new ConnectImage("connect", JSON.parse(process.env.TEST_IMAGE!), { providers: [aws] });
export const digest = image.digest;
`;

interface Registry {
    repositories: Record<string, Record<string, string>>;
    pushes: number;
    tokens: number;
    interrupt?: boolean;
    denyList?: boolean;
}

describe("the image in ECR", function () {
    this.timeout(300_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-tags-"));
    const file = path.join(folder, "registry.json");
    let project: EngineProject;
    let script: string;

    const registry = (): Registry => JSON.parse(fs.readFileSync(file, "utf8"));
    const setRegistry = (changes: Partial<Registry>): void =>
        fs.writeFileSync(file, JSON.stringify({ ...registry(), ...changes }));
    const image = (args: ConnectImageArgs = {}): void => {
        process.env.TEST_IMAGE = JSON.stringify({ repository: "data/connect", ...args });
    };
    const digest = async (): Promise<string> => (await project.pulumi(["stack", "output", "digest"])).trim();

    before(async function () {
        skipUnlessAvailable(this, "engine");
        const provider = path.join(projectFolder, "test", "support", "registryProvider.cjs");
        project = new EngineProject("dev", { aws: provider, docker: provider });
        fs.writeFileSync(path.join(project.program, "index.ts"), program);
        fs.writeFileSync(project.stackFile, "config: {}\n");
        fs.writeFileSync(file, JSON.stringify({ repositories: {}, pushes: 0, tokens: 0 }));
        process.env.TEST_REGISTRY = file;
        image();
        script = path.join(project.program, "docker", "connect", "fetch.sh");
        await project.pulumi(["stack", "init"]);
    });
    after(() => {
        delete process.env.TEST_IMAGE;
        delete process.env.TEST_REGISTRY;
        project?.remove();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("is not pushed again after an `up` that was interrupted after the push", async () => {
        setRegistry({ interrupt: true });
        assert.match(await project.up("fails"), /interrupted after the push/);
        setRegistry({ interrupt: false });
        await project.up();
        assert.equal(registry().pushes, 1);
        const [pushed] = Object.values(registry().repositories["data/connect"]);
        assert.match(await digest(), new RegExp(`/data/connect@${pushed}$`));
        await project.up("succeeds", "--expect-no-changes");
    });

    it("is pushed with another tag when a file of the build changes, and not again when that is reverted", async () => {
        const [original, first] = [fs.readFileSync(script, "utf8"), await digest()];
        fs.appendFileSync(script, "# changed\n");
        await project.up();
        assert.equal(registry().pushes, 2);
        assert.notEqual(await digest(), first);
        await project.up("succeeds", "--expect-no-changes");
        fs.writeFileSync(script, original);
        await project.up();
        assert.equal(registry().pushes, 2);
        assert.equal(await digest(), first);
    });

    it("is not built again when a mirror changes", async () => {
        fs.appendFileSync(script, "# built by this stack\n");
        await project.up();
        image({ mirrors: { maven: "https://mirror.example/maven" } });
        const output = await project.up();
        assert.doesNotMatch(output, /docker:index:Image/);
        assert.equal(registry().pushes, 3);
    });

    it("keeps its repository while an existing image is used, and when it is built again", async () => {
        const [existing, before] = [await digest(), registry()];
        image({ existing });
        const output = await project.up();
        assert.doesNotMatch(output, /aws:ecr:Repository/);
        assert.match(output, /docker:index:Image .* deleted/);
        assert.equal(await digest(), existing);
        image();
        await project.up();
        assert.equal(await digest(), existing);
        assert.deepEqual(registry(), before);
    });

    it("can be previewed, with a warning, by a role that may not list images", async () => {
        setRegistry({ denyList: true });
        const output = await project.pulumi(["preview"]);
        assert.match(output, /The images of data\/connect cannot be listed \(ecr:ListImages\)/);
        assert.match(summary(output).join(), /^\d+ unchanged$/);
        setRegistry({ denyList: false });
    });

    it("needs a token of ECR only to be pushed", () => assert.equal(registry().tokens, registry().pushes));

    it("is kept by a destroy, and by the removal of the build, which say how to delete it", async () => {
        const before = registry();
        const refused = /set image\.build\.forceDelete: true and run pulumi up before deleting the images/;
        assert.match(await project.pulumi(["destroy", "--yes", "--skip-preview"], "fails"), refused);
        fs.writeFileSync(path.join(project.program, "index.ts"), "export const digest = 'none';\n");
        assert.match(await project.pulumi(["preview"], "fails"), refused);
        fs.writeFileSync(path.join(project.program, "index.ts"), program);
        assert.deepEqual(registry(), before);
    });

    it("is deleted with its repository on request", async () => {
        image({ forceDelete: true });
        await project.up();
        await project.pulumi(["destroy", "--yes", "--skip-preview"]);
        assert.deepEqual(registry().repositories, {});
    });
});
