/** The standalone worker. */
import { formatPath, invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import type { StandaloneSettings } from "../schema/standaloneConnect";
import { ownWorkerKeys } from "../standalone/worker";
import { duplicateNames } from "./duplicateNames";

type Config = Readonly<Record<string, unknown>>;

const connectorsPath = ["standaloneConnect", "connectors"];

/** Keys of a connector's configuration that have their own setting. */
const connectorSettings: Readonly<Record<string, string>> = {
    name: "name",
    "connector.class": "class",
    "tasks.max": "tasksMax",
};

export function checkStandalone({ standaloneConnect: standalone }: ParsedSections): Issue[] {
    if (!standalone) return [];
    const configs: [Config, SettingPath][] = [
        [standalone.config, ["standaloneConnect", "config"]],
        ...standalone.connectors.map(({ config }, index): [Config, SettingPath] => [
            config,
            [...connectorsPath, index, "config"],
        ]),
    ];
    return [
        ...checkManaged(standalone),
        ...configs.flatMap(([config, at]) => checkSecretReferences(config, standalone.secrets, at)),
        ...duplicateNames(
            standalone.connectors.map(({ name }) => name),
            connectorsPath,
        ),
        ...checkSchemaRegistry(standalone),
        ...checkTls(standalone),
    ];
}

function checkManaged({ config, connectors }: StandaloneSettings): Issue[] {
    const ofWorker = Object.keys(config)
        .filter((key) => ownWorkerKeys.test(key))
        .map((key) =>
            issue(
                "KCP_MANAGED_SETTING",
                ["standaloneConnect", "config", key],
                "the platform sets this key from the other settings of standaloneConnect",
            ),
        );
    const ofConnectors = connectors.flatMap((connector, index) =>
        Object.keys(connector.config)
            .filter((key) => connectorSettings[key])
            .map((key) =>
                issue(
                    "KCP_MANAGED_SETTING",
                    [...connectorsPath, index, "config", key],
                    `set ${formatPath([...connectorsPath, index, connectorSettings[key]])} instead`,
                ),
            ),
    );
    return [...ofWorker, ...ofConnectors];
}

/** References to files of Secrets that are not mounted. */
const checkSecretReferences = (config: Config, mounted: readonly string[], at: SettingPath): Issue[] =>
    Object.entries(config).flatMap(([key, value]) =>
        [...String(value).matchAll(/\$\{dir:\/mnt\/secrets\/([^:}]+):/g)]
            .filter(([, secret]) => !mounted.includes(secret))
            .map(([, secret]) =>
                issue(
                    "KCP_UNRESOLVABLE_REFERENCE",
                    [...at, key],
                    `refers to the Secret "${secret}", which is not mounted; add it to standaloneConnect.secrets`,
                ),
            ),
    );

function checkSchemaRegistry(standalone: StandaloneSettings): Issue[] {
    const avro = (["keyConverter", "valueConverter"] as const).find((key) => standalone[key] === "avro");
    const at = ["standaloneConnect", "schemaRegistry"];
    if (avro && !standalone.schemaRegistry)
        return [missingSetting(at, `an object with url and credentials, because ${avro} is avro`)];
    if (!avro && standalone.schemaRegistry)
        return [issue("KCP_UNUSED_SETTING", at, "unused: neither keyConverter nor valueConverter is avro")];
    return [];
}

const checkTls = ({ credentials, tls }: StandaloneSettings): Issue[] =>
    credentials && !tls
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["standaloneConnect", "tls"],
                  "SASL PLAIN sends the password unencrypted without TLS; set tls to true or remove credentials",
              ),
          ]
        : [];

/** Paths with the separator of the other setting, and relative ones, which depend on the image's working directory. */
export function standalonePathWarnings({ standaloneConnect }: ParsedSections): Issue[] {
    if (!standaloneConnect) return [];
    const paths = [
        { key: "pluginPath", separator: ",", other: ":", written: standaloneConnect.pluginPath },
        { key: "classPath", separator: ":", other: ",", written: standaloneConnect.classPath },
    ];
    return paths.flatMap(({ key, separator, other, written }) => {
        const at = ["standaloneConnect", key];
        if (written.includes(`${other}/`))
            return [invalidValue(at, written, `paths separated by ${separator}`, { reason: `not by ${other}` })];
        const relative = written.split(separator).find((path) => !path.trim().startsWith("/"));
        return relative === undefined ? [] : [invalidValue(at, written, "absolute paths")];
    });
}
