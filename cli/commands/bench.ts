import type { Command } from "commander";
import { jsonOption, kubeconfigOption, positiveInteger } from "../support/options";

/** `kcp bench` */
export function benchCommand(program: Command): void {
    const group = program
        .command("bench")
        .summary("measure the program and the templates' defaults")
        .description("Measures the program and the templates' defaults. Both sides of a ratio are measured in one run.")
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp bench synth 5 --json
  $ npx kcp bench throughput 400000 3`,
        );
    group
        .command("synth", { isDefault: true })
        .description("time and memory of an evaluation ÷ those of a raw program that registers the same resources")
        .argument("[pairs]", "how many pairs of runs", positiveInteger, 5)
        .addOption(jsonOption())
        .action((pairs: number, { json }: { json?: boolean }) =>
            (require("../bench/synthBench") as typeof import("../bench/synthBench")).synthBench(pairs, json),
        );
    group
        .command("throughput")
        .description("throughput and latency of a PostgreSQL source with the template's defaults ÷ stock settings")
        .argument("[rows]", "rows of the table", positiveInteger, 400_000)
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(jsonOption())
        .action((rows: number, rounds: number, { json }: { json?: boolean }) =>
            (require("../bench/throughputBench") as typeof import("../bench/throughputBench")).throughputBench(
                rows,
                rounds,
                json,
            ),
        );
    group
        .command("tables")
        .description("one connector with many tables against as many connectors: memory, start, rows per second")
        .argument("[tables]", "how many tables", positiveInteger, 100)
        .argument("[rows]", "rows of each table", positiveInteger, 2000)
        .action((tables: number, rows: number) =>
            (require("../bench/tablesBench") as typeof import("../bench/tablesBench")).tablesBench(tables, rows),
        );
    group
        .command("engine")
        .description(
            "preview and second `pulumi up` on the real engine ÷ those of raw programs; destroys what it makes",
        )
        .argument("[connectors]", "how many connectors", positiveInteger, 100)
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(kubeconfigOption("disposable cluster, in which Strimzi's CRDs are created and deleted"))
        .action((connectors: number, rounds: number, { kubeconfig }: { kubeconfig?: string }) =>
            (require("../bench/engineBench") as typeof import("../bench/engineBench")).engineBench(
                connectors,
                rounds,
                kubeconfig,
            ),
        );
}
