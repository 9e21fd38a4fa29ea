/**
 * A team's stack and a team's program on the Connect cluster of the platform's stack, on the real engine: they read
 * that stack's outputs. Requires
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG   kubeconfig of a disposable cluster in which Strimzi resources become Ready
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as YAML from "yaml";
import { EngineProject, summary } from "./project";
import { kubectl } from "./support";
import { skipUnlessAvailable } from "./requirements";

const { TEST_KUBECONFIG: kubeconfig } = process.env;
const namespace = "teams-test";
const platformStack = "organization/kafka-connect-platform/platform";

const files = (name: string, topic: string) => ({
    name,
    connectorTemplate: "raw",
    class: "org.apache.kafka.connect.file.FileStreamSourceConnector",
    config: { topic, file: "/opt/kafka/LICENSE" },
});

const writeSettings = ({ stackFile }: EngineProject, project: string, settings: Record<string, unknown>) =>
    fs.writeFileSync(
        stackFile,
        YAML.stringify({
            config: Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value])),
        }),
    );

describe("stacks of teams on the real engine", function () {
    this.timeout(600_000);
    let platform: EngineProject;
    let team: EngineProject;
    let program: EngineProject;
    const eks = { kubeconfig };

    const writeTeam = (topic: string, use: Record<string, unknown> = {}) =>
        writeSettings(team, "kafka-connect-platform", {
            eks,
            connect: { use: { stack: platformStack, team: "shop", ...use } },
            connectors: [files("shop-files", topic)],
        });

    before(async function () {
        skipUnlessAvailable(this, "nightly", "engine", "kubectl", "cluster");
        platform = new EngineProject("platform");
        team = new EngineProject("shop", {}, "", platform.folder);
        program = new EngineProject("orders", {}, "examples/team", platform.folder);
        program.installPackage();
        writeSettings(platform, "kafka-connect-platform", {
            eks,
            strimzi: { install: false },
            kafka: { bootstrapServers: "kafka:9092" },
            connect: { namespace },
            teams: [{ name: "shop", topicPrefixes: ["shop."], maxTasks: 1 }],
        });
        writeSettings(program, "orders-connectors", { kubeconfig, platform: platformStack });
        for (const project of [platform, team, program]) await project.pulumi(["stack", "init"]);
    });
    after(async () => {
        for (const project of [program, team, platform]) {
            if (project && fs.existsSync(project.stackFile)) await project.pulumi(["destroy", "--yes"]);
            project?.remove();
        }
    });

    const clusterOf = (connector: string): string =>
        kubectl(
            kubeconfig!,
            ...["get", "kafkaconnector", "-n", namespace, connector, "-o"],
            "jsonpath={.metadata.labels.strimzi\\.io/cluster}",
        ).output;

    it("report a stack that was not deployed yet", async () => {
        writeTeam("shop.files");
        assert.match(
            await team.pulumi(["preview"], "fails"),
            /platform: it has no output outputsVersion|unknown stack/,
        );
    });

    it("create a team's connectors on the platform's Connect cluster", async () => {
        await platform.up();
        assert.match(summary(await team.up()).join(), /^\+ \d+ created$/);
        assert.equal(clusterOf("shop-files"), "data-kafka-connect-cluster");
        assert.match(summary(await team.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });

    it("reject in a preview what the platform does not allow the team", async () => {
        writeTeam("orders");
        assert.match(
            await team.pulumi(["preview"], "fails"),
            /connectors\[0\] \(line \d+\): team shop may not write topic orders; allowed: .* \[KCP_TEAM_RIGHTS\]/,
        );
        writeTeam("shop.files", { team: "sales" });
        assert.match(await team.pulumi(["preview"], "fails"), /connect\.use\.team \(line \d+\): expected one of shop/);
        writeTeam("shop.files");
    });

    it("can be programs that use the library", async () => {
        process.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
        assert.match(summary(await program.up()).join(), /^\+ \d+ created$/);
        delete process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
        assert.equal(clusterOf("files"), "data-kafka-connect-cluster");
        assert.match(summary(await program.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });
});
