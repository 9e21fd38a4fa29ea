#!/usr/bin/env node
/**
 * A provider plugin that is ECR and Docker as far as ConnectImage uses them: a repository with immutable tags that is
 * deleted only when it is empty or with `forceDelete`, and images that are pushed to it. It runs as pulumi-resource-aws and
 * pulumi-resource-docker. What the registry has is in the file TEST_REGISTRY, as
 * `{ repositories: { NAME: { TAG: DIGEST } }, pushes: number, tokens: number, interrupt: boolean, denyList: boolean }`.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

// a copy of this file on PATH runs outside of the project
const { main } = createRequire(path.join(process.env.STUB_NODE_ROOT, "package.json"))("@pulumi/pulumi/provider");

const file = process.env.TEST_REGISTRY;
const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const read = () => JSON.parse(fs.readFileSync(file, "utf8"));
const change = (edit) => {
    const registry = read();
    edit(registry);
    fs.writeFileSync(file, JSON.stringify(registry));
};
const sha256 = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const isOf = (urn, type) => urn.includes(`$${type}::`) || urn.includes(`::${type}::`);
const isImage = (urn) => isOf(urn, "docker:index/image:Image");
const isRepository = (urn) => isOf(urn, "aws:ecr/repository:Repository");

/** As the Docker provider does: a digest of the context is an input. */
const contextDigest = (folder) =>
    sha256(
        fs
            .readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((name) => fs.statSync(path.join(folder, name)).isFile())
            .filter((name) => !/(plugins|known-issues)\.json$|\.dockerignore$/.test(name))
            .sort()
            .map((name) => `${name} ${fs.readFileSync(path.join(folder, name), "utf8")}`)
            .join("\n"),
    );

function push({ imageName, build, skipPush }) {
    const digest = sha256(JSON.stringify(build));
    if (skipPush) return digest;
    const [repository, tag] = imageName.slice(host.length + 1).split(":");
    change((registry) => {
        const tags = registry.repositories[repository];
        if (!tags) throw new Error(`name unknown: the repository ${repository} does not exist`);
        if (tags[tag]) throw new Error(`tag invalid: the tag '${tag}' exists and cannot be overwritten: immutable`);
        tags[tag] = digest;
        registry.pushes += 1;
    });
    if (read().interrupt) throw new Error("interrupted after the push");
    return `${host}/${repository}@${digest}`;
}

/** The Docker provider compares no user and password. */
const compared = (inputs) => JSON.stringify({ ...inputs, registry: undefined });

const provider = {
    version: "9.9.9",
    check: async (urn, _olds, news) => {
        if (!isImage(urn) || !news.build?.context) return { inputs: news };
        return { inputs: { ...news, build: { ...news.build, contextDigest: contextDigest(news.build.context) } } };
    },
    diff: async (_id, urn, olds, news) => {
        const keys = Object.keys(news);
        const before = Object.fromEntries(keys.map((key) => [key, olds[key]]));
        if (isImage(urn)) return { changes: compared(before) !== compared(news) };
        return { changes: JSON.stringify(before) !== JSON.stringify(news) };
    },
    create: async (urn, inputs) => {
        const id = urn.split("::").pop();
        if (isImage(urn)) return { id, outs: { ...inputs, repoDigest: push(inputs) } };
        if (!isRepository(urn)) return { id, outs: inputs };
        change(({ repositories }) => (repositories[inputs.name] = {}));
        const more = { repositoryUrl: `${host}/${inputs.name}`, registryId: "123456789012", arn: `arn:${inputs.name}` };
        return { id, outs: { ...inputs, ...more } };
    },
    update: async (_id, urn, olds, news) => ({
        outs: { ...olds, ...news, ...(isImage(urn) ? { repoDigest: push(news) } : {}) },
    }),
    delete: async (_id, urn, { name, forceDelete }) => {
        if (!isRepository(urn)) return;
        if (!forceDelete && Object.keys(read().repositories[name]).length > 0)
            throw new Error("RepositoryNotEmptyException: the repository contains images");
        change(({ repositories }) => delete repositories[name]);
    },
    invoke: async (token, { repositoryName }) => {
        if (token !== "aws:ecr/getImages:getImages") {
            change((registry) => (registry.tokens += 1));
            return { outputs: { userName: "AWS", password: `${Date.now()}` } };
        }
        const { repositories, denyList } = read();
        if (denyList) throw new Error("AccessDeniedException: not authorized to perform ecr:ListImages");
        if (!repositories[repositoryName]) throw new Error("RepositoryNotFoundException: it does not exist");
        const tags = Object.entries(repositories[repositoryName]);
        return { outputs: { imageIds: tags.map(([imageTag, imageDigest]) => ({ imageTag, imageDigest })) } };
    },
};

void main(provider, process.argv.slice(2));
