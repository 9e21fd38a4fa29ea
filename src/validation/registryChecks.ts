/** Addresses of a schema registry against the converter that uses them, and logins with one key for two values. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { SchemaRegistrySettings } from "../schema/kafka";
import type { ParsedSections } from "../schema/sections";

/** The own API of Apicurio Registry. It has another one that is compatible with Confluent's. */
const apicurioPath = /\/apis\/registry(\/|$)/;

/** A path that Confluent's converter does not know: each request is answered with 404, and tasks fail. */
export function checkRegistry({ kafka }: ParsedSections): Issue[] {
    const registry = kafka?.schemaRegistry;
    const at = ["kafka", "schemaRegistry"];
    if (registry?.secret !== undefined && /\$\{|\s/.test(registry.secret))
        return [
            invalidValue([...at, "secret"], registry.secret, "the name of a secret", {
                reason: "the platform makes the references of it",
            }),
        ];
    // Confluent's converter accepts several, separated by commas
    const wrong = registry?.url.split(",").find((url) => !URL.canParse(url));
    if (wrong !== undefined) return [invalidValue([...at, "url"], registry?.url, "URLs with ports from 1 to 65535")];
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

const resources = /\/(subjects|schemas\/ids|config)\/?$/;

/** Addresses of something else than a registry's API, and secrets with the prefix that is added to them. */
function registryDoubts(
    { url, secret }: SchemaRegistrySettings,
    { kafka, kafkaCluster, secrets }: ParsedSections,
): Issue[] {
    const at = ["kafka", "schemaRegistry"];
    const doubt = (reason: string): Issue =>
        invalidValue([...at, "url"], url, "the URL of a registry's API", { reason });
    const { host, search } = new URL(url.split(",")[0]);
    const isBroker = !kafkaCluster && kafka?.bootstrapServers.split(",").includes(host);
    return [
        ...(resources.test(url) ? [doubt("the converter adds /subjects and the like itself")] : []),
        ...(search === "" ? [] : [doubt("the converter adds paths at its end, after the query")]),
        ...(isBroker ? [doubt("it is the address of a broker of kafka.bootstrapServers")] : []),
        ...(/^glue\./.test(host) ? [doubt("AWS Glue has another API, which no converter of the platform knows")] : []),
        ...(/\.confluent\.cloud$/.test(host) && secret === undefined
            ? [
                  issue(
                      "KCP_MISSING_SETTING",
                      [...at, "secret"],
                      "Confluent Cloud's registry accepts no client without a login",
                  ),
              ]
            : []),
        ...(secrets?.prefix && secret?.startsWith(secrets.prefix)
            ? [
                  invalidValue([...at, "secret"], secret, secret.slice(secrets.prefix.length), {
                      reason: `the platform adds secrets.prefix, ${secrets.prefix}`,
                  }),
              ]
            : []),
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
        ...(registry ? registryDoubts(registry, sections) : []),
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
