import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as YAML from "yaml";
import { readStack } from "../../src/stack/stackFile";
import { argocdFolder, type ArgocdFolder } from "../../src/synth/argocd/argocdFiles";
import { applicationHealth, healthSettings, strimziHealth } from "../../src/synth/argocd/health";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { synth, type KubernetesObject, type SynthResult } from "../../src/synth/synth";
import { onPath } from "../../src/local/tools";
import { projectFolder } from "../../src/util/project";
import { evaluated, evaluatedWhole, minimal, stackFile } from "../support/stacks";

const wave = "argocd.argoproj.io/sync-wave";
const options = "argocd.argoproj.io/sync-options";
const outputs = { imageDigest: `registry.example/connect@sha256:${"a".repeat(64)}`, roleArn: "arn:aws:iam::1:role/r" };

type Annotated = KubernetesObject & {
    metadata: { annotations?: Record<string, string>; labels?: Record<string, string>; namespace?: string };
};

const forArgocd = (evaluation: SynthResult, given: Record<string, unknown> = outputs): ArgocdFolder =>
    argocdFolder(evaluation, { namespace: "argocd", outputs: given });

const objectsOf = (files: ReadonlyMap<string, string>): Map<string, Annotated> =>
    new Map(
        [...files]
            .filter(([name]) => name.startsWith("kubernetes/"))
            .map(([name, text]) => [name, YAML.parse(text) as Annotated]),
    );

const withoutAnnotations = (object: Annotated) => ({
    ...object,
    metadata: { ...object.metadata, annotations: undefined },
});

/** Objects that must exist, and be healthy, before this one can. */
function neededBy(object: Annotated, all: readonly Annotated[]): Annotated[] {
    const { namespace, labels = {} } = object.metadata;
    const group = object.apiVersion.split("/")[0];
    const cluster = labels["strimzi.io/cluster"];
    const clusterKinds: Record<string, string[]> = {
        KafkaConnector: ["KafkaConnect"],
        KafkaTopic: ["Kafka"],
        KafkaUser: ["Kafka"],
    };
    return all.filter(({ kind, metadata, spec }) => {
        if (kind === "Namespace") return metadata.name === namespace;
        if (kind === "CustomResourceDefinition") return spec.group === group && spec.names.kind === object.kind;
        if (kind === "Application") return group === "kafka.strimzi.io";
        return clusterKinds[object.kind]?.includes(kind) === true && metadata.name === cluster;
    });
}

/** What the Lua text returns for an object: `Healthy: `. */
function healthOf(lua: string, object: unknown, interpreter: string): string {
    const literal = (value: unknown): string => {
        if (Array.isArray(value)) return `{${value.map(literal).join(", ")}}`;
        if (value === null || typeof value !== "object") return JSON.stringify(value);
        return `{${Object.entries(value)
            .map(([key, item]) => `["${key}"] = ${literal(item)}`)
            .join(", ")}}`;
    };
    const script = `obj = ${literal(object)}
        local health = (function() ${lua} end)()
        io.write(health.status, ": ", health.message)`;
    const { status, stdout, stderr } = spawnSync(interpreter, ["-"], { input: script, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout;
}

const stacks: [name: string, evaluate: () => Promise<SynthResult>][] = [
    ["prod", () => evaluatedWhole(stackFile("prod"), "prod")],
    ["local", () => evaluatedWhole(stackFile("local"), "local")],
    ...["connect-on-eks", "kafka-on-minikube", "http-bridge-sidecar"].map(
        (name): [string, () => Promise<SynthResult>] => [
            name,
            () => synth("example", readStack("example", path.join(projectFolder, "examples", `${name}.yaml`))),
        ],
    ),
];

describe("the folder for Argo CD", () => {
    for (const [name, evaluate] of stacks) {
        it(`of ${name} has the objects of the plain render, in the order of what they need`, async () => {
            const evaluation = await evaluate();
            const { files, problems } = forArgocd(evaluation);
            assert.deepEqual(problems, []);
            const received = objectsOf(files);
            const plain = [...objectsOf(renderedFiles(evaluation))].map(([file, object]): [string, unknown] => {
                const text = JSON.stringify(withoutAnnotations(object));
                const known = text
                    .replace(/<[^<>]+\.repoDigest>/g, outputs.imageDigest)
                    .replace(/<[^<>]+\.arn>/g, outputs.roleArn);
                return [file, JSON.parse(known)];
            });
            const own = [...received].filter(([, { kind }]) => kind !== "Application");
            assert.deepEqual(
                own.map(([file, object]) => [file, JSON.parse(JSON.stringify(withoutAnnotations(object)))]),
                plain,
            );
            const all = [...received.values()];
            const waveOf = ({ metadata }: Annotated) => Number(metadata.annotations![wave]);
            for (const object of all)
                for (const needed of neededBy(object, all))
                    assert.ok(
                        waveOf(needed) < waveOf(object),
                        `${needed.kind} ${needed.metadata.name} before ${object.kind} ${object.metadata.name}`,
                    );
            const workers = all.filter(({ kind }) => kind === "KafkaConnect").map(waveOf);
            const users = all.filter(({ kind }) => kind === "KafkaTopic" || kind === "KafkaUser").map(waveOf);
            if (workers.length > 0) assert.ok(Math.max(...users, -1) < Math.min(...workers));
        });
    }

    it("installs the operator by an Application with the chart and the values of the release", async () => {
        const evaluation = await evaluated(stackFile("prod"), "prod");
        const release = evaluation.resources.find(({ type }) => type === "kubernetes:helm.sh/v3:Release")!;
        const application = objectsOf(forArgocd(evaluation).files).get(
            "kubernetes/application_argocd_strimzi-operator.yaml",
        )!;
        const { chart, version, namespace, values, skipCrds, name } = release.inputs;
        const { source, destination } = application.spec;
        assert.equal(`oci://${source.repoURL}/${source.chart}`, chart);
        assert.deepEqual(
            [source.targetRevision, destination.namespace, source.helm.releaseName, source.helm.skipCrds],
            [version, namespace, name, skipCrds],
        );
        assert.deepEqual(source.helm.valuesObject, values);
    });

    it("never deletes the CRDs, and has no annotation of Pulumi", async () => {
        const objects = [...objectsOf(forArgocd(await evaluatedWhole(stackFile("prod"), "prod")).files).values()];
        const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
        assert.ok(crds.length > 0);
        for (const { metadata } of crds)
            assert.equal(metadata.annotations![options], "Prune=false,Delete=false,ServerSideApply=true");
        for (const { metadata } of objects)
            assert.deepEqual(
                Object.keys(metadata.annotations!).filter((key) => key.startsWith("pulumi.com/")),
                [],
            );
    });

    it("is rejected while a value is unknown, and lists what Argo CD does not create", async () => {
        const { problems, notSynced } = forArgocd(await evaluated(stackFile("prod"), "prod"), { roleArn: "arn" });
        assert.deepEqual(problems, [
            "kubernetes/kafkaconnect_kafka-connect_data-kafka-connect-cluster.yaml: " +
                "<data-kafka-connect-cluster-image-image.repoDigest> is not known: give imageDigest by --outputs",
        ]);
        assert.ok(notSynced.includes("aws:iam/role:Role data-kafka-connect-cluster-access-role"));
    });

    it("is rejected when an object contains a secret, or the chart is a local folder", async () => {
        const chart = fs.mkdtempSync("/tmp/chart-");
        const raw = minimal({ secrets: { provider: "file" }, strimzi: { chart } });
        const evaluation = await evaluated(raw);
        assert.match(forArgocd(evaluation).problems.join(), /strimzi\.chart is \/tmp\/chart-/);
        fs.rmdirSync(chart);
        const masked = {
            ...evaluation,
            resources: [
                {
                    ...evaluation.resources[0],
                    type: "kubernetes:core/v1:Secret",
                    name: "password",
                    custom: true,
                    inputs: { kind: "Secret", metadata: { name: "password" }, stringData: { password: "[secret]" } },
                },
            ],
        };
        assert.match(forArgocd(masked).problems.join(), /secret_password\.yaml: contains a secret of the stack/);
    });

    describe("health", () => {
        const interpreter = ["lua5.1", "lua", "lua5.4"].find(onPath);
        const connector = (conditions: Record<string, string>[], observedGeneration = 2) => ({
            metadata: { name: "orders", generation: 2 },
            status: { observedGeneration, conditions },
        });
        const ready = { type: "Ready", status: "True" };
        const cases: [name: string, lua: string, object: unknown, expected: string][] = [
            ["is Healthy when Ready", strimziHealth, connector([ready]), "Healthy: "],
            [
                "is Degraded with the operator's message when NotReady",
                strimziHealth,
                connector([
                    { type: "Warning", status: "True" },
                    { type: "NotReady", status: "True", message: "no slot" },
                ]),
                "Degraded: no slot",
            ],
            [
                "waits while the status is of an earlier generation",
                strimziHealth,
                connector([ready], 1),
                "Progressing: Waiting for the Strimzi operator",
            ],
            [
                "waits while there is no status",
                strimziHealth,
                { metadata: { generation: 1 } },
                "Progressing: Waiting for the Strimzi operator",
            ],
            [
                "waits for a deletion",
                strimziHealth,
                { ...connector([ready]), metadata: { generation: 2, deletionTimestamp: "2026-01-01T00:00:00Z" } },
                "Progressing: Waiting for its deletion",
            ],
            [
                "is Suspended when the reconciliation is paused",
                strimziHealth,
                connector([{ type: "ReconciliationPaused", status: "True" }]),
                "Suspended: Its reconciliation is paused",
            ],
            [
                "of an Application is that of what it deploys",
                applicationHealth,
                { metadata: {}, status: { health: { status: "Degraded", message: "no image" } } },
                "Degraded: no image",
            ],
        ];
        for (const [name, lua, object, expected] of cases) {
            it(name, function () {
                if (!interpreter) {
                    console.log("    skipped: no lua on PATH (Debian: lua5.1)");
                    this.skip();
                }
                assert.equal(healthOf(lua, object, interpreter), expected);
            });
        }

        it("is set for every kind of Strimzi that stacks render and that has conditions", async () => {
            const evaluation = await stacks[3][1]();
            const kinds = [...objectsOf(forArgocd(evaluation).files).values()]
                .filter(
                    ({ apiVersion, kind }) => apiVersion.startsWith("kafka.strimzi.io/") && kind !== "KafkaNodePool",
                )
                .map(({ kind }) => `resource.customizations.health.kafka.strimzi.io_${kind}`);
            assert.ok(kinds.length > 0);
            assert.deepEqual(
                kinds.filter((key) => !(key in healthSettings)),
                [],
            );
        });
    });
});
