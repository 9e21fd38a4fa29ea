/** docs/performance.md: the recorded figures of the benchmarks with their goals. */
import { measures, recordedFigures, spread, type Figure, type MeasureName } from "../bench/figures";

/** What a reader must know about the figures. */
const introduction = `# Performance

Figures are ratios of two programs measured in one run, because the machines that measure are shared: the median
of the rounds, and their range. A floor is what the same components and objects cost without the platform. Each
command prints its figures, and records them with \`--record\`; this page is generated from them
(\`npm run docs\`).
`;

const explanation = `
\`npx kcp bench engine\` and \`npx kcp bench size\` need the Pulumi CLI, the Kubernetes provider and a
disposable cluster (\`--kubeconfig FILE\`), and print what is missing. \`test/integration/image.test.ts\`
measures the image: its layers have the bytes of the plugins and at most 2 % more, and a new version of a plugin
replaces one layer.

## Where the time goes

The raw program of an evaluation registers each resource with literal inputs, and no relations between
resources. Its floor registers the same resources as components with parents, dependencies, providers, aliases
and outputs. The rest is the platform: schemas and checks of the stack file, the templates, and the modules that
they load.

- Each output of a component and each alias costs Pulumi's SDK some twenty promises. A connector has two outputs
  and one alias for each of its two resources, and all connectors share one hook.
- An alias as a URN costs less than one as an object.
- The configuration of a connector is an input of its KafkaConnector alone, not of the component as well.
- Strimzi's CRDs are ten objects with 13,000 values. The engine and the provider copy each value several times:
  the floor of a preview with CRDs is a raw program that registers the connectors and the CRDs. A
  \`ConfigFile\`, which the provider reads, takes longer.

\`cli/bench/limits.ts\` has the ratios above which \`npm run bench\` fails; \`.ci/run\` runs it.
`;

/** One row of the table. A measure that is not recorded yet has no figure. */
function row(name: MeasureName, figure: Figure | undefined): string {
    const measure: { what: string; command: string; unit?: string; goal?: number; atLeast?: boolean } = measures[name];
    const { what, command, unit, goal, atLeast } = measure;
    const bound = atLeast ? "≥" : "≤";
    const cells = [
        what,
        `\`${command}\``,
        goal === undefined ? "" : `${bound} ${goal}${unit ? ` ${unit}` : ""}`,
        figure ? spread(figure.values, unit) : "",
        figure?.floor ? spread(figure.floor, unit) : "",
    ];
    return `| ${cells.join(" | ")} |`;
}

/** The page. */
export function performancePage(): string {
    const figures = recordedFigures();
    const rows = (Object.keys(measures) as MeasureName[]).map((name) => row(name, figures[name]));
    const table = ["| measure | command | goal | measured | floor |", "|---|---|---|---|---|", ...rows].join("\n");
    return `${introduction}\n${table}\n${explanation}`;
}
