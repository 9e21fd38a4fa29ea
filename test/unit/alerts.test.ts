import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { connectRuleGroups, kafkaRuleGroups, recordingGroups, ruleFile } from "../../src/metrics/alerts/ruleFiles";
import { onPath } from "../../src/local/tools";
import { projectFolder } from "../../src/util/project";
import { alertCases } from "../support/alertCases";
import { alertTable } from "../support/alertTable";

const options = {
    cluster: { namespace: "n", name: "c", replicas: 2 },
    slotWalBudgetGiB: 20,
    slo: { freshnessSeconds: 60, objective: 0.99 },
};
const groups = [...connectRuleGroups(options), ...kafkaRuleGroups(options)];
const rules = groups.flatMap((group) => group.rules);

/** One test of promtool: the number of firing alerts with these labels at a minute. */
function promtoolTest(alert: string, input: Record<string, string>, at: number, firing?: Record<string, string>) {
    const labels = Object.entries({ alertname: alert, alertstate: "firing", ...firing });
    return {
        interval: "1m",
        input_series: Object.entries(input).map(([series, values]) => ({ series, values })),
        promql_expr_test: [
            {
                expr: `count(ALERTS{${labels.map(([label, value]) => `${label}="${value}"`).join(",")}})`,
                eval_time: `${at}m`,
                exp_samples: firing ? [{ labels: "{}", value: 1 }] : [],
            },
        ],
    };
}

describe("the alert rules", function () {
    this.timeout(60_000);
    let folder: string;
    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "alerts-"));
        fs.writeFileSync(path.join(folder, "rules.yaml"), ruleFile([...recordingGroups(options), ...groups]));
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it("have unique names", () => {
        assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    });

    it("are each tested", () => {
        assert.deepEqual(
            [...new Set(alertCases.map(({ alert }) => alert))].sort(),
            rules.map(({ alert }) => alert).sort(),
        );
    });

    it("are each tested with series for which they stay silent", () => {
        assert.deepEqual(
            alertCases.filter(({ silent }) => Object.keys(silent).length === 0),
            [],
        );
    });

    it("have alerts for slots only with a budget, and absence only for a named cluster", () => {
        const names = connectRuleGroups({}).flatMap((group) => group.rules.map(({ alert }) => alert));
        assert.deepEqual(
            names.filter((name) => /Slot|Absent|Missing/.test(name)),
            [],
        );
    });

    it("are all listed in docs/monitoring.md", () => {
        const page = fs.readFileSync(path.join(projectFolder, "docs", "monitoring.md"), "utf8");
        for (const row of alertTable().split("\n")) assert.ok(page.includes(row), `docs/monitoring.md lacks: ${row}`);
    });

    for (const { alert, fires, firesToo = {}, labels, silent, at = 60 } of alertCases) {
        const causes = Object.keys(firesToo).map((cause) => `, also when ${cause}`);
        it(`${alert} fires${causes.join("")}, and is silent when ${Object.keys(silent).join("; ")}`, function () {
            if (!onPath("promtool")) {
                console.log("    skipped: no promtool on PATH (Debian: prometheus)");
                this.skip();
            }
            const tests = [
                ...[fires, ...Object.values(firesToo)].map((input) => promtoolTest(alert, input, at, labels)),
                ...Object.values(silent).map((input) => promtoolTest(alert, input, at)),
            ];
            const file = path.join(folder, `${alert}.yaml`);
            fs.writeFileSync(file, YAML.stringify({ rule_files: ["rules.yaml"], evaluation_interval: "1m", tests }));
            const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { encoding: "utf8" });
            assert.equal(status, 0, stdout + stderr);
        });
    }
});
