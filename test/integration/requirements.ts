/**
 * What integration tests need of the machine. A suite states its requirements in `before`; where one is missing, it
 * prints `skipped: …` and its tests count as skipped, never as passed. `docs/testing.md` describes the variables for
 * developers.
 */
import { spawnSync } from "node:child_process";
import { onPath } from "../../src/local/tools";
import { whyNoBuild } from "../../src/image/docker";

/** Environment variables that integration tests read. Tests that need one which is not set are skipped. */
export const testVariables = {
    /**
     * Kubeconfig of a disposable cluster whose pods, and unless a test says otherwise Strimzi resources, become Ready.
     */
    TEST_KUBECONFIG: process.env.TEST_KUBECONFIG,
    /**
     * Strimzi version to test with, instead of a test's default. A cluster takes one API generation only.
     */
    TEST_STRIMZI_VERSION: process.env.TEST_STRIMZI_VERSION,
    /** Folder with the operator's Helm chart of that version. Without it the operator's release is left out. */
    TEST_STRIMZI_CHART: process.env.TEST_STRIMZI_CHART,
    /** Class path of Strimzi's operator: its jar and its libraries. */
    TEST_STRIMZI_OPERATOR: process.env.TEST_STRIMZI_OPERATOR,
    /** Java command that runs the operator. Default: `java` on PATH. The operator of 1.x needs Java 21. */
    TEST_STRIMZI_JAVA: process.env.TEST_STRIMZI_JAVA,
    /** Provider plugin that replaces the AWS and Docker providers. */
    TEST_STUB_PROVIDER: process.env.TEST_STUB_PROVIDER,
    /** Folder of an unpacked release of Strimzi's HTTP bridge that a supported Strimzi version ships. */
    TEST_KAFKA_BRIDGE: process.env.TEST_KAFKA_BRIDGE,
    /** Path of postgres_exporter 0.20 or newer. */
    TEST_POSTGRES_EXPORTER: process.env.TEST_POSTGRES_EXPORTER,
    /** Folder of plugins that are not in a Maven repository, each in a folder named as in plugins.json. */
    TEST_PLUGINS: process.env.TEST_PLUGINS,
    /**
     * `1` runs the tests that `.ci/nightly` adds: they repeat what other tests cover in another environment, or take
     * minutes.
     */
    TEST_NIGHTLY: process.env.TEST_NIGHTLY,
} as const;

type Variable = keyof typeof testVariables;

const command = (name: string) => () => (onPath(name) ? undefined : `no ${name} on PATH`);
const variable = (name: Variable) => () => (testVariables[name] ? undefined : `${name} is not set`);

/** Each requirement, with the function that returns why it is not met. */
const requirements = {
    java: command("java"),
    maven: command("mvn"),
    openssl: command("openssl"),
    keytool: command("keytool"),
    kubectl: command("kubectl"),
    mariadb: command("mariadbd"),
    /** Runs a command in a pseudo-terminal (util-linux). */
    script: command("script"),
    /** A network namespace, in which only loopback exists. */
    networkNamespace: () =>
        spawnSync("unshare", ["--net", "ip", "link", "set", "lo", "up"]).status === 0
            ? undefined
            : "no network namespace can be created",
    docker: whyNoBuild,
    /** The Pulumi engine with the Node.js language host and the Kubernetes provider. */
    engine: () =>
        ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes"]
            .map((tool) => command(tool)())
            .find((missing) => missing !== undefined),
    cluster: variable("TEST_KUBECONFIG"),
    strimziVersion: variable("TEST_STRIMZI_VERSION"),
    operator: variable("TEST_STRIMZI_OPERATOR"),
    stubProvider: variable("TEST_STUB_PROVIDER"),
    bridge: variable("TEST_KAFKA_BRIDGE"),
    plugins: variable("TEST_PLUGINS"),
    nightly: variable("TEST_NIGHTLY"),
} as const;

/** Name of a requirement, or the reason why another one is not met; undefined for one that is. */
export type Requirement = keyof typeof requirements | { readonly missing: string | undefined };

/** Why a requirement is not met; undefined when it is. */
const missing = (requirement: Requirement): string | undefined =>
    typeof requirement === "string" ? requirements[requirement]() : requirement.missing;

/** Skips the test or suite when a requirement is not met, and prints the first reason. */
export function skipUnlessAvailable(context: Mocha.Context, ...required: readonly Requirement[]): void {
    const reason = required.map(missing).find((item) => item !== undefined);
    if (reason === undefined) return;
    console.log(`    skipped: ${reason}`);
    context.skip();
}
