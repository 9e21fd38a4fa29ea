/** MirrorMaker's connectors. */
import type { ResolvedConnector } from "../../connectors/template";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

const byteArrayConverter = "org.apache.kafka.connect.converters.ByteArrayConverter";

const otherConverters = ({ config }: ResolvedConnector): Finding[] =>
    ["key.converter", "value.converter"]
        .filter((key) => config[key] !== byteArrayConverter)
        .map((key) => ({
            code: "KCP_SILENT_CORRUPTION",
            key,
            message: `expected ${byteArrayConverter}; any other converter silently re-encodes the records`,
        }));

export const mirrorRules: readonly PluginRule[] = [
    {
        classes: /^org\.apache\.kafka\.connect\.mirror\./,
        check: (connector) => [
            ...requiredKeys(
                connector,
                ["source.cluster.bootstrap.servers", "target.cluster.bootstrap.servers"],
                "the connector fails to start without it",
            ),
            ...otherConverters(connector),
        ],
    },
];
