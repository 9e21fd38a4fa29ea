/** Settings of the bridge that its clients cannot use. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { bridgePort } from "../strimzi/bridge";
import { listOf, valueAt } from "../util/data";

/** Settings with which the bridge's clients, or the main container, do not reach Kafka. */
export const bridgeWarnings = (sections: ParsedSections): Issue[] => [
    ...clientWarnings(sections),
    ...urlWarnings(sections),
];

/** A variable of the main container with the bridge's address on another port, which nothing in the pod listens at. */
function urlWarnings({ httpBridge }: ParsedSections): Issue[] {
    return listOf(valueAt(httpBridge?.main, ["env"])).flatMap((variable, index) => {
        const [name, value] = ["name", "value"].map((key) => String(valueAt(variable, [key]) ?? ""));
        const port = /^https?:\/\/(?:localhost|127\.0\.0\.1):(\d+)\b/.exec(value)?.[1];
        const isBridge = /BRIDGE/.test(name) && port !== undefined;
        return isBridge && Number(port) !== bridgePort
            ? [
                  invalidValue(["httpBridge", "main", "env", index, "value"], value, `the port ${bridgePort}`, {
                      reason: "the bridge listens at it",
                  }),
              ]
            : [];
    });
}

/** Keys of a client that the bridge's user has no rights for. */
function clientWarnings({ httpBridge: bridge }: ParsedSections): Issue[] {
    if (!bridge || bridge.kafka) return [];
    const sides = [
        ["kafka.consumer.", bridge.consume, "httpBridge.consume"],
        ["kafka.producer.", bridge.produce, "httpBridge.produce"],
    ] as const;
    return sides
        .filter(([, topics]) => topics.length === 0)
        .flatMap(([prefix, , setting]) =>
            Object.keys(bridge.config)
                .filter((key) => key.startsWith(prefix))
                .map((key) =>
                    issue("KCP_UNUSED_SETTING", ["httpBridge", "config", key], `unused: ${setting} names no topics`),
                ),
        );
}
