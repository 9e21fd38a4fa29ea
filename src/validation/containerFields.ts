/** Containers and their resources that no CRD describes, against Kubernetes' own schema. */
import { invalidValue, type Issue } from "../schema/issues";
import { dnsLabel } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { containerIssues, podTemplatePartIssues, resourceIssues } from "./kubernetesFields";

/** The container of the bridge's pod besides the main one. */
const bridgeContainer = "bridge";

/** Without strict field validation the API server drops an unknown field, and pods run without it. */
export const checkContainerFields = ({ httpBridge, standaloneConnect, strimzi }: ParsedSections): Issue[] => [
    ...resourceIssues(strimzi?.resources, ["strimzi", "resources"]),
    ...resourceIssues(standaloneConnect?.resources, ["standaloneConnect", "resources"]),
    ...resourceIssues(httpBridge?.resources, ["httpBridge", "resources"]),
    ...(httpBridge ? mainIssues(httpBridge.main as Record<string, unknown>) : []),
    ...podTemplatePartIssues(httpBridge?.template, ["httpBridge", "template"]),
    ...podTemplatePartIssues(standaloneConnect?.template, ["standaloneConnect", "template"]),
];

function mainIssues(main: Readonly<Record<string, unknown>>): Issue[] {
    const at = ["httpBridge", "main"];
    const named = { name: "main", ...main };
    const { name } = named;
    const reason = name === bridgeContainer ? "it is the name of the bridge's container" : undefined;
    const isName = typeof name !== "string" || (dnsLabel().safeParse(name).success && !reason);
    return [
        ...containerIssues(named, at).filter(({ path }) => isName || path.at(-1) !== "name" || path.length > 3),
        ...(isName ? [] : [invalidValue([...at, "name"], name, "another DNS label", { reason })]),
    ];
}
