/** Probes and security contexts of Strimzi's pods that stop every container, or that contradict themselves. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject, valueAt } from "../util/data";

/** Seconds that a worker or a broker needs at least to answer after its start. */
const leastStart = 20;

/** Strimzi's probes without a value: 60 s until the first one, then every 10 s, three failures. */
const defaults = { initialDelaySeconds: 60, periodSeconds: 10, failureThreshold: 3 };

/** A probe that restarts its container before it can have started. */
function livenessWarnings(probe: unknown, at: SettingPath): Issue[] {
    if (!isObject(probe)) return [];
    const number = (key: keyof typeof defaults) => Number(probe[key] ?? defaults[key]);
    const seconds = number("initialDelaySeconds") + number("periodSeconds") * (number("failureThreshold") - 1);
    return seconds < leastStart
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  at,
                  `Kubernetes restarts the container after ${seconds} s without an answer, and a JVM needs longer to ` +
                      "start: raise initialDelaySeconds or failureThreshold",
              ),
          ]
        : [];
}

/** Every security context within the `template` objects of a spec, with its path. */
function securityContexts(
    value: unknown,
    at: SettingPath,
    isTemplate = false,
): [Record<string, unknown>, SettingPath][] {
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inner]): [Record<string, unknown>, SettingPath][] => {
        const path = [...at, key];
        if (isTemplate && key === "securityContext") return isObject(inner) ? [[inner, path]] : [];
        return securityContexts(inner, path, isTemplate || key === "template");
    });
}

/** Contexts with which no container starts. */
function contextIssues(context: Readonly<Record<string, unknown>>, at: SettingPath): Issue[] {
    const { runAsUser, runAsNonRoot, privileged, allowPrivilegeEscalation } = context;
    return [
        ...(runAsUser === 0 && runAsNonRoot === true
            ? [
                  invalidValue([...at, "runAsUser"], runAsUser, "another user than root", {
                      reason: "runAsNonRoot is true",
                  }),
              ]
            : []),
        ...(privileged === true && allowPrivilegeEscalation === false
            ? [
                  invalidValue([...at, "allowPrivilegeEscalation"], allowPrivilegeEscalation, "true", {
                      reason: "privileged is true, and the API server refuses the pods",
                  }),
              ]
            : []),
    ];
}

/** The specs of Strimzi's resources. */
const specsOf = ({ connect, kafkaCluster }: ParsedSections): [unknown, SettingPath][] => [
    [connect?.spec, ["connect", "spec"]],
    [kafkaCluster?.spec, ["kafkaCluster", "spec"]],
    ...(kafkaCluster?.nodePools ?? []).map(({ spec }, index): [unknown, SettingPath] => [
        spec,
        ["kafkaCluster", "nodePools", index, "spec"],
    ]),
];

/** Security contexts that contradict themselves. */
export const checkSecurityContexts = (sections: ParsedSections): Issue[] =>
    specsOf(sections)
        .flatMap(([spec, at]) => securityContexts(spec, at))
        .flatMap(([context, at]) => contextIssues(context, at));

/** Probes, and a worker that has no time to commit its offsets. */
export function probeWarnings({ connect, kafkaCluster }: ParsedSections): Issue[] {
    const grace = ["template", "pod", "terminationGracePeriodSeconds"];
    const seconds = valueAt(connect?.spec, grace);
    const ofKafka = ["kafka", "livenessProbe"];
    return [
        ...livenessWarnings(valueAt(connect?.spec, ["livenessProbe"]), ["connect", "spec", "livenessProbe"]),
        ...livenessWarnings(valueAt(kafkaCluster?.spec, ofKafka), ["kafkaCluster", "spec", ...ofKafka]),
        ...(typeof seconds === "number" && seconds < 5
            ? [
                  invalidValue(["connect", "spec", ...grace], seconds, "at least 30", {
                      reason: "workers that are killed do not commit offsets, and records are repeated",
                  }),
              ]
            : []),
    ];
}
