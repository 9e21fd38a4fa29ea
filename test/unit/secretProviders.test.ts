/** Several config providers in the section `secrets`. */
import assert from "node:assert/strict";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { assertIssues, eks, evaluated, issuesOf, messagesOf, minimal, type Raw } from "../support/stacks";

const aws = { provider: "aws-secrets-manager", prefix: "data_connect_" };
const providers: Raw[] = [
    aws,
    { provider: "kubernetes", name: "k8s" },
    { provider: "file", name: "file" },
    { provider: "directory", name: "dir" },
    { provider: "env", name: "env" },
    { class: "com.example.VaultProvider", name: "vault", params: { "vault.address": "https://vault" } },
];
const existing = {
    image: { existing: "registry/connect@sha256:0000000000000000000000000000000000000000000000000000000000000000" },
};
const connector = (references: readonly string[]): Raw => ({
    connectorTemplate: "raw",
    name: "a",
    class: "com.example.Source",
    config: Object.fromEntries(references.map((reference, index) => [`key${index}`, reference])),
});
const stack = (secrets: unknown, ...references: string[]): Raw =>
    minimal({ ...existing, eks, secrets, connectors: [connector(references)] });

describe("secrets as an array of providers", () => {
    it("declares each on the workers, with its class and its parameters", async () => {
        const { config } = onlyOfKind(await evaluated(stack(providers)), "KafkaConnect").spec as { config: Raw };
        assert.equal(config["config.providers"], "secretManager,k8s,file,dir,env,vault");
        assert.deepEqual(
            ["k8s", "file", "dir", "env", "vault"].map((name) => config[`config.providers.${name}.class`]),
            [
                "io.strimzi.kafka.KubernetesSecretConfigProvider",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                "com.example.VaultProvider",
            ],
        );
        assert.equal(config["config.providers.vault.param.vault.address"], "https://vault");
        assert.equal(config["config.providers.secretManager.param.secret.prefix"], "data_connect_");
    });

    it("checks references against all of them", () => {
        const valid = ["secretManager:SHOP", "k8s:data/shop", "k8s:shop", "file:/mnt/a", "dir:/mnt", "vault:db/shop"];
        const references = [...valid.map((path) => `\${${path}:PASSWORD}`), "${env:PASSWORD}"];
        assert.deepEqual(issuesOf(stack(providers, ...references)), []);
        assert.deepEqual(messagesOf(stack(providers, "${valt:db:KEY}", "${file:/mnt/a}")), [
            'connectors[0].config.key0: the workers have no config provider "valt"; did you mean "vault"? ' +
                "[KCP_UNRESOLVABLE_REFERENCE]",
            "connectors[0].config.key1: expected a reference such as ${PROVIDER:SECRET:KEY}, received one without a " +
                "key [KCP_UNRESOLVABLE_REFERENCE]",
        ]);
    });

    it("lets the workers read the referenced Secrets, those without a namespace in their own", async () => {
        const evaluation = await evaluated(stack(providers, "${k8s:data/shop:KEY}", "${k8s:own:KEY}"));
        const roles = objectsOfKind(evaluation, "Role").map(({ metadata, rules }: any) => [
            metadata.namespace,
            rules[0].resourceNames,
        ]);
        assert.deepEqual(roles.sort(), [
            ["data", ["shop"]],
            ["kafka-connect", ["own"]],
        ]);
    });

    it("reports an issue at the provider's own index", () => {
        assertIssues(
            stack([
                { ...aws, prefix: undefined },
                { provider: "file", name: "a b" },
            ]),
            [["KCP_INVALID_VALUE", "secrets[1].name"]],
        );
        assertIssues(stack([{ ...aws, prefix: undefined }]), [["KCP_MISSING_SETTING", "secrets[0].prefix"]]);
        assertIssues(stack([aws, { provider: "aws-secrets-manager", name: "b" }]), [
            ["KCP_INVALID_VALUE", "secrets[1].provider"],
        ]);
        assertIssues(stack([aws, { name: "b" }]), [["KCP_INVALID_VALUE", "secrets[1]"]]);
    });

    it("rejects a class that the image does not have", () => {
        const { image: _image, ...built } = stack(providers);
        const image = { build: { registry: "ecr", repository: "data/connect" } };
        assert.ok(issuesOf({ ...built, image }).includes("KCP_MISSING_PLUGIN secrets[5].class"));
    });

    it("rejects two providers of one name", () => {
        assertIssues(
            stack([
                { provider: "file", name: "a" },
                { provider: "env", name: "a" },
            ]),
            [["KCP_DUPLICATE_NAME", "secrets[1].name"]],
        );
    });
});
