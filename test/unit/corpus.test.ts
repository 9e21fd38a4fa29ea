/** Wrong and unusual stack files of test/corpus, each with the code and path of what is reported. */
import assert from "node:assert/strict";
import { formatPath, SettingsError, type Issue } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { corpus, notationCorpus } from "../support/corpus";

const named = (issues: readonly Issue[]): string[] => issues.map(({ code, path }) => `${code} ${formatPath(path)}`);

/** The errors of a stack, and its warnings where it has no error. */
function reported(raw: Readonly<Record<string, unknown>>): { errors: string[]; warnings: string[] } {
    try {
        return { errors: [], warnings: named(loadStack(raw, "test").warnings) };
    } catch (error) {
        if (error instanceof SettingsError) return { errors: named(error.issues), warnings: [] };
        throw error;
    }
}

describe("the corpus of stack files", () => {
    const areas = corpus();
    for (const [area, cases] of Object.entries(areas))
        it(`has the expected errors and warnings of ${area}`, () => {
            const failures = cases.flatMap(({ raw, errors, warnings }) => {
                const found = reported(raw);
                const expected = { errors, warnings: warnings ?? found.warnings };
                const same = JSON.stringify(found) === JSON.stringify(expected);
                return same ? [] : [{ raw: JSON.stringify(raw), expected, found }];
            });
            assert.deepEqual(failures, []);
        }).timeout(60_000);

    it("has at least 400 wrong and 100 good stack files", () => {
        const all = Object.values(areas).flat();
        const notation = notationCorpus();
        const wrong = all.filter(({ errors }) => errors.length > 0).length;
        const good = all.length - wrong + notation.valid.length;
        assert.ok(wrong + Object.values(notation.errors).flat().length >= 400, String(wrong));
        assert.ok(good >= 100, String(good));
    });
});
