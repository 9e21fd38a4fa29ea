/** Pod templates of the platform's Deployments: what the API server rejects, and containers that run beside others. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject, listOf, valueAt } from "../util/data";
import { misspelledName, suggestionFor } from "../util/nearest";

interface Template {
    readonly template: unknown;
    readonly at: SettingPath;
    /** Containers that the platform creates. */
    readonly containers: readonly string[];
}

function templatesOf({ httpBridge, standaloneConnect }: ParsedSections): Template[] {
    const main = String(httpBridge?.main.name ?? "main");
    return [
        { template: httpBridge?.template, at: ["httpBridge", "template"], containers: [main, "bridge"] },
        { template: standaloneConnect?.template, at: ["standaloneConnect", "template"], containers: ["connect"] },
    ];
}

/** A Deployment restarts its pods, and Kubernetes accepts no other policy. */
export const checkPodTemplates = (sections: ParsedSections): Issue[] =>
    templatesOf(sections).flatMap(({ template, at }) => {
        const policy = valueAt(template, ["spec", "restartPolicy"]);
        return policy === undefined || policy === "Always"
            ? []
            : [
                  invalidValue([...at, "spec", "restartPolicy"], policy, "Always", {
                      reason: "the API server rejects a Deployment with another policy",
                  }),
              ];
    });

/** Containers whose name is close to one of the platform's: they would run beside it. */
const otherContainers = ({ template, at, containers }: Template): Issue[] =>
    listOf(valueAt(template, ["spec", "containers"])).flatMap((container, index) => {
        const name = String(valueAt(container, ["name"]) ?? "");
        const meant = misspelledName(name, containers);
        const path = [...at, "spec", "containers", index, "name"];
        return meant === undefined
            ? []
            : [issue("KCP_UNDECLARED_NAME", path, `adds a container ${name}; did you mean "${meant}"?`)];
    });

const probes = ["livenessProbe", "readinessProbe", "startupProbe"];

/** Probes of the bridge's main container that name a port which it does not have: they always fail. */
function probeWarnings({ httpBridge }: ParsedSections): Issue[] {
    const main: unknown = httpBridge?.main;
    if (!isObject(main)) return [];
    const names = listOf(main.ports).map((port) => String(valueAt(port, ["name"]) ?? ""));
    return probes.flatMap((probe) =>
        ["httpGet", "tcpSocket"].flatMap((action) => {
            const port = valueAt(main, [probe, action, "port"]);
            if (typeof port !== "string" || names.includes(port)) return [];
            const reason = suggestionFor(port, names);
            return [
                invalidValue(
                    ["httpBridge", "main", probe, action, "port"],
                    port,
                    "the name of a port of the container",
                    {
                        reason,
                    },
                ),
            ];
        }),
    );
}

/** What is probably wrong in pod templates. */
export const podTemplateWarnings = (sections: ParsedSections): Issue[] => [
    ...templatesOf(sections).flatMap(otherContainers),
    ...probeWarnings(sections),
];
