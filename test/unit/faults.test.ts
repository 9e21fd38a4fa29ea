import assert from "node:assert/strict";
import * as net from "node:net";
import { chooseScenarios } from "../../cli/faults/faults";
import { balance, type ArrivedRecord, type Change } from "../../cli/faults/ledger";
import { faultsPage } from "../../cli/faults/page";
import { scenarios } from "../../cli/faults/scenarios/scenarios";
import { backoffMs } from "../../cli/faults/autoRestart";
import { clockFactor, fasterRules } from "../../cli/faults/fasterRules";
import { inTurn } from "../../cli/faults/schedule";
import { isAbout } from "../../cli/faults/watchReports";
import { connectRuleGroups } from "../../src/metrics/alerts/ruleFiles";
import { NetworkProxy } from "../../src/local/networkProxy";

const change = (id: number, operation: Change["operation"], version = 0): Change => ({ id, operation, version });
const record = (id: number, operation: string, version?: number): ArrivedRecord => ({ id, operation, version });

describe("a ledger", () => {
    it("is balanced when every change arrives once, in its order", () => {
        const result = balance(
            [change(1, "c"), change(1, "u", 1), change(1, "d", 1)],
            [record(1, "c", 0), record(1, "u", 1), record(1, "d")],
        );
        assert.deepEqual(result, { sent: 3, arrived: 3, lost: 0, skipped: 0, duplicated: 0, outOfOrder: 0, ghosts: 0 });
    });

    it("counts changes that did not arrive", () => {
        assert.equal(balance([change(1, "c"), change(2, "c")], [record(1, "c", 0)]).lost, 1);
    });

    it("counts a change that a snapshot skipped apart from one whose row is wrong", () => {
        const changes = [change(1, "c"), change(1, "u", 1), change(2, "c"), change(2, "u", 1)];
        const { lost, skipped } = balance(changes, [record(1, "r", 1), record(2, "c", 0)]);
        assert.deepEqual([lost, skipped], [1, 1]);
    });

    it("counts a repeated sequence as duplicates, not as records out of order", () => {
        const records = [record(1, "c", 0), record(1, "u", 1), record(1, "c", 0), record(1, "u", 1)];
        const { duplicated, outOfOrder } = balance([change(1, "c"), change(1, "u", 1)], records);
        assert.deepEqual([duplicated, outOfOrder], [2, 0]);
    });

    it("counts an older version after a newer one as out of order", () => {
        assert.equal(balance([], [record(1, "u", 1), record(1, "c", 0)]).outOfOrder, 1);
    });

    it("counts rows that the records describe and the table does not have", () => {
        assert.equal(balance([change(2, "c")], [record(1, "r", 0), record(2, "r", 0)]).ghosts, 1);
    });

    it("takes a row of a snapshot for the insert that it shows", () => {
        assert.equal(balance([change(1, "c")], [record(1, "r", 0)]).lost, 0);
    });
});

describe("the scenarios", () => {
    it("are chosen by name, or as those of the night", () => {
        assert.deepEqual(
            chooseScenarios({ only: ["slot"] }).map(({ name }) => name),
            ["slot"],
        );
        assert.ok(chooseScenarios({ nightly: true }).length < scenarios.length);
        assert.throws(() => chooseScenarios({ only: ["slott"] }), /no scenario "slott"; did you mean "slot"/);
    });

    it("run one after the other, and beside others only when they break nothing that those use", async () => {
        const running = new Set<string>();
        const together = new Map<string, string[]>();
        await inTurn(scenarios, async ({ name }) => {
            running.add(name);
            await new Promise((resolve) => setTimeout(resolve, 1));
            together.set(name, [...running]);
            running.delete(name);
        });
        assert.equal(together.size, scenarios.length);
        for (const { name, isIsolated } of scenarios) if (!isIsolated) assert.deepEqual(together.get(name), [name]);
        assert.ok([...together.values()].some((names) => names.length > 1));
    });

    it("make a page that marks what nothing reported", () => {
        const outcome = {
            scenario: "topic",
            sent: 3,
            arrived: 1,
            lost: 2,
            skipped: 0,
            duplicated: 0,
            outOfOrder: 0,
            ghosts: 0,
        };
        const page = faultsPage([{ ...outcome, seconds: 61, reported: [] }], scenarios, "Debezium 3.7", 9);
        assert.match(page, /\| 3 \| 1 \| 2 \| 0 \| 0 \| 0 \| 0 \| 61 \| \*\*nothing\*\* \|/);
        assert.match(page, /kcp snapshot/);
    });
});

describe("the alerts of a scenario", () => {
    const rules = (groups: ReturnType<typeof connectRuleGroups>) =>
        new Map(groups.flatMap((group) => group.rules.map((rule) => [rule.alert, rule])));

    it("have shorter windows, steps, offsets and durations, and are the same otherwise", () => {
        const groups = connectRuleGroups({ slotWalBudgetGiB: 1 });
        const faster = rules(fasterRules(groups));
        assert.deepEqual([...faster.keys()], [...rules(groups).keys()]);
        assert.equal(clockFactor, 20);
        assert.equal(faster.get("KafkaConnectTaskFailed")!.for, "15000ms");
        assert.match(faster.get("KafkaConnectRestartLoop")!.expr, /\[180000ms:1500ms\]/);
        assert.equal(faster.get("KafkaConnectRestartLoop")!.for, "0s");
        assert.match(faster.get("KafkaConnectErrorsTolerated")!.expr, /offset 30000ms.*\[30000ms\]/);
    });

    it("are about its connector or its slot; those for the whole cluster only when it runs alone", () => {
        const watched = { connectors: ["a"], slot: "dbz_a", wholeCluster: false };
        const about = (labels: Record<string, string>) => isAbout({ labels }, watched);
        assert.ok(about({ connector: "a" }) && about({ server: "a" }) && about({ slot_name: "dbz_a", server: "x" }));
        assert.ok(!about({ connector: "b" }) && !about({ slot_name: "dbz_b", server: "a" }) && !about({}));
        assert.ok(isAbout({ labels: {} }, { ...watched, wholeCluster: true }));
    });

    it("see restarts in Strimzi's intervals of n² + n minutes", () => {
        assert.deepEqual(
            [0, 1, 2, 3].map((count) => (backoffMs(count) * clockFactor) / 60_000),
            [0, 2, 6, 12],
        );
    });
});

describe("a network that can be cut", () => {
    it("passes data, breaks its connections when it is cut, and accepts new ones when it is restored", async () => {
        const echo = net.createServer((socket) => socket.pipe(socket));
        await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
        const proxy = await NetworkProxy.start((echo.address() as net.AddressInfo).port);
        const answer = () =>
            new Promise<string>((resolve) => {
                const socket = net.connect(proxy.port, "127.0.0.1", () => socket.write("x"));
                socket.once("data", (data) => resolve(String(data)));
                socket.once("close", () => resolve("closed"));
                socket.on("error", () => undefined);
            });
        try {
            assert.equal(await answer(), "x");
            proxy.cut();
            assert.equal(await answer(), "closed");
            proxy.restore();
            assert.equal(await answer(), "x");
        } finally {
            proxy.stop();
            echo.close();
        }
    });
});
