import assert from "node:assert/strict";
import { connectorDrift, driftLines, orphanOffsets, topicDrift } from "../../src/operations/drift";
import { managedByTwoWarnings, otherManagers } from "../../src/operations/managers";

const status = (name: string, state = "RUNNING") => ({ name, connector: { state }, tasks: [] });
const declared = [{ name: "orders", state: "running", config: { a: "1", "database.password": "${x:y:z}" } }];
const same = new Map([["orders", { name: "orders", a: "1", "database.password": "${x:y:z}" }]]);

describe("drift", () => {
    it("is nothing when what runs is what is declared", () => {
        assert.deepEqual(connectorDrift(declared, [status("orders")], same), []);
        const topic = { name: "t", partitions: 3, config: { "retention.ms": "1" } };
        assert.deepEqual(topicDrift([topic], [{ ...topic, config: { ...topic.config, other: "x" } }]), []);
    });

    it("of connectors is what is missing, not declared, in another state or configured otherwise", () => {
        const observed = [status("orders", "PAUSED"), status("stray")];
        const found = connectorDrift(declared, observed, new Map([["orders", { a: "2", b: "3" }]]));
        assert.deepEqual(driftLines(found), [
            "connector orders is paused, declared running",
            'connector orders a is "2", declared "1"',
            'connector orders b is "3", declared nothing',
            "connector orders database.password is nothing, declared another value",
            "connector stray runs without being declared",
        ]);
        assert.deepEqual(driftLines(connectorDrift(declared, [], new Map())), ["connector orders does not run"]);
    });

    it("never shows a credential that was set by hand", () => {
        const configs = new Map([["orders", { a: "1", "database.password": "geheim" }]]);
        assert.doesNotMatch(JSON.stringify(connectorDrift(declared, [status("orders")], configs)), /geheim/);
    });

    it("does not repeat that a connector has failed: that is its status", () => {
        assert.deepEqual(connectorDrift(declared, [status("orders", "FAILED")], same), []);
    });

    it("of a cluster is a warning at the connector that another tool manages, not at one of another stack", () => {
        const observed = [
            { name: "orders", otherManagers: ["Argo CD (shop)", "another Pulumi stack"] },
            { name: "customers", otherManagers: [] },
            { name: "stray", otherManagers: ["Helm (shop)"] },
        ];
        const connectors = ["items", "customers", "orders"].map((name, index) => ({ name, index }));
        const found = managedByTwoWarnings(connectors, observed);
        assert.deepEqual(
            found.map(({ code, path }) => [code, path.join(".")]),
            [
                ["KCP_MANAGED_BY_TWO", "connectors.2"],
                ["KCP_MANAGED_BY_TWO", "connectors.2"],
            ],
        );
        assert.match(found[0].message, /^\(orders\) is also managed by Argo CD \(shop\): each reverts/);
    });

    it("of a connector is another manager of its KafkaConnector", () => {
        const managed = { ...status("orders"), otherManagers: ["Helm (shop)"] };
        const [line, ...more] = driftLines(connectorDrift(declared, [managed], same));
        assert.match(line, /^connector orders is also managed by Helm \(shop\): each reverts the changes of the other/);
        assert.deepEqual(more, []);
    });

    it("counts as managers the tools that apply an object, and other Pulumi stacks", () => {
        const spec = { "f:spec": { "f:class": {} } };
        const stack = { manager: "pulumi-kubernetes-1a2b3c4d", operation: "Apply", fieldsV1: spec };
        const operator = {
            manager: "strimzi",
            operation: "Update",
            subresource: "status",
            fieldsV1: { "f:status": {} },
        };
        const hand = { manager: "kubectl-edit", operation: "Update", fieldsV1: spec };
        const of = (...others: object[]) => otherManagers({ managedFields: [stack, operator, hand, ...others] });
        assert.deepEqual(of(), []);
        assert.deepEqual(of({ ...stack, manager: "pulumi-kubernetes-5e6f7a8b" }), ["another Pulumi stack"]);
        assert.deepEqual(of({ ...stack, manager: "argocd-controller" }), ["Argo CD"]);
        // it owns the annotation that restarts the connector, and not the configuration
        const annotation = { "f:metadata": { "f:annotations": {} } };
        assert.deepEqual(of({ ...stack, manager: "pulumi-kubernetes-5e6f7a8b", fieldsV1: annotation }), []);
        const annotations = { "meta.helm.sh/release-name": "shop" };
        assert.deepEqual(otherManagers({ annotations, managedFields: [{ ...stack, manager: "helm" }] }), [
            "Helm (shop)",
        ]);
    });

    it("of topics is partitions and the declared configuration", () => {
        const topic = { name: "t", partitions: 3, config: { "retention.ms": "1" } };
        assert.deepEqual(driftLines(topicDrift([topic], [])), ["topic t does not exist"]);
        assert.deepEqual(
            driftLines(topicDrift([topic], [{ name: "t", partitions: 6, config: { "retention.ms": "2" } }])),
            ["topic t has 6 partitions, declared 3", 'topic t retention.ms is "2", declared "1"'],
        );
    });

    it("of offsets is connectors that are neither declared nor running", () => {
        assert.equal(orphanOffsets(["a", "b"], new Set(["a"]))[0].subject, "offsets of b");
    });

    it("is shown in ten lines", () => {
        const many = Array.from({ length: 14 }, (_, index) => ({ subject: `connector ${index}`, text: "x" }));
        assert.equal(driftLines(many).length, 10);
        assert.equal(driftLines(many)[9], "and 5 more (--json lists all)");
    });
});
