import type { Command } from "commander";
import type { SandboxOptions } from "../sandbox/options";
import { chooseStack } from "../support/chooseStack";
import { fileOption, jsonOption, pluginsOption, portOption, stackOption } from "../support/options";

/** `kcp sandbox` */
export const sandboxCommand = (program: Command): Command =>
    program
        .command("sandbox")
        .summary("run the connectors of a stack on this machine")
        .description(
            "Runs Kafka, a Connect worker with the image's plugins, and the databases that the connectors of a stack " +
                "read and write, all on this machine. Needs Java, and Maven the first time; no Docker.",
        )
        .addOption(stackOption("local"))
        .addOption(fileOption())
        .option("--once", "stop after the first event of each table that has rows")
        .addOption(jsonOption())
        .addOption(pluginsOption())
        .addOption(portOption("kafka-port", "port of the broker", "a free one"))
        .addOption(portOption("connect-port", "port of Connect's REST API", "a free one"))
        .addOption(portOption("postgres-port", "port of PostgreSQL", "a free one"))
        .addOption(portOption("mysql-port", "port of MariaDB, which runs in place of MySQL", "a free one"))
        .option("--metrics", "show the dashboards live on a page of this machine; needs Prometheus on PATH")
        .addOption(portOption("metrics-port", "serve the worker's Prometheus metrics", "off"))
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp sandbox
  $ npx kcp sandbox --once --file examples/kafka-on-minikube.yaml`,
        )
        .action(async (options: SandboxOptions) => {
            const stack = chooseStack(options, "local");
            const { sandbox } = require("../sandbox/sandbox") as typeof import("../sandbox/sandbox");
            process.exitCode = await sandbox({ ...options, ...stack });
        });
