/**
 * Strimzi's provider of Kubernetes Secrets in a real worker, with the rights that the program gives the workers, on a
 * real API server.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import type { Plugin } from "../../src/image/manifest";
import { connectorConfig, connectorResource, type ConnectApi } from "../../src/local/connectApi";
import { startPostgres } from "../../src/local/postgres";
import { loadStack } from "../../src/stack/loadStack";
import { objectsOfKind, synth } from "../../src/synth/synth";
import { ConnectRig } from "./connectRig";
import kubernetesProvider from "./kubernetesProvider.json";
import { kubectl } from "./support";
import { skipUnlessAvailable, testVariables } from "./requirements";

const namespace = "kubernetes-secrets-test";
const connect = { name: "secrets", namespace };

const sink = (name: string, secret: string) => ({
    connectorTemplate: "fileStreamSinkConnector",
    name,
    topics: ["lines"],
    file: "/tmp/unused",
    converter: "string",
    config: { file: `\${secretManager:${secret}:PATH}` },
});

describe("secrets of the provider kubernetes", function () {
    this.timeout(300_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kubernetes-secrets-"));
    const file = path.join(folder, "lines.txt");
    let rig: ConnectRig;
    let api: ConnectApi;

    const run = (...args: string[]): string => {
        const { status, output } = kubectl(testVariables.TEST_KUBECONFIG!, ...args);
        assert.equal(status, 0, output);
        return output.trim();
    };
    const stack = (...connectors: object[]) => ({
        ...rig.stack,
        secrets: { provider: "kubernetes" },
        connect,
        connectors,
    });

    /** Creates the rights that the program gives the workers, and a kubeconfig of their service account. */
    async function grant(): Promise<string> {
        const evaluation = await synth("local", stack(sink("declared", "declared")));
        const rights = ["Role", "RoleBinding"].flatMap((kind) => objectsOfKind(evaluation, kind));
        assert.equal(rights.length, 2);
        const objects = path.join(folder, "rights.json");
        fs.writeFileSync(objects, JSON.stringify({ apiVersion: "v1", kind: "List", items: rights }));
        run("create", "-f", objects);
        // Strimzi creates it
        const account = `${connect.name}-connect`;
        run("create", "serviceaccount", account, "-n", namespace);
        const config = YAML.parse(fs.readFileSync(testVariables.TEST_KUBECONFIG!, "utf8"));
        config.users[0].user = { token: run("create", "token", account, "-n", namespace) };
        // as the files of a pod's service account
        config.contexts[0].context.namespace = namespace;
        const kubeconfig = path.join(folder, "kubeconfig");
        fs.writeFileSync(kubeconfig, YAML.stringify(config), { mode: 0o600 });
        return kubeconfig;
    }

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "kubectl", "cluster");
        run("create", "namespace", namespace);
        for (const secret of ["declared", "other"])
            run("create", "secret", "generic", secret, "-n", namespace, `--from-literal=PATH=${file}`);
        rig = await ConnectRig.start(startPostgres, [kubernetesProvider as Plugin]);
        const outer = process.env.KUBECONFIG;
        process.env.KUBECONFIG = await grant();
        try {
            api = await rig.startOther(connect.name, undefined, { secrets: { provider: "kubernetes" }, connect });
        } finally {
            if (outer === undefined) delete process.env.KUBECONFIG;
            else process.env.KUBECONFIG = outer;
        }
        await rig.admin.createTopics({ waitForLeaders: false, topics: [{ topic: "lines" }] });
    });
    after(async () => {
        await rig?.stop();
        if (rig) run("delete", "namespace", namespace, "--wait=false");
    });

    async function create(declaration: object): Promise<Response> {
        const connector = loadStack(stack(declaration), "local").connectors[0];
        return fetch(`${api.url}/connectors/${connector.name}/config`, {
            method: "PUT",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(connectorConfig(connectorResource(connector))),
        });
    }

    it("are read by the workers of the stack that declares the connector", async () => {
        const response = await create(sink("declared", "declared"));
        assert.equal(response.status, 201, await response.text());
        await ConnectRig.until("the file", () => fs.existsSync(file));
    });

    it("are denied where no connector of the stack refers to them", async () => {
        assert.equal(run("auth", "can-i", "get", "secrets/other", "-n", namespace), "yes");
        const response = await create(sink("undeclared", "other"));
        assert.match(await response.text(), /Failed to retrieve Secret other/);
    });
});
