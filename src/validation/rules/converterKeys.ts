/** Converters of a connector: classes that are none, and keys that Connect does not read. */
import { converterNames } from "../../connectors/converters";
import type { ResolvedConnector } from "../../connectors/template";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

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

export const converterKeyRules: readonly PluginRule[] = [checkClasses, unusedKeys, checkRegistry].map((check) => ({
    classes: /./,
    check,
}));
