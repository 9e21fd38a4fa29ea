import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { defaultStrimziVersion, strimziRelease, strimziVersions } from "../../src/release/releases";
import { projectFolder } from "../../src/util/project";

const folder = path.join(projectFolder, ".github", "workflows");
const files = fs.readdirSync(folder).map((file) => path.join(folder, file));
const read = (file: string): string => fs.readFileSync(path.join(projectFolder, file), "utf8");

/** The problems that GitHub's language service finds in each file. */
function lint(...paths: string[]): Record<string, string[]> {
    const tsx = path.join(projectFolder, "node_modules", "tsx", "dist", "cli.mjs");
    return JSON.parse(
        execFileSync(process.execPath, [tsx, path.join(__dirname, "..", "support", "lintWorkflows.mts"), ...paths], {
            encoding: "utf8",
        }),
    );
}

describe("workflows", () => {
    it("have no problem that GitHub's language service finds", () => {
        assert.deepEqual(lint(...files), Object.fromEntries(files.map((file) => [file, []])));
    });

    it("are checked: a planted problem is found", () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "workflow-")), "x.yml");
        fs.writeFileSync(
            file,
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n" +
                "      - run: echo ${{ github.evnt }}\n        wth: 1\n",
        );
        assert.equal(lint(file)[file].length, 2);
    });

    for (const file of files) {
        it(`${path.basename(file)} pins every action to a commit`, () => {
            const uses = [...fs.readFileSync(file, "utf8").matchAll(/uses:\s*(\S+)/g)].map(([, action]) => action);
            assert.ok(uses.length > 0);
            for (const action of uses) assert.match(action, /@[0-9a-f]{40}$|^\.\/\.github\/workflows\/[\w-]+\.yml$/);
        });
    }

    it("have a session that is as long as the job", () => {
        const stack = read(".github/workflows/stack.yml");
        const [, seconds] = /role-duration-seconds: (\d+)/.exec(stack)!;
        const [, minutes] = /timeout-minutes: (\d+)/.exec(stack)!;
        assert.equal(Number(seconds), Number(minutes) * 60);
    });

    it("update one stack at a time, and hold up no other", () => {
        const { jobs } = YAML.parse(read(".github/workflows/deploy.yml"));
        assert.deepEqual(jobs.deploy.concurrency, { group: "deploy-${{ matrix.stack }}", "cancel-in-progress": false });
    });

    it("use the Node.js version of .nvmrc, which package.json allows", () => {
        for (const file of files) assert.doesNotMatch(fs.readFileSync(file, "utf8"), /node-version:/, file);
        const [, minimum] = />=(\d+)/.exec(JSON.parse(read("package.json")).engines.node)!;
        assert.ok(Number(read(".nvmrc").trim()) >= Number(minimum));
    });

    it("take the notes of the current version from the changelog", () => {
        const { version } = JSON.parse(read("package.json"));
        assert.match(read("CHANGELOG.md"), new RegExp(`^## \\[(${version}|Unreleased)\\]`, "m"));
    });
});

describe("renovate.json", () => {
    interface Manager {
        description: string;
        managerFilePatterns: string[];
        matchStrings: string[];
    }
    const managers: Manager[] = JSON.parse(read("renovate.json")).customManagers;
    const matchesIn = (file: string, ofManager: RegExp): { depName?: string; currentValue: string }[] => {
        const found = managers.filter(
            ({ description, managerFilePatterns: [pattern] }) =>
                ofManager.test(description) && new RegExp(pattern.slice(1, -1)).test(file),
        );
        return found.flatMap(({ matchStrings }) =>
            matchStrings.flatMap((pattern) =>
                [...read(file).matchAll(new RegExp(pattern, "g"))].map(({ groups }) => groups as never),
            ),
        );
    };

    it("knows every plugin that has a version in a public registry", () => {
        const manifest = JSON.parse(read("docker/connect/plugins.json"));
        const artifacts = manifest.plugins.flatMap(
            ({ artifacts: own }: { artifacts: { maven?: string; url?: string; confluentHub?: string }[] }) => own,
        );
        const names = matchesIn("docker/connect/plugins.json", /^Plugins/).map(
            ({ depName, currentValue }) => `${depName} ${currentValue}`,
        );
        // Renovate has no data source for Confluent Hub
        for (const { maven, url, confluentHub } of artifacts)
            assert.ok(confluentHub || names.some((name) => name === nameOf(maven, url)), `${maven ?? url}`);
    });

    const nameOf = (maven = "", url = ""): string => {
        const [group, artifact, version] = maven.split(":");
        const [, repository, tag] = /github\.com\/([^/]+\/[^/]+)\/releases\/download\/([^/]+)/.exec(url) ?? [];
        return maven ? `${group}:${artifact} ${version}` : `${repository} ${tag}`;
    };

    it("knows the Kafka versions of the sandbox, the Strimzi version and the Pulumi version", () => {
        const kafka = matchesIn("src/local/runtimeChecksums.json", /^Kafka/).map(({ currentValue }) => currentValue);
        const kafkaVersions = strimziVersions.flatMap((version) => strimziRelease(version).kafkaVersions);
        assert.ok(kafka.length > 1 && kafka.every((version) => kafkaVersions.includes(version)), kafka.join());
        const [strimzi] = matchesIn("src/release/releases.ts", /Strimzi/);
        assert.equal(strimzi.currentValue, defaultStrimziVersion);
        assert.equal(matchesIn(".github/workflows/stack.yml", /Pulumi/).length, 1);
    });
});
