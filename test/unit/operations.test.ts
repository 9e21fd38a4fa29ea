import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { recordedStatus } from "../../src/operations/clusterTarget";
import { connectorReports, needsAttention } from "../../src/operations/connectorReport";
import { formatBytes } from "../../src/operations/lags";
import { runPlan } from "../../src/operations/plan";
import { openTunnel } from "../../src/operations/portForward";
import { readSandboxState, removeSandboxState, writeSandboxState } from "../../src/operations/sandboxState";
import { dropRefusal, offsetBehindSlot, slotReports, type Slot } from "../../src/operations/slots";
import { postgresConnector, settingsFrom, withConnectors } from "../support/stacks";

const slot: Slot = {
    name: "dbz_billingpostgres_billing_invoices",
    database: "billing",
    active: false,
    walStatus: "reserved",
    behindBytes: 0,
    retainedBytes: 0,
    confirmedLsn: "1/10",
};
const { connectors } = settingsFrom(withConnectors(postgresConnector({ config: { "snapshot.mode": "initial" } })));

describe("a plan", () => {
    const say: string[] = [];
    const step = (text: string, fails = false) => ({
        text,
        run: () => (fails ? Promise.reject(new Error("no")) : Promise.resolve(void say.push(`ran ${text}`))),
    });
    beforeEach(() => (say.length = 0));

    it("is only shown without --apply", async () => {
        assert.deepEqual(await runPlan([step("a")], false, (text) => say.push(text)), { applied: false, steps: ["a"] });
        assert.deepEqual(say, ["would a", "Nothing was changed. Add --apply to do it."]);
    });

    it("ends at the first step that fails, and reports what is done", async () => {
        const steps = [step("a"), step("b", true), step("c")];
        await assert.rejects(
            runPlan(steps, true, (text) => say.push(text)),
            /^Error: cannot b: no \(done before: a\)$/,
        );
        assert.deepEqual(say, ["ran a", "done: a"]);
    });
});

describe("the status of a connector", () => {
    it("is the operator's message where Connect has no such connector", () => {
        const conditions = [{ type: "NotReady", status: "True", message: "snapshot.mode is invalid" }];
        const status = recordedStatus({ metadata: { name: "a" }, status: { conditions } });
        assert.deepEqual(status.connector, { state: "FAILED", trace: "snapshot.mode is invalid" });
        assert.equal(recordedStatus({ metadata: { name: "a" } }).connector.state, "UNKNOWN");
    });

    it("names the line of the setting that an error names", () => {
        const { name } = connectors[0];
        const trace = "x.ConnectException: The 'snapshot.mode' value is invalid";
        const observed = [{ name, connector: { state: "RUNNING" }, tasks: [{ id: 0, state: "FAILED", trace }] }];
        const paths: string[] = [];
        const lineOf = (settingPath: readonly (string | number)[]) => paths.push(settingPath.join("."));
        const [report] = connectorReports(connectors, observed, new Map(), lineOf);
        assert.equal(report.error?.part, "task 0");
        assert.deepEqual(paths, ["connectors.0", "connectors.0.config.snapshot.mode"]);
        assert.ok(needsAttention(report));
    });
});

describe("a replication slot", () => {
    it("belongs to the connector that declares it in the same database", () => {
        const [own, other] = slotReports([slot, { ...slot, database: "other" }], connectors);
        assert.equal(own.owner, "billingpostgres-billing-invoices");
        assert.equal(other.owner, undefined);
    });

    it("is dropped only when nothing reads it, and an owned one only on request", () => {
        assert.match(dropRefusal(undefined, "x", false)!, /there is no slot x/);
        assert.match(dropRefusal({ ...slot, active: true }, "x", true)!, /is active/);
        assert.match(dropRefusal({ ...slot, owner: "a" }, "x", false)!, /belongs to a/);
        assert.equal(dropRefusal({ ...slot, owner: "a" }, "x", true), undefined);
    });

    it("cannot serve an offset before the one that it has confirmed", () => {
        const confirmed = 2 ** 32 + 16;
        assert.match(offsetBehindSlot({ lsn: confirmed - 1 }, slot)!, /the WAL between them is gone/);
        assert.equal(offsetBehindSlot({ lsn: confirmed }, slot), undefined);
        assert.equal(offsetBehindSlot(null, slot), undefined);
    });
});

describe("the tunnel to a worker", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kubectl-"));
    const { PATH } = process.env;
    /** A kubectl that does what a script says. */
    const kubectl = (script: string) => {
        fs.writeFileSync(path.join(folder, "kubectl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        process.env.PATH = `${folder}:${PATH}`;
    };
    afterEach(() => (process.env.PATH = PATH));
    after(() => fs.rmSync(folder, { recursive: true }));

    it("is at the port that kubectl chose", async () => {
        kubectl('echo "Forwarding from 127.0.0.1:40123 -> 8083"; echo "$@" > "$(dirname "$0")/args"; sleep 60');
        const tunnel = await openTunnel(["--context", "c"], "ns", "shop");
        tunnel.close();
        assert.equal(tunnel.url, "http://127.0.0.1:40123");
    });

    it("reports why it cannot be opened", async () => {
        kubectl('echo "services \\"shop-connect-api\\" not found" >&2; exit 1');
        await assert.rejects(
            openTunnel([], "ns", "shop"),
            /"shop-connect-api" not found\. Give its address with --connect/,
        );
    });
});

describe("the record of a running sandbox", () => {
    const state = { stack: "unit-test", connect: "http://127.0.0.1:1", kafka: "127.0.0.1:2", databases: [] };
    it("is found while the sandbox runs, and removed by it", () => {
        writeSandboxState({ ...state, pid: process.pid });
        assert.equal(readSandboxState("unit-test")?.connect, state.connect);
        removeSandboxState("unit-test");
        assert.equal(readSandboxState("unit-test"), undefined);
    });

    it("of a sandbox that was killed is ignored", () => {
        writeSandboxState({ ...state, pid: 2 ** 22 - 1 });
        assert.equal(readSandboxState("unit-test"), undefined);
    });
});

describe("bytes", () => {
    it("have a binary unit", () =>
        assert.deepEqual([0, 352, 336_000, 2 ** 31].map(formatBytes), ["0 B", "352 B", "328.1 KiB", "2.0 GiB"]));
});
