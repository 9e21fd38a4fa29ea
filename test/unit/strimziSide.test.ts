import assert from "node:assert/strict";
import type { ConnectSide } from "../../src/move/connectSide";
import { StrimziSide } from "../../src/move/strimziSide";
import { schemaAt, violations } from "../../src/release/crdValidation";
import { schemaOf } from "../../src/release/crds";
import { strimziVersions } from "../../src/release/releases";
import type { ClusterApi } from "../../src/util/clusterApi";
import { applyMergePatch } from "../../src/util/mergePatch";

type Fields = Record<string, unknown>;
const connectors = "/apis/kafka.strimzi.io/v1/namespaces/data/kafkaconnectors";

/** An API server with one KafkaConnector, and an operator that reacts to each change of it. */
function cluster(operator: (object: Fields, patch: Fields) => Fields, initial?: Fields) {
    const objects = new Map<string, Fields>(initial ? [[`${connectors}/orders`, initial]] : []);
    const requests: string[] = [];
    const get = (path: string) => {
        const found = objects.get(path);
        if (!found) throw new Error(`no ${path}`);
        return found;
    };
    const api = {
        server: "https://cluster",
        find: async (path: string) => objects.get(path),
        get: async (path: string) => get(path),
        post: async (path: string, body: Fields) => {
            requests.push(`POST ${path}`);
            objects.set(`${path}/${(body.metadata as { name: string }).name}`, body);
        },
        patch: async (path: string, patch: Fields) => {
            requests.push(`PATCH ${JSON.stringify(patch)}`);
            objects.set(path, operator(applyMergePatch(get(path), patch), patch));
        },
        request: async (method: string, path: string) => {
            requests.push(`${method} ${path}`);
            objects.delete(path);
        },
    } as unknown as ClusterApi;
    return { api, objects, requests };
}

const declared = () => ({
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaConnector",
    metadata: { name: "orders", namespace: "data", annotations: { "pulumi.com/skipAwait": "true", owner: "shop" } },
    spec: { class: "a.B", config: {}, state: "running" },
});
const location = { namespace: "data", cluster: "connect", apiVersion: "kafka.strimzi.io/v1", declared };
const stopped = (object: Fields): Fields => ({
    ...object,
    status: { connectorStatus: { connector: { state: "STOPPED" }, tasks: [] } },
});

describe("a Connect cluster of Strimzi as the target of a move", () => {
    it("has a new connector as the stack declares it, paused for the operator until it exists and is stopped", async () => {
        const { api, objects, requests } = cluster(stopped);
        const created: string[] = [];
        const rest = {
            createStopped: async (name: string) => {
                created.push(name);
                if (created.length > 1) return;
                const { metadata, spec } = objects.get(`${connectors}/${name}`) as unknown as ReturnType<
                    typeof declared
                >;
                assert.deepEqual(metadata.annotations, { owner: "shop", "strimzi.io/pause-reconciliation": "true" });
                assert.equal(spec.state, "stopped");
            },
        } as unknown as ConnectSide;
        const side = new StrimziSide(api, rest, location, 1000);
        await side.createStopped("orders", {});
        assert.deepEqual(created, ["orders"]);
        assert.deepEqual(requests, [
            `POST ${connectors}`,
            'PATCH {"metadata":{"annotations":{"strimzi.io/pause-reconciliation":null}}}',
        ]);
        await side.createStopped("orders", {});
        assert.equal(
            requests.filter((request) => request.startsWith("POST")).length,
            1,
            "a second call creates nothing",
        );
    });

    it("reports what the operator says when it cannot alter offsets", async () => {
        const conditions = [{ type: "Warning", status: "True", message: "offsets.json is not valid" }];
        const { api } = cluster((object) => ({ ...object, status: { conditions } }), declared());
        const side = new StrimziSide(api, {} as ConnectSide, location, 10);
        await assert.rejects(
            side.setOffsets("orders", [{ partition: { a: 1 }, offset: { b: 2 } }]),
            /has not been able to alter its offsets \(orders\) in 0\.01 s: offsets\.json is not valid/,
        );
    });

    it("leaves neither the fields nor the ConfigMap by which offsets were altered", async () => {
        const annotation = { metadata: { annotations: { "strimzi.io/connector-offsets": null } } };
        const { api, objects } = cluster((object) => applyMergePatch(object, annotation), declared());
        await new StrimziSide(api, {} as ConnectSide, location, 1000).setOffsets("orders", []);
        assert.deepEqual([...objects.keys()], [`${connectors}/orders`]);
        assert.deepEqual(objects.get(`${connectors}/orders`)!.spec, declared().spec);
    });

    for (const version of strimziVersions)
        it(`writes only fields that the KafkaConnector of Strimzi ${version} has`, async () => {
            const schema = schemaAt(schemaOf(version, "KafkaConnector")!, ["spec"]);
            const written: string[][] = [];
            const { api } = cluster((object) => {
                const { spec } = object as ReturnType<typeof declared>;
                assert.deepEqual(violations(schema, spec), []);
                written.push(Object.keys(spec));
                return applyMergePatch(object, { metadata: { annotations: { "strimzi.io/connector-offsets": null } } });
            }, declared());
            await new StrimziSide(api, {} as ConnectSide, location, 1000).setOffsets("orders", []);
            assert.deepEqual(written, [
                ["class", "config", "state", "alterOffsets"],
                ["class", "config", "state"],
            ]);
        });
});
