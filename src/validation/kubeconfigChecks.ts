/** The kubeconfig that a stack file names. */
import { invalidValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { existsHere } from "../util/project";

/** A kubeconfig's content is an object of YAML or JSON; everything else is a path. */
const isContent = (text: string): boolean => text.includes("\n") || text.includes("{") || text.includes("apiVersion:");

/** A path without a file here: a warning, as the file can be on another machine than the one that checks. */
export function kubeconfigWarnings({ eks }: ParsedSections): Issue[] {
    const given = eks?.kubeconfig;
    if (given === undefined || isContent(given) || given.startsWith("~")) return [];
    if (existsHere(given)) return [];
    return [
        invalidValue(["eks", "kubeconfig"], given, "the path of a kubeconfig, or its content", {
            reason: "there is no such file on this machine",
        }),
    ];
}
