import assert from "node:assert/strict";
import { StatusPoller, type PolledResource } from "../../components/internal/statusPoller";
import type { StrimziClient } from "../../components/internal/strimziClient";
import { connectorVerdict, type StrimziObject } from "../../src/strimzi/status";

const intervals = { poll: 5, response: 50, request: 20 };
const start = Date.now();

/** A connector whose status has not changed for some seconds. */
const object = (name: string, conditions: object[], seconds: number): StrimziObject => ({
    metadata: { name, generation: 1, managedFields: [{ manager: "operator", time: new Date(start - seconds * 1000) }] },
    status: { observedGeneration: 1, conditions: conditions as never },
});
const ready = [{ type: "Ready", status: "True" }];
const refused = [
    { type: "NotReady", reason: "ConnectRestException", message: "PUT /x returned 400 (Bad Request): no" },
];

/** A cluster that gives these responses in turn and repeats the last; `annotated` records the requests to annotate. */
function cluster(...responses: (StrimziObject[] | Error | "silence")[]) {
    const annotated: [string, boolean][] = [];
    const client: StrimziClient = {
        list: async () => {
            const response = responses.length > 1 ? responses.shift()! : responses[0];
            if (response === "silence") return new Promise(() => undefined);
            if (response instanceof Error) throw response;
            return { objects: new Map(response.map((item) => [item.metadata.name, item])), now: new Date(start) };
        },
        annotate: async (name, value) => void annotated.push([name, value !== null]),
    };
    return { annotated, poller: new StatusPoller(async () => client, intervals) };
}
const resource = (name: string, more: Partial<PolledResource> = {}): PolledResource => ({
    name,
    timeoutMinutes: 10,
    verdict: (item) => connectorVerdict(item, "running"),
    onProgress: () => undefined,
    ...more,
});

describe("polling statuses", () => {
    it("resolves each resource by its own status", async () => {
        const { poller } = cluster([object("a", ready, 60), object("b", refused, 0)]);
        const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => poller.failureOf(resource(name))));
        assert.equal(a, undefined);
        assert.match(b!, /^Connect refused it:/);
        assert.match(c!, /^it no longer exists in the cluster; run `pulumi up --refresh` to recreate it$/);
    });

    it("continues with resources that are added after all others are resolved", async () => {
        const { poller } = cluster([object("a", ready, 60)]);
        assert.equal(await poller.failureOf(resource("a")), undefined);
        assert.equal(await poller.failureOf(resource("a")), undefined);
    });

    it("requests reconciliations until a status no longer changes, and removes the annotation afterwards", async () => {
        const unstable = Array.from({ length: 12 }, () => [object("a", ready, 1)]);
        const { poller, annotated } = cluster(...unstable, [object("a", ready, 6)]);
        assert.equal(await poller.failureOf(resource("a")), undefined);
        assert.ok(annotated.length >= 2, JSON.stringify(annotated));
        assert.deepEqual(annotated[0], ["a", true]);
        assert.deepEqual(annotated.at(-1), ["a", false]);
    });

    it("survives an API server that fails or does not respond for a while, and reports it as progress", async () => {
        const messages: string[] = [];
        const { poller } = cluster(
            Object.assign(new Error("x"), { code: 503 }),
            "silence",
            new Error("connect ECONNREFUSED"),
            [object("a", ready, 60)],
        );
        const onProgress = (message: string) => messages.push(message);
        assert.equal(await poller.failureOf(resource("a", { onProgress })), undefined);
        const reasons = ["HTTP 503", "no response in time", "connect ECONNREFUSED"];
        assert.deepEqual(
            messages,
            reasons.map((reason) => `cannot list Strimzi's resources: ${reason}`),
        );
    });

    it("fails at once without the right to list resources", async () => {
        const { poller } = cluster(Object.assign(new Error("x"), { code: 403 }));
        assert.equal(
            await poller.failureOf(resource("a")),
            "cannot list Strimzi's resources: HTTP 403; the right to list them is required",
        );
    });

    it("fails at once where no connection can be opened", async () => {
        const poller = new StatusPoller(() => Promise.reject(new Error("no such context")), intervals);
        assert.equal(await poller.failureOf(resource("a")), "no such context");
    });

    it("reports the last status when the timeout expires", async () => {
        const condition = { type: "NotReady", reason: "ConnectTimeoutException", message: "timed out" };
        const { poller } = cluster([object("a", [condition], 60)]);
        assert.equal(
            await poller.failureOf(resource("a", { timeoutMinutes: 0.001 })),
            "not ready within 0.001 minutes (timeoutMinutes); its status: ConnectTimeoutException: timed out",
        );
    });
});
