/** Settings of the bridge that its clients cannot use. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** Keys of a client that the bridge's user has no rights for. */
export function bridgeWarnings({ httpBridge: bridge }: ParsedSections): Issue[] {
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
