/** Configuration of Pulumi's providers in a stack file. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { formatPath } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";

/** The paths of the warnings about a stack file with the given further lines. */
function warningsOf(lines: string): string[] {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stack-")), "Pulumi.dev.yaml");
    const settings = '  eks: { context: dev, region: eu-west-1 }\n  kafka: { bootstrapServers: "kafka:9092" }\n';
    fs.writeFileSync(file, `config:\n${settings}${lines}`);
    return loadStack(readStack("dev", file), "dev", file).warnings.map(
        ({ code, path }) => `${code} ${formatPath(path)}`,
    );
}

describe("the configuration of a provider in a stack file", () => {
    it("is reported where the platform's provider does not read it", () => {
        assert.deepEqual(warningsOf("  aws:regoin: eu-west-1\n  kubernetes:context: dev\n  gcp:project: x\n"), [
            'KCP_UNUSED_SETTING "aws:regoin"',
            'KCP_UNUSED_SETTING "kubernetes:context"',
            'KCP_UNUSED_SETTING "gcp:project"',
        ]);
    });

    it("is reported where its region is not that of the platform", () => {
        assert.deepEqual(warningsOf("  aws:region: eu-central-1\n"), ['KCP_UNUSED_SETTING "aws:region"']);
        assert.deepEqual(warningsOf("  aws:region: eu-west-1\n"), []);
    });

    it("is accepted where Pulumi or a default provider reads it", () => {
        assert.deepEqual(warningsOf("  docker:host: unix:///run/docker.sock\n  pulumi:tags: { team: data }\n"), []);
    });
});
