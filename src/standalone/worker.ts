/** The properties of a standalone worker and its connectors. Pure. They contain references to files, no credentials. */
import type { Credentials, StandaloneSettings } from "../schema/standaloneConnect";
import { propertiesText } from "../util/properties";

/** Port of the worker's REST API. */
export const restPort = 8083;
/** Where a pod has what. */
export const places = {
    properties: "/mnt/properties",
    credentials: "/mnt/credentials",
    secrets: "/mnt/secrets",
    data: "/var/lib/connect",
} as const;
export const workerFile = "worker.properties";
export const connectorFile = (name: string): string => `connector-${name}.properties`;

/** A login the worker uses. */
export interface Login {
    /** What it is for; also its folder below the credentials'. */
    readonly use: "kafka" | "schema-registry";
    readonly credentials: Credentials;
}

/** The logins of a stack. */
export function loginsOf({ credentials, schemaRegistry }: StandaloneSettings): Login[] {
    return [
        ...(credentials ? [{ use: "kafka" as const, credentials }] : []),
        ...(schemaRegistry?.credentials
            ? [{ use: "schema-registry" as const, credentials: schemaRegistry.credentials }]
            : []),
    ];
}

const reference = ({ use, credentials }: Login, part: "usernameKey" | "passwordKey"): string =>
    `\${dir:${places.credentials}/${use}:${credentials[part]}}`;

const converters = {
    string: "org.apache.kafka.connect.storage.StringConverter",
    json: "org.apache.kafka.connect.json.JsonConverter",
    avro: "io.confluent.connect.avro.AvroConverter",
    bytes: "org.apache.kafka.connect.converters.ByteArrayConverter",
} as const;

/**
 * How every client of the worker logs in: its own, and those of sinks and sources, which inherit nothing in
 * standalone mode.
 */
function security(settings: StandaloneSettings, login: Login | undefined): Record<string, string> {
    const properties: Record<string, string> = {
        "security.protocol": `${login ? "SASL_" : ""}${settings.tls ? "SSL" : "PLAINTEXT"}`,
    };
    if (settings.tls) properties["ssl.endpoint.identification.algorithm"] = "https";
    if (login) {
        properties["sasl.mechanism"] = "PLAIN";
        properties["sasl.jaas.config"] =
            "org.apache.kafka.common.security.plain.PlainLoginModule required " +
            `username="${reference(login, "usernameKey")}" password="${reference(login, "passwordKey")}";`;
    }
    return properties;
}

function converter(
    part: "key" | "value",
    kind: keyof typeof converters,
    settings: StandaloneSettings,
): Record<string, string> {
    const properties: Record<string, string> = { [`${part}.converter`]: converters[kind] };
    if (kind === "json") properties[`${part}.converter.schemas.enable`] = "false";
    if (kind === "avro" && settings.schemaRegistry) {
        properties[`${part}.converter.schema.registry.url`] = settings.schemaRegistry.url;
        const login = loginsOf(settings).find(({ use }) => use === "schema-registry");
        if (login) {
            properties[`${part}.converter.basic.auth.credentials.source`] = "USER_INFO";
            properties[`${part}.converter.schema.registry.basic.auth.user.info`] =
                `${reference(login, "usernameKey")}:${reference(login, "passwordKey")}`;
        }
    }
    return properties;
}

/** The worker's properties. */
export function workerProperties(settings: StandaloneSettings): Record<string, string> {
    const logins = loginsOf(settings);
    const clients = security(
        settings,
        logins.find(({ use }) => use === "kafka"),
    );
    const readable = [
        ...(logins.length > 0 ? [places.credentials] : []),
        ...(settings.secrets.length > 0 ? [places.secrets] : []),
    ];
    return {
        "bootstrap.servers": settings.bootstrapServers,
        ...Object.fromEntries(
            ["", "producer.", "consumer.", "admin."].flatMap((prefix) =>
                Object.entries(clients).map(([key, value]) => [`${prefix}${key}`, value]),
            ),
        ),
        "consumer.auto.offset.reset": "earliest",
        ...converter("key", settings.keyConverter, settings),
        ...converter("value", settings.valueConverter, settings),
        ...(readable.length > 0
            ? {
                  "config.providers": "dir",
                  "config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                  "config.providers.dir.param.allowed.paths": readable.join(","),
              }
            : {}),
        "offset.storage.file.filename": `${places.data}/offsets`,
        "offset.flush.interval.ms": "10000",
        listeners: `http://0.0.0.0:${restPort}`,
        "plugin.path": settings.pluginPath,
        ...Object.fromEntries(Object.entries(settings.config).map(([key, value]) => [key, String(value)])),
    };
}

/** Every file of the worker, by name. */
export function standaloneFiles(settings: StandaloneSettings): Record<string, string> {
    const connectors = settings.connectors.map(({ name, class: className, tasksMax, config }) => {
        const own = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
        return [
            connectorFile(name),
            propertiesText({ name, "connector.class": className, "tasks.max": String(tasksMax), ...own }),
        ];
    });
    return { [workerFile]: propertiesText(workerProperties(settings)), ...Object.fromEntries(connectors) };
}

/** What the platform sets itself and `config` may not. */
export const ownWorkerKeys =
    /^(bootstrap\.servers|offset\.storage\.file\.filename|listeners|plugin\.path|config\.providers.*|((producer|consumer|admin)\.)?(security\.protocol|sasl\..*))$/;
