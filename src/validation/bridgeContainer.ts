/** The main container beside the HTTP bridge: what the API server refuses, and what conflicts with the bridge. */
import { invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { duplicates, isObject } from "../util/data";

type Container = Readonly<Record<string, unknown>>;

const at: SettingPath = ["httpBridge", "main"];

/** Ports on which the bridge listens, also in the network of the main container. */
const bridgePorts = [8080, 8081];

const itemsOf = (container: Container, key: string): Record<string, unknown>[] =>
    (Array.isArray(container[key]) ? (container[key] as unknown[]) : []).filter(isObject);

const envIssues = (main: Container): Issue[] =>
    duplicates(itemsOf(main, "env").map(({ name }) => name)).map((index) =>
        issue("KCP_DUPLICATE_NAME", [...at, "env", index, "name"], "the same variable twice; remove one"),
    );

/** Volumes that the pod template does not have: the API server refuses the pods. */
function mountIssues(main: Container, template: unknown): Issue[] {
    const spec = isObject(template) && isObject(template.spec) ? template.spec : {};
    const volumes = itemsOf(spec, "volumes").map(({ name }) => name);
    return itemsOf(main, "volumeMounts").flatMap(({ name }, index) =>
        volumes.includes(name)
            ? []
            : [
                  invalidValue([...at, "volumeMounts", index, "name"], name, "a volume of httpBridge.template", {
                      reason: "add it to httpBridge.template.spec.volumes",
                  }),
              ],
    );
}

const handlers = ["exec", "httpGet", "tcpSocket", "grpc"];

const probeIssues = (main: Container): Issue[] =>
    ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) => {
        const probe = main[name];
        return isObject(probe) && !handlers.some((handler) => probe[handler] !== undefined)
            ? [missingSetting([...at, name], `one of ${handlers.join(", ")}, which the probe runs`)]
            : [];
    });

/** Errors of the main container. */
export function checkBridgeContainer({ httpBridge }: ParsedSections): Issue[] {
    if (!httpBridge) return [];
    const main = httpBridge.main as Container;
    return [...envIssues(main), ...mountIssues(main, httpBridge.template), ...probeIssues(main)];
}

const isMutable = (image: unknown): boolean =>
    typeof image === "string" && !image.includes("@") && (image.endsWith(":latest") || !/:[^/]+$/.test(image));

const mutable = (image: unknown, path: SettingPath): Issue[] =>
    isMutable(image)
        ? [
              issue(
                  "KCP_MUTABLE_IMAGE",
                  path,
                  "is the newest image at the time when a pod starts; write a version or a digest",
              ),
          ]
        : [];

/** Warnings about the containers of the bridge and of the standalone worker. */
export function containerWarnings({ httpBridge, standaloneConnect }: ParsedSections): Issue[] {
    const main = (httpBridge?.main ?? {}) as Container;
    const context = isObject(main.securityContext) ? main.securityContext : {};
    return [
        ...mutable(main.image, [...at, "image"]),
        ...mutable(httpBridge?.image, ["httpBridge", "image"]),
        ...mutable(standaloneConnect?.image, ["standaloneConnect", "image"]),
        ...itemsOf(main, "ports").flatMap(({ containerPort }, index) =>
            bridgePorts.includes(Number(containerPort))
                ? [
                      issue(
                          "KCP_CONFLICTING_SETTINGS",
                          [...at, "ports", index, "containerPort"],
                          `the bridge listens on ${String(containerPort)} in the same network; one of them would fail`,
                      ),
                  ]
                : [],
        ),
        ...(context.privileged === true
            ? [
                  issue(
                      "KCP_BROAD_ACCESS",
                      [...at, "securityContext", "privileged"],
                      "the container has all rights on its node; remove it",
                  ),
              ]
            : []),
    ];
}
