import assert from "node:assert/strict";
import * as YAML from "yaml";
import { mskPolicy, mskPolicyOf } from "../../src/aws/mskPolicies";
import { ecrLifecycle, irsaTrust, oidcProviderArn, secretsPolicy } from "../../src/aws/policies";
import { partitionOf } from "../../src/schema/awsRegions";
import { scrapeConfiguration } from "../../src/metrics/scrapeConfiguration";
import { jmxRules } from "../../src/metrics/connectJmxRules";

const issuer = "https://oidc.eks.ap-northeast-2.amazonaws.com/id/EX";

describe("IAM policies", () => {
    it("trust one service account by exact subject and audience", () => {
        const [statement, ...others] = irsaTrust(
            oidcProviderArn("ap-northeast-2", "123456789012", issuer),
            issuer,
            "kafka-connect",
            "c-connect",
        ).Statement;
        assert.equal(others.length, 0);
        assert.deepEqual(statement.Principal, {
            Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.ap-northeast-2.amazonaws.com/id/EX",
        });
        assert.deepEqual(statement.Condition, {
            StringEquals: {
                "oidc.eks.ap-northeast-2.amazonaws.com/id/EX:aud": "sts.amazonaws.com",
                "oidc.eks.ap-northeast-2.amazonaws.com/id/EX:sub": "system:serviceaccount:kafka-connect:c-connect",
            },
        });
    });

    it("allow reading secrets with the prefix, and decrypting them only through Secrets Manager", () => {
        const [read, decrypt] = secretsPolicy("ap-northeast-2", "123456789012", { prefix: "data_" }, [
            "arn:aws:kms:ap-northeast-2:123456789012:key/k",
        ]).Statement;
        assert.deepEqual(read.Action, ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]);
        assert.equal(read.Resource, "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:data_*");
        assert.equal(decrypt.Action, "kms:Decrypt");
        assert.deepEqual(decrypt.Resource, ["arn:aws:kms:ap-northeast-2:123456789012:key/k"]);
        assert.deepEqual(decrypt.Condition, {
            StringEquals: { "kms:ViaService": "secretsmanager.ap-northeast-2.amazonaws.com" },
        });
    });

    it("allow no decryption without a KMS key", () => {
        assert.deepEqual(
            secretsPolicy("ap-northeast-2", "123456789012", { prefix: "data_" }, []).Statement.map(({ Sid }) => Sid),
            ["ReadSecrets"],
        );
    });

    it("never allow every resource or action", () => {
        const all = [
            secretsPolicy("us-east-1", "123456789012", { prefix: "a_" }, ["arn:aws:kms:us-east-1:123456789012:key/k"]),
            mskPolicy("arn:aws:kafka:us-east-1:123456789012:cluster/a/b"),
            mskPolicyOf("arn:aws:kafka:us-east-1:123456789012:cluster/a/b", []),
        ];
        for (const { Statement } of all)
            for (const { Resource, Action } of Statement)
                for (const text of [Resource, Action].flat()) assert.notEqual(text, "*");
    });

    it("use the partitions of China and GovCloud", () => {
        assert.deepEqual(["ap-northeast-2", "cn-north-1", "us-gov-west-1"].map(partitionOf), [
            "aws",
            "aws-cn",
            "aws-us-gov",
        ]);
    });

    it("keep untagged images, which may be running, and the configured number of tagged ones", () => {
        const { rules } = ecrLifecycle(50) as { rules: { selection: { tagStatus: string; countNumber: number } }[] };
        assert.deepEqual(
            rules.map(({ selection }) => [selection.tagStatus, selection.countNumber]),
            [["tagged", 50]],
        );
    });
});

describe("metrics", () => {
    it("are scraped by annotation, from the named namespaces, with Strimzi's labels", () => {
        const [job] = YAML.parse(scrapeConfiguration(["a", "b"], 15)).scrape_configs;
        assert.deepEqual(job.kubernetes_sd_configs, [{ role: "pod", namespaces: { names: ["a", "b"] } }]);
        const rules = job.relabel_configs as {
            action?: string;
            regex?: string;
            source_labels?: string[];
            target_label?: string;
        }[];
        assert.ok(
            rules.some(
                ({ action, source_labels }) =>
                    action === "keep" && source_labels?.[0] === "__meta_kubernetes_pod_annotation_prometheus_io_scrape",
            ),
        );
        assert.ok(
            rules.some(
                ({ source_labels, target_label }) =>
                    target_label === "__address__" &&
                    source_labels?.includes("__meta_kubernetes_pod_annotation_prometheus_io_port"),
            ),
        );
        const labels = rules.find(({ action }) => action === "labelmap")!;
        assert.ok(new RegExp(`^(?:${labels.regex})$`).test("__meta_kubernetes_pod_label_strimzi_io_cluster"));
    });

    // the JMX exporter matches `domain<properties><keys>attribute: value`
    const cases: [string, string, Record<string, string>][] = [
        [
            "kafka.connect<type=connect-worker-metrics><>connector-count: 2.0",
            "kafka_connect_worker_connector-count",
            {},
        ],
        [
            "kafka.connect<type=connect-worker-metrics, connector=a-b><>connector-failed-task-count: 1.0",
            "kafka_connect_worker_connector-failed-task-count",
            { connector: "a-b" },
        ],
        [
            "kafka.connect<type=connector-task-metrics, connector=a, task=0><>status: running",
            "kafka_connect_connector_task_status",
            { connector: "a", task: "0", status: "running" },
        ],
        [
            "kafka.connect<type=source-task-metrics, connector=a, task=0><>source-record-poll-rate: 3.5",
            "kafka_connect_source_task_source-record-poll-rate",
            { connector: "a", task: "0" },
        ],
        [
            "debezium.postgres<type=connector-metrics, context=streaming, server=a><>MilliSecondsBehindSource: 12",
            "debezium_MilliSecondsBehindSource",
            { plugin: "postgres", context: "streaming", server: "a" },
        ],
    ];
    for (const [bean, name, labels] of cases) {
        it(`have a rule for ${bean.split(":")[0]}`, () => {
            const { rules } = YAML.parse(jmxRules()) as {
                rules: { pattern: string; name: string; labels?: Record<string, string> }[];
            };
            const rule = rules.find(({ pattern }) => new RegExp(`^.*(?:${pattern}).*$`).test(bean))!;
            const match = new RegExp(rule.pattern).exec(bean)!;
            const fill = (text: string) => text.replace(/\$(\d)/g, (_, index) => match[Number(index)] ?? "");
            const filled = Object.entries(rule.labels ?? {}).map(([label, value]) => [label, fill(value)]);
            assert.equal(fill(rule.name), name);
            // the exporter leaves out a label without a value
            assert.deepEqual(Object.fromEntries(filled.filter(([, value]) => value !== "")), labels);
        });
    }
});
