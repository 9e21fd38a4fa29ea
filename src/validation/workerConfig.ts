/** Keys of `connect.config` with which the workers do not start, or that no worker reads. */
import type { ConnectSettings } from "../schema/connect";
import { invalidValue, issue, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { declaredProviders } from "../strimzi/connectConfig";
import { kafkaFilesProvider, kafkaSecretMounts } from "../strimzi/kafkaClient";
import { nearest } from "../util/nearest";
import { clientTimingIssues, workerTimingIssues } from "./clientTiming";

type Config = ConnectSettings["config"];

const at = (key: string): SettingPath => ["connect", "config", key];

/** Config providers that Kafka and Strimzi's images have. */
export const knownProviders = [
    "org.apache.kafka.common.config.provider.FileConfigProvider",
    "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    "io.strimzi.kafka.KubernetesSecretConfigProvider",
    "io.strimzi.kafka.KubernetesConfigMapConfigProvider",
    "io.strimzi.kafka.EnvVarConfigProvider",
];

/** Providers that are listed without a class, and classes of providers that are not listed. */
function providerIssues(config: Config): Issue[] {
    const listed = declaredProviders({ config });
    const missing = listed
        .filter((name) => config[`config.providers.${name}.class`] === undefined)
        .map((name) =>
            issue(
                "KCP_UNDECLARED_NAME",
                at("config.providers"),
                `lists "${name}", but config.providers.${name}.class is not set; the workers would not start`,
            ),
        );
    const misspelt = Object.entries(config)
        .filter(
            ([key, value]) => /^config\.providers\.[^.]+\.class$/.test(key) && !knownProviders.includes(String(value)),
        )
        .flatMap(([key, value]) => {
            const suggestion = nearest(String(value), knownProviders);
            const isOfKafka = /^(org\.apache\.kafka|io\.strimzi\.kafka)\./.test(String(value));
            if (!isOfKafka || suggestion === undefined) return [];
            return [
                invalidValue(at(key), value, "a config provider of Kafka or Strimzi", {
                    reason: `did you mean "${suggestion}"?`,
                }),
            ];
        });
    return [...missing, ...misspelt];
}

/** Keys of providers that `config.providers` does not list, which no worker reads. */
export function workerConfigWarnings({ connect, secrets }: ParsedSections): Issue[] {
    if (!connect) return [];
    const listed = declaredProviders(connect);
    const own = secrets ? [secrets.name, ...secrets.further.map(({ name }) => name)] : [];
    return Object.keys(connect.config).flatMap((key) => {
        const name = /^config\.providers\.([^.]+)\.class$/.exec(key)?.[1];
        if (name === undefined || listed.includes(name) || own.includes(name)) return [];
        return [
            issue("KCP_UNUSED_SETTING", at(key), `unused: connect.config."config.providers" does not list "${name}"`),
        ];
    });
}

const protocols = ["eager", "compatible", "sessioned"];

function protocolIssues(config: Config): Issue[] {
    const value = config["connect.protocol"];
    if (value === undefined || protocols.includes(String(value).toLowerCase())) return [];
    return [unlistedValue(at("connect.protocol"), value, protocols)];
}

/** Headers of the REST API's responses: a comma separates them, unless it is in quotes. */
function headerIssues(config: Config): Issue[] {
    const key = "response.http.headers.config";
    const written = config[key];
    if (written === undefined || written === "") return [];
    const headers = String(written).match(/"[^"]*"|[^,"]+/g) ?? [];
    const isHeader = (header: string) => /^"?\s*(set|add|setDate|addDate)\s+[^\s:]+\s*:/.test(header.trim());
    const expected = "[action] [header name]:[header value], with the actions set, add, setDate and addDate";
    return headers.every((header) => header.trim() === "" || isHeader(header))
        ? []
        : [
              invalidValue(at(key), written, expected, {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  reason: "no worker starts",
              }),
          ];
}

/** The name of the platform's own provider, which reads the login to Kafka. */
export function checkProviderNames({ secrets, kafka }: ParsedSections): Issue[] {
    if (!secrets || !kafka || kafkaSecretMounts(kafka).length === 0) return [];
    const names = [secrets.name, ...secrets.further.map(({ name }) => name)];
    return names.flatMap((name, index) =>
        name === kafkaFilesProvider
            ? [
                  invalidValue(
                      index === 0 ? ["secrets", "name"] : ["secrets", "further", index - 1, "name"],
                      name,
                      "another name",
                      {
                          reason: "the platform's provider for the login to Kafka has it",
                      },
                  ),
              ]
            : [],
    );
}

/** Serializers, which Connect sets so that converters can write, and an id that only one producer can have. */
const connectOwn =
    /^(producer\.(key|value)\.serializer|consumer\.(key|value)\.deserializer|producer\.transactional\.id)$/;

const clientIssues = (config: Config): Issue[] =>
    Object.entries(config)
        .filter(([key, value]) => connectOwn.test(key) && !/\.ByteArray(S|Des)erializer$/.test(String(value)))
        .map(([key]) =>
            issue("KCP_MANAGED_SETTING", at(key), "Connect sets this key itself; with another value tasks fail"),
        );

/** Errors of `connect.config`. */
export const checkWorkerConfig = ({ connect }: ParsedSections): Issue[] =>
    connect
        ? [
              ...providerIssues(connect.config),
              ...protocolIssues(connect.config),
              ...headerIssues(connect.config),
              ...clientIssues(connect.config),
              ...workerTimingIssues(connect.config, at),
              ...clientTimingIssues(connect.config, "producer.", "consumer.", at),
          ]
        : [];
