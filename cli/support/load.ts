/** Modules that are loaded only by the command that runs: help and usage errors must not wait for Pulumi's SDK. */
import { createRequire } from "module";

const requireFrom = createRequire(__filename);

/** Loads a module of cli/, by its path there. `load<typeof import("../check/check")>("check/check")` */
export const load = <Module>(file: string): Module => requireFrom(`../${file}`) as Module;
