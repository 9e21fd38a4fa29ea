import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { connectRuleGroups, defaultRunbookUrl, kafkaRuleGroups } from "../../src/metrics/alerts/ruleFiles";
import { projectFolder } from "../../src/util/project";

const folder = path.join(projectFolder, defaultRunbookUrl);
const options = {
    cluster: { namespace: "n", name: "c", replicas: 2 },
    slotWalBudgetGiB: 20,
    slo: { freshnessSeconds: 60, objective: 0.99 },
};
const rules = [...connectRuleGroups(options), ...kafkaRuleGroups(options)].flatMap((group) => group.rules);
const pages = fs.readdirSync(folder).filter((file) => file !== "README.md");
const read = (file: string): string => fs.readFileSync(path.join(folder, file), "utf8");

describe("the runbooks", () => {
    for (const { alert, annotations } of rules)
        it(`${alert} links to a page`, () => {
            const { runbook_url: url } = annotations as { runbook_url: string };
            assert.ok(fs.existsSync(path.join(projectFolder, url)), url);
        });

    it("can be linked to at a configured address", () => {
        const [group] = connectRuleGroups({ runbookUrl: "https://git.example.com/runbooks" });
        const { runbook_url: url } = group.rules[0].annotations as { runbook_url: string };
        assert.equal(url, "https://git.example.com/runbooks/connector-failed.md");
    });

    it("begin with what the reader sees, then how to look, then the fix", () => {
        for (const page of pages)
            assert.match(read(page), /^# .+\n\n\*\*You see\*\* [^]*\n## Look\n[^]*\n## Fix\n/, page);
    });

    it("are all listed in their index", () => {
        const index = read("README.md");
        assert.deepEqual(
            pages.filter((page) => !index.includes(`(${page})`)),
            [],
        );
    });

    it("are all rehearsed: the title of an integration test names the page", () => {
        const suites = path.join(projectFolder, "test", "integration");
        const titles = fs
            .readdirSync(suites)
            .filter((file) => file.endsWith(".test.ts"))
            .flatMap((file) => [...fs.readFileSync(path.join(suites, file), "utf8").matchAll(/ it\("([^":]+): /g)])
            .flatMap(([, named]) => named.split(/, | and /));
        const rehearsed = pages.filter((page) => titles.includes(path.basename(page, ".md")));
        assert.deepEqual(
            pages.filter((page) => !rehearsed.includes(page)),
            [],
        );
    });

    it("link to pages that exist", () => {
        for (const page of ["README.md", ...pages])
            for (const [, target] of read(page).matchAll(/\]\(([^)#]+\.md)\)/g))
                assert.ok(fs.existsSync(path.join(folder, target)), `${page}: ${target}`);
    });
});
