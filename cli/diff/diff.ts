/** Shows what a change would do to what runs: `kcp diff`. */
import * as fs from "fs";
import * as path from "path";
import { z } from "zod";
import { diffStacks } from "../../src/diff/diffStacks";
import { diffMarkdown, diffText } from "../../src/diff/report";
import { noStatistics, statisticsSchema, type Statistics } from "../../src/diff/statistics";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { readJsonFile } from "../../src/util/jsonFile";
import { synth } from "../../src/synth/synth";
import { chooseStack, type StackOptions } from "../support/chooseStack";
import { UsageError } from "../support/errors";
import { shownPath } from "../support/userPaths";
import { baseFiles } from "./baseFiles";

/** Options of `kcp diff`. */
export interface DiffOptions extends StackOptions {
    /** A rendered folder, or a Git commit. */
    base: string;
    /** Absolute path of the statistics file. */
    statistics?: string;
    markdown?: boolean;
    json?: boolean;
    /** Absolute path of the file for the result. */
    out?: string;
}

/** The content of a statistics file. Throws a UsageError that names the first wrong key. */
export function readStatistics(file: string | undefined): Statistics {
    if (file === undefined) return noStatistics;
    const result = statisticsSchema.safeParse(readJsonFile(file));
    if (result.success) return result.data;
    throw new UsageError(`${shownPath(file)} is not a statistics file: ${z.prettifyError(result.error)}`);
}

/** Compares a stack with its base and prints the consequences. */
export async function diff(options: DiffOptions): Promise<void> {
    const { stack, file } = chooseStack(options);
    const statistics = readStatistics(options.statistics);
    const base = await baseFiles(options.base, { stack, file });
    const raw = readStack(stack, file);
    const loaded = loadStack(raw, stack, file);
    const difference = diffStacks(base, renderedFiles(await synth(stack, raw, { loaded })), statistics);
    const text = options.json
        ? JSON.stringify({ stack, ...difference }, null, 2)
        : (options.markdown ? diffMarkdown : diffText)(stack, difference);
    if (options.out === undefined) return console.log(text);
    fs.mkdirSync(path.dirname(options.out), { recursive: true });
    fs.writeFileSync(options.out, `${text}\n`);
}
