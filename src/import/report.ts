/** What an import reports. Contains no credential. */
import { formatPath } from "../schema/issues";
import type { Comparison } from "./compare";
import type { SecretTarget } from "./draft";
import type { ImportedStack } from "./importStack";
import type { ImportNote } from "./source";
import { plural } from "../util/plural";

/** One object's comparison: a line, and one for each difference. */
function comparisonLines({ object, values, differences, rendered }: Comparison): string[] {
    const name = `${object.kind} ${object.name}`;
    if (!rendered) return [`${name}: the stack renders no such object`];
    const real = differences.filter(({ effect }) => effect !== "none");
    const verdict = real.length === 0 ? "identical" : plural(real.length, "difference");
    return [
        `${name}: ${plural(values, "value")}, ${verdict}`,
        ...differences.map(
            ({ path, reason, effect }) => `  ${effect === "none" ? "=" : "!"} ${formatPath(path)}: ${reason}`,
        ),
    ];
}

/** Whether the stack renders what the source has, except for differences whose reason is known. */
export const isFaithful = ({ comparisons }: ImportedStack): boolean =>
    comparisons.length > 0 &&
    comparisons.every(
        ({ rendered, differences }) => rendered && differences.every(({ effect }) => effect !== "unexplained"),
    );

/** The commands that create the secrets. The values are read from files, so that none is in a command line. */
export function secretCommands(secrets: ReadonlyMap<string, ReadonlySet<string>>, target: SecretTarget): string[] {
    return [...secrets].map(([name, keys]) => {
        const all = [...keys];
        if (target.kind === "kubernetes") {
            const [namespace, secret] = name.split("/");
            const files = all.map((key) => `--from-file=${key}=${key}.txt`).join(" ");
            return `kubectl --namespace ${namespace} create secret generic ${secret} ${files}`;
        }
        if (target.kind === "aws-secrets-manager")
            return `aws secretsmanager create-secret --name ${name} --secret-string file://${name}.json   # a JSON object with ${all.join(", ")}`;
        return `# a file ${name} with the lines ${all.map((key) => `${key}=…`).join(", ")}`;
    });
}

const titles: Readonly<Record<ImportNote["severity"], string>> = {
    missing: "missing",
    difference: "difference",
    warning: "warning",
    info: "note",
};

const noteLine = ({ severity, path, message }: ImportNote): string =>
    `${titles[severity]}: ${path ? `${formatPath(path)}: ` : ""}${message}`;

/** The last line: whether the stack can take over. */
function conclusion(stack: ImportedStack): string {
    const missing = stack.notes.filter(({ severity }) => severity === "missing").length;
    const differences = [
        ...stack.notes.filter(({ severity }) => severity === "difference"),
        ...stack.comparisons.flatMap(({ differences: all }) => all.filter(({ effect }) => effect !== "none")),
    ];
    if (missing > 0) return `incomplete: ${plural(missing, "place")} to fill in, marked with MISSING in the file`;
    if (differences.length > 0) return `${plural(differences.length, "difference")}, each with its reason above`;
    return isFaithful(stack) ? "identical" : "not compared";
}

/** The whole report, a line each. `file` is where the stack file is. */
export function reportLines(stack: ImportedStack, file: string): string[] {
    const commands = secretCommands(stack.secrets, stack.target);
    return [
        ...stack.notes.map(noteLine),
        ...(commands.length > 0
            ? ["", "Secrets to create (each KEY.txt contains one value, without a line break):"]
            : []),
        ...commands.map((command) => `  ${command}`),
        "",
        ...(stack.comparisons.length > 0
            ? ["Rendered against the source (= same effect, ! different):"]
            : ["Not compared: the stack file has errors."]),
        ...stack.comparisons.flatMap(comparisonLines).map((line) => `  ${line}`),
        "",
        `${file}: ${conclusion(stack)}`,
    ];
}
