import assert from "node:assert/strict";
import { checkPolicies } from "../../src/policies/policies";
import { objectsOfKind } from "../../src/synth/synth";
import { assertIssues, evaluated, minimal, type Raw } from "../support/stacks";

const image = `quay.io/prometheuscommunity/postgres-exporter:v0.20.1@sha256:${"a".repeat(64)}`;
const server = { name: "billing", secretName: "billing-slots" };
const stack = (slotExporter: Raw, more: Raw = {}) =>
    minimal({ secrets: { provider: "file" }, metrics: { slotExporter, ...more } });

describe("metrics.slotExporter", () => {
    it("deploys one restricted and pinned pod for each server, whose login is in a Secret", async () => {
        const servers = [
            server,
            { name: "shop", secretName: "shop", hostKey: "host", port: 6432, caSecretName: "rds" },
        ];
        const evaluation = await evaluated(stack({ image, servers }));
        const [billing, shop] = objectsOfKind(evaluation, "Deployment");
        assert.deepEqual(
            [billing.metadata.name, shop.metadata.name],
            ["postgres-slot-exporter-billing", "postgres-slot-exporter-shop"],
        );
        const [container] = billing.spec.template.spec.containers;
        assert.equal(container.image, image);
        assert.deepEqual(container.env, [
            { name: "DATABASE_HOST", valueFrom: { secretKeyRef: { name: "billing-slots", key: "HOST" } } },
            { name: "DATA_SOURCE_USER", valueFrom: { secretKeyRef: { name: "billing-slots", key: "USERNAME" } } },
            { name: "DATA_SOURCE_PASS", valueFrom: { secretKeyRef: { name: "billing-slots", key: "PASSWORD" } } },
            { name: "DATA_SOURCE_URI", value: "$(DATABASE_HOST):5432/postgres?sslmode=require" },
        ]);
        const { containers, volumes } = shop.spec.template.spec;
        assert.equal(
            containers[0].env[3].value,
            "$(DATABASE_HOST):6432/postgres?sslmode=verify-full&sslrootcert=/mnt/ca/ca.crt",
        );
        assert.deepEqual(volumes, [{ name: "ca", secret: { secretName: "rds" } }]);
        const violations = checkPolicies({ evaluation, production: false });
        assert.deepEqual(
            violations.filter(({ subject }) => subject.startsWith("Deployment")),
            [],
        );
    });

    it("has a PodMonitor that gives its metrics the name of the server", async () => {
        const evaluation = await evaluated(stack({ image, servers: [server] }, { prometheusOperator: {} }));
        const monitor = objectsOfKind(evaluation, "PodMonitor").find(({ metadata }) =>
            metadata.name.endsWith("-slots"),
        )!;
        const [{ metadata, spec }] = objectsOfKind(evaluation, "Deployment");
        assert.equal(metadata.namespace, monitor.metadata.namespace);
        const podLabels = spec.template.metadata.labels as Record<string, string>;
        for (const [name, value] of Object.entries(monitor.spec.selector.matchLabels as Record<string, string>))
            assert.equal(podLabels[name], value);
        const [{ port, relabelings }] = monitor.spec.podMetricsEndpoints;
        assert.equal(port, spec.template.spec.containers[0].ports[0].name);
        assert.deepEqual(relabelings[0], {
            sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_instance"],
            targetLabel: "server",
        });
    });

    it("rejects an image without digest, no server, two of one name, and a CA without TLS", () => {
        const path = "metrics.slotExporter";
        assertIssues(stack({ image: "postgres-exporter:v0.20.1", servers: [server] }), [
            ["KCP_INVALID_VALUE", `${path}.image`],
        ]);
        assertIssues(stack({ image, servers: [] }), [["KCP_INVALID_VALUE", path]]);
        assertIssues(stack({ image, servers: [server, server] }), [["KCP_INVALID_VALUE", path]]);
        assertIssues(stack({ image, servers: [{ ...server, tls: false, caSecretName: "rds" }] }), [
            ["KCP_INVALID_VALUE", `${path}.servers[0]`],
        ]);
    });
});
