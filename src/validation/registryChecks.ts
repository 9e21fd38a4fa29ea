/** Addresses of a schema registry against the converter that uses them, and logins with one key for two values. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** The own API of Apicurio Registry. It has another one that is compatible with Confluent's. */
const apicurioPath = /\/apis\/registry(\/|$)/;

/** A path that Confluent's converter does not know: each request is answered with 404, and tasks fail. */
export function checkRegistry({ kafka }: ParsedSections): Issue[] {
    const registry = kafka?.schemaRegistry;
    if (registry?.type !== "confluent" || !apicurioPath.test(registry.url)) return [];
    const expected = "the API of Confluent's converter, which Apicurio Registry has at /apis/ccompat/v7";
    return [
        invalidValue(["kafka", "schemaRegistry", "url"], registry.url, expected, {
            reason: "kafka.schemaRegistry.type is confluent",
        }),
    ];
}

interface KeyPair {
    readonly at: SettingPath;
    readonly keys: readonly [string, string];
    readonly values: Readonly<Record<string, unknown>> | undefined;
}

/** Pairs of keys of one Secret that hold different values. */
function keyPairs({ kafka, metrics, standaloneConnect }: ParsedSections): KeyPair[] {
    const login = ["usernameKey", "passwordKey"] as const;
    const registry = standaloneConnect?.schemaRegistry?.credentials;
    return [
        { at: ["kafka", "authentication"], keys: ["certificateKey", "privateKeyKey"], values: kafka?.authentication },
        { at: ["kafka", "schemaRegistry"], keys: login, values: kafka?.schemaRegistry },
        { at: ["standaloneConnect", "credentials"], keys: login, values: standaloneConnect?.credentials },
        { at: ["standaloneConnect", "schemaRegistry", "credentials"], keys: login, values: registry },
        ...(metrics?.slotExporter?.servers ?? []).flatMap((server, index): KeyPair[] => {
            const at = ["metrics", "slotExporter", "servers", index];
            return [
                { at, keys: login, values: server },
                { at, keys: ["hostKey", "passwordKey"], values: server },
            ];
        }),
    ];
}

/** Logins whose two values are read from the same key of a Secret, and registries without the path of their API. */
export const registryWarnings = (sections: ParsedSections): Issue[] => {
    const registry = sections.kafka?.schemaRegistry;
    const lacksPath = registry?.type === "apicurio" && !apicurioPath.test(registry.url);
    const ofPairs = keyPairs(sections)
        .filter(
            ({ keys: [first, second], values }) => values?.[first] !== undefined && values[first] === values[second],
        )
        .map(({ at, keys: [first, second] }) =>
            issue("KCP_CONFLICTING_SETTINGS", [...at, second], `is the same key as ${first}; each value has its own`),
        );
    return [
        ...ofPairs,
        ...(lacksPath
            ? [
                  invalidValue(
                      ["kafka", "schemaRegistry", "url"],
                      registry.url,
                      "a URL that ends in /apis/registry/v2 or /apis/registry/v3, the API of Apicurio's converter",
                  ),
              ]
            : []),
    ];
};
