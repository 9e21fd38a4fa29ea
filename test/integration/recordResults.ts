/**
 * Mocha root hooks that append what became of each test to the file that TEST_RESULTS names, one JSON object a line.
 * `verifySuites.ts` reads it: a suite that was skipped although the machine has what it needs fails the run.
 */
import * as fs from "node:fs";
import * as path from "node:path";

export const mochaHooks = {
    afterEach(this: Mocha.Context) {
        record(this.currentTest);
    },
    afterAll(this: Mocha.Context) {
        // tests of a suite that its `before` skipped run no afterEach
        const root = this.test?.parent;
        root?.eachTest((test) => {
            if (test.isPending()) record(test);
        });
    },
};

const recorded = new Set<string>();

function record(test: Mocha.Test | undefined): void {
    const file = process.env.TEST_RESULTS;
    if (!file || !test?.file) return;
    const key = `${test.file} ${test.fullTitle()}`;
    if (recorded.has(key)) return;
    recorded.add(key);
    const state = test.isPending() ? "skipped" : test.state;
    fs.appendFileSync(file, `${JSON.stringify({ suite: path.basename(test.file, ".test.ts"), state })}\n`);
}
