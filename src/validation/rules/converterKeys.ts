/** Converters of a connector: classes that are none, and keys that Connect does not read. */
import { converterNames } from "../../connectors/converters";
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { invalid, isReference, requiredKeys, type Finding, type PluginRule } from "./rule";

const converters = ["key.converter", "value.converter", "header.converter"];

/** A value of the option `converter` in place of a class. */
const checkClasses = ({ config }: ResolvedConnector): Finding[] =>
    converters
        .filter((key) => (converterNames as readonly unknown[]).includes(config[key]))
        .map((key) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message:
                `expected a class, received ${JSON.stringify(config[key])}, which is a value of the options ` +
                "converter and keyConverter; Connect rejects the connector",
        }));

/** Connect takes the keys of a converter from where its class is set: the connector, or the workers. */
const unusedKeys = ({ config }: ResolvedConnector): Finding[] =>
    converters.flatMap((converter) =>
        config[converter] === undefined
            ? Object.keys(config)
                  .filter((key) => key.startsWith(`${converter}.`))
                  .slice(0, 1)
                  .map((key): Finding => ({
                      code: "KCP_UNUSED_SETTING",
                      key,
                      message: `unused: ${converter} is not set here, and the workers' converter has their keys only`,
                      isWarning: true,
                  }))
            : [],
    );

/** Converters of Confluent that need the address of their registry. */
const registryConverter = /^io\.confluent\.connect\.(avro\.AvroConverter|(protobuf|json)\.\w+Converter)$/;

const checkRegistry = (connector: ResolvedConnector): Finding[] =>
    converters
        .filter((converter) => registryConverter.test(String(connector.config[converter])))
        .flatMap((converter) =>
            requiredKeys(
                connector,
                [`${converter}.schema.registry.url`],
                "the converter does not start without the address of its registry",
            ),
        );

/** The address of a registry, and a login that its client does not read. */
const checkRegistryKeys = ({ config }: ResolvedConnector): Finding[] =>
    converters
        .filter((converter) => registryConverter.test(String(config[converter])))
        .flatMap((converter): Finding[] => {
            const urlKey = `${converter}.schema.registry.url`;
            const login = `${converter}.basic.auth.user.info`;
            const source = config[`${converter}.basic.auth.credentials.source`];
            const malformed = listItems(config[urlKey]).find(
                (url) => !isReference(url) && !/^(https?|mock):\/\//i.test(url),
            );
            return [
                ...(malformed === undefined
                    ? []
                    : [
                          invalid(
                              urlKey,
                              `expected an address with https:// or http://, received ${JSON.stringify(malformed)}; ` +
                                  "the converter does not start",
                          ),
                      ]),
                ...(config[login] !== undefined && source !== "USER_INFO" && !isReference(source)
                    ? [
                          {
                              code: "KCP_UNUSED_SETTING" as const,
                              key: login,
                              message: `unused: ${converter}.basic.auth.credentials.source is not USER_INFO`,
                              isWarning: true,
                          },
                      ]
                    : []),
            ];
        });

export const converterKeyRules: readonly PluginRule[] = [
    checkClasses,
    unusedKeys,
    checkRegistry,
    checkRegistryKeys,
].map((check) => ({
    classes: /./,
    check,
}));
