/** The stack that a command works on: by its name, or by a file. */
import * as path from "path";
import { stackFile, stackNames } from "../../src/stack/stackFile";
import { didYouMean } from "../../src/util/nearest";
import { UsageError } from "./errors";

/** What --stack and --file say. */
export interface StackOptions {
    stack?: string;
    /** Absolute path. */
    file?: string;
}

/** A stack's name and its file. */
export interface ChosenStack {
    readonly stack: string;
    readonly file: string;
}

/** The name that a file gives its stack: `dev` for Pulumi.dev.yaml, `kafka` for kafka.yaml. */
const nameOfFile = (file: string): string =>
    path
        .basename(file)
        .replace(/\.ya?ml$/, "")
        .replace(/^Pulumi\./, "");

/**
 * The chosen stack. With a file its name is free: it is that of --stack, or of the file.
 *
 * @param fallback stack of a command that does not require --stack
 */
export function chooseStack({ stack = undefined, file }: StackOptions, fallback?: string): ChosenStack {
    if (file) return { stack: stack ?? nameOfFile(file), file };
    const names = stackNames();
    const name = stack ?? fallback;
    if (name === undefined) throw new UsageError(`--stack is required; the stacks are ${names.join(", ")}`);
    if (!names.includes(name)) {
        const hint = didYouMean(name, names) || `; the stacks are ${names.join(", ")}`;
        throw new UsageError(`--stack ${name}: there is no Pulumi.${name}.yaml${hint}`);
    }
    return { stack: name, file: stackFile(name) };
}
