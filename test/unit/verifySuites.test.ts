import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";
import { testVariables } from "../integration/requirements";
import { nextSuite, startOrder } from "../integration/runSuites";
import { suites } from "../integration/suites";
import { problems, type Result } from "../integration/verifySuites";

describe("the check of integration suites", () => {
    const files = Object.keys(suites);
    const passed: Result[] = files.map((suite) => ({ suite, state: "passed" }));
    const everything = [...new Set(Object.values(suites).flat())];

    it("accepts a run in which every suite passed", () => assert.deepEqual(problems(passed, everything, files), []));

    it("accepts skipped suites on a machine without their tools", () => {
        const withoutTools = passed.filter(({ suite }) => suites[suite].length === 0);
        assert.deepEqual(problems(withoutTools, [], files), []);
    });

    it("reports a suite that was skipped although its tools are there", () => {
        const results = passed.map((item) => (item.suite === "acls" ? { ...item, state: "skipped" } : item));
        assert.deepEqual(problems(results, ["java", "mvn", "openssl"], files), [
            "acls ran no test, although the machine has java, mvn, openssl",
        ]);
    });

    it("reports a test file that is not listed", () => {
        assert.deepEqual(problems(passed, [], [...files, "forgotten"]), [
            "forgotten.test.ts is not listed in suites.ts",
        ]);
    });
});

describe("the order of integration suites", () => {
    it("begins with the longest suites", () => {
        assert.deepEqual(startOrder(["acls", "metrics", "status"]), ["status", "metrics", "acls"]);
    });

    it("runs one suite at a time on the cluster, and others beside it", () => {
        assert.equal(nextSuite(["engine", "adoption", "acls"], ["status"]), "acls");
        assert.equal(nextSuite(["engine", "adoption"], ["status"]), undefined);
        assert.equal(nextSuite(["engine", "adoption"], ["acls"]), "engine");
    });
});

describe("the testing page", () => {
    it("describes every variable that integration tests read", () => {
        const page = fs.readFileSync(path.join(projectFolder, "docs", "testing.md"), "utf8");
        const described = [...page.matchAll(/^\| `(TEST_\w+)` \|/gm)].map(([, name]) => name);
        assert.deepEqual(described, Object.keys(testVariables));
    });
});
