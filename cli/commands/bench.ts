import { Option, type Command } from "commander";
import { jsonOption, kubeconfigOption, positiveInteger } from "../support/options";

interface BenchOptions {
    readonly json?: boolean;
    readonly record?: boolean;
    readonly kubeconfig?: string;
}

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
    // commander adds the options to a command, and each needs its own
    const recordOption = () =>
        new Option("--record", "record the figures of docs/performance.md (then `npm run docs`)");
    const clusterOption = () => kubeconfigOption("disposable cluster, in which Strimzi's CRDs are created and deleted");
    group
        .command("synth", { isDefault: true })
        .description("time and memory of an evaluation ÷ those of a raw program that registers the same resources")
        .argument("[pairs]", "how many pairs of runs", positiveInteger, 5)
        .addOption(jsonOption())
        .addOption(recordOption())
        .action((pairs: number, options: BenchOptions) =>
            (require("../bench/synthBench") as typeof import("../bench/synthBench")).synthBench(pairs, options),
        );
    group
        .command("throughput")
        .description("throughput and latency of a PostgreSQL source with the template's defaults ÷ stock settings")
        .argument("[rows]", "rows of the table", positiveInteger, 400_000)
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(jsonOption())
        .addOption(recordOption())
        .action((rows: number, rounds: number, options: BenchOptions) => {
            const bench = require("../bench/throughputBench") as typeof import("../bench/throughputBench");
            return bench.throughputBench(rows, rounds, options);
        });
    group
        .command("tables")
        .description("one connector with many tables against as many connectors: memory, start, rows per second")
        .argument("[tables]", "how many tables", positiveInteger, 100)
        .argument("[rows]", "rows of each table", positiveInteger, 2000)
        .addOption(recordOption())
        .action((tables: number, rows: number, options: BenchOptions) =>
            (require("../bench/tablesBench") as typeof import("../bench/tablesBench")).tablesBench(
                tables,
                rows,
                options,
            ),
        );
    group
        .command("sandbox")
        .description("the sandbox until its first event ÷ its parts one after the other")
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(recordOption())
        .action((rounds: number, options: BenchOptions) =>
            (require("../bench/sandboxBench") as typeof import("../bench/sandboxBench")).sandboxBench(rounds, options),
        );
    group
        .command("check")
        .description("seconds that `kcp check` takes for many connectors of five templates")
        .argument("[connectors]", "how many connectors", positiveInteger, 1000)
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(recordOption())
        .action((connectors: number, rounds: number, options: BenchOptions) => {
            const bench = require("../bench/checkBench") as typeof import("../bench/checkBench");
            bench.checkBench(connectors, rounds, options);
        });
    group
        .command("engine")
        .description(
            "preview and second `pulumi up` on the real engine ÷ those of raw programs; destroys what it makes",
        )
        .argument("[connectors]", "how many connectors", positiveInteger, 100)
        .argument("[rounds]", "how many rounds", positiveInteger, 3)
        .addOption(clusterOption())
        .addOption(recordOption())
        .action((connectors: number, rounds: number, options: BenchOptions) => {
            const bench = require("../bench/engineBench") as typeof import("../bench/engineBench");
            return bench.engineBench(connectors, rounds, options);
        });
    group
        .command("size")
        .description("time and memory of previews of many connectors on the real engine")
        .argument("[few]", "how many connectors", positiveInteger, 1000)
        .argument("[many]", "how many connectors, more", positiveInteger, 3000)
        .addOption(clusterOption())
        .addOption(recordOption())
        .action((few: number, many: number, options: BenchOptions) =>
            (require("../bench/sizeBench") as typeof import("../bench/sizeBench")).sizeBench(few, many, options),
        );
}
