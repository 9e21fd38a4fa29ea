import assert from "node:assert/strict";
import { StatusPoller, type PolledResource } from "../../components/internal/statusPoller";
import type { StrimziClient } from "../../components/internal/strimziClient";
import { connectorVerdict, type StrimziObject } from "../../src/strimzi/status";

const pace = { poll: 5, answer: 50, prompt: 20 };
const long = 10;
const start = Date.now();

/** A connector with a status that has stood still for some seconds. */
const object = (name: string, conditions: object[], quiet: number): StrimziObject => ({
    metadata: { name, generation: 1, managedFields: [{ manager: "operator", time: new Date(start - quiet * 1000) }] },
    status: { observedGeneration: 1, conditions: conditions as never },
});
const ready = [{ type: "Ready", status: "True" }];
const refused = [
    { type: "NotReady", reason: "ConnectRestException", message: "PUT /x returned 400 (Bad Request): no" },
];

/** A cluster that answers in turn what it is given, the last again and again; what it was asked to annotate is in `annotated`. */
function cluster(...answers: (StrimziObject[] | Error | "silence")[]) {
    const annotated: [string, boolean][] = [];
    const objects: StrimziClient = {
        list: async () => {
            const answer = answers.length > 1 ? answers.shift()! : answers[0];
            if (answer === "silence") return new Promise(() => undefined);
            if (answer instanceof Error) throw answer;
            return { objects: new Map(answer.map((item) => [item.metadata.name, item])), now: new Date(start) };
        },
        annotate: async (name, value) => void annotated.push([name, value !== null]),
    };
    return { annotated, open: async () => objects };
}
const subject = (name: string, more: Partial<PolledResource> = {}): PolledResource => ({
    name,
    verdict: (item) => connectorVerdict(item, "running"),
    requestReconcile: true,
    progress: () => undefined,
    ...more,
});

describe("the poll of statuses", () => {
    it("gives each that waits its own verdict", async () => {
        const poll = new StatusPoller(cluster([object("a", ready, 60), object("b", refused, 0)]).open, long, pace);
        const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => poll.verdict(subject(name))));
        assert.equal(a, undefined);
        assert.match(b!, /^Connect refused it:/);
        assert.match(c!, /^it is not in the cluster any more/);
        // and goes on when there is more to wait for
        assert.equal(await poll.verdict(subject("a")), undefined);
    });

    it("waits until a status has stood still, prompts the operator meanwhile, and leaves nothing behind", async () => {
        const { open, annotated } = cluster(...Array.from({ length: 12 }, () => [object("a", ready, 1)]), [
            object("a", ready, 6),
        ]);
        assert.equal(await new StatusPoller(open, long, pace).verdict(subject("a")), undefined);
        assert.ok(annotated.length >= 2, JSON.stringify(annotated));
        assert.deepEqual(
            [annotated[0], annotated[annotated.length - 1]],
            [
                ["a", true],
                ["a", false],
            ],
        );
    });

    it("prompts nobody where that is of no use", async () => {
        const { open, annotated } = cluster(...Array.from({ length: 12 }, () => [object("a", ready, 1)]), [
            object("a", ready, 6),
        ]);
        await new StatusPoller(open, long, pace).verdict(subject("a", { requestReconcile: false }));
        assert.deepEqual(annotated, []);
    });

    it("outlives an API server that fails or is silent for a while, and says so", async () => {
        const said: string[] = [];
        const { open } = cluster(
            Object.assign(new Error("x"), { code: 503 }),
            "silence",
            new Error("connect ECONNREFUSED"),
            [object("a", ready, 60)],
        );
        assert.equal(
            await new StatusPoller(open, long, pace).verdict(subject("a", { progress: (says) => said.push(says) })),
            undefined,
        );
        assert.deepEqual(
            said,
            ["HTTP 503", "no answer", "connect ECONNREFUSED"].map((what) => `the cluster cannot be asked: ${what}`),
        );
    });

    it("does not wait for rights, nor for a cluster that cannot be opened", async () => {
        const forbidden = new StatusPoller(cluster(Object.assign(new Error("x"), { code: 403 })).open, long, pace);
        assert.equal(
            await forbidden.verdict(subject("a")),
            "the cluster cannot be asked: HTTP 403; this wants the right to list Strimzi's resources",
        );
        const closed = new StatusPoller(() => Promise.reject(new Error("no such context")), long, pace);
        assert.equal(await closed.verdict(subject("a")), "no such context");
    });

    it("tells at the timeout what the status said last", async () => {
        const minutes = 0.001;
        const { open } = cluster([
            object("a", [{ type: "NotReady", reason: "ConnectTimeoutException", message: "timed out" }], 60),
        ]);
        assert.equal(
            await new StatusPoller(open, minutes, pace).verdict(subject("a")),
            "not ready within connect.timeoutMinutes, 0.001; its status says: ConnectTimeoutException: timed out",
        );
    });
});
