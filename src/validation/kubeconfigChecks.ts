/** The kubeconfig that a stack file names, or contains. */
import * as YAML from "yaml";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";
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

/** A content that no client reads, or without the context that the stack uses. */
export function checkKubeconfig({ eks }: ParsedSections): Issue[] {
    const given = eks?.kubeconfig;
    if (given === undefined || !isContent(given)) return [];
    const at = ["eks", "kubeconfig"];
    const document = YAML.parseDocument(given, { logLevel: "silent" });
    const content: unknown = document.errors.length > 0 ? undefined : document.toJS();
    const contexts = valueAt(content, ["contexts"]);
    if (!Array.isArray(contexts))
        return [issue("KCP_INVALID_VALUE", at, "expected the content of a kubeconfig, YAML with contexts")];
    const names = contexts.map((context) => String(valueAt(context, ["name"])));
    const current = valueAt(content, ["current-context"]);
    const used = eks?.context ?? current;
    const place = eks?.context === undefined ? at : ["eks", "context"];
    if (used === undefined || used === "")
        return [issue("KCP_MISSING_SETTING", ["eks", "context"], "the kubeconfig has no current-context; set context")];
    if (names.includes(String(used))) return [];
    const hint = suggestionFor(String(used), names) ?? `its contexts are ${names.join(", ")}`;
    return [issue("KCP_INVALID_VALUE", place, `the kubeconfig has no context ${String(used)}: ${hint}`)];
}
