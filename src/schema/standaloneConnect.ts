/** Connect without Strimzi: one worker in standalone mode, for Confluent Cloud or any other Kafka cluster. */
import { z } from "zod";
import {
    dnsLabel,
    dnsName,
    boolean,
    object,
    heapSize,
    kubernetesObject,
    array,
    oneOf,
    configMap,
    secretKey,
    secretString,
    imageReference,
    podTemplate,
    bootstrapServers,
    string,
    integer,
} from "./primitives";

const credentials = object({
    secretName: dnsName().optional().describe("Existing Secret with the credentials. Excludes username and password"),
    usernameKey: secretKey()
        .default("username")
        .describe("Key of the Secret that holds the user name; for Confluent Cloud the API key"),
    passwordKey: secretKey()
        .default("password")
        .describe("Key of the Secret that holds the password; for Confluent Cloud the API secret"),
    username: secretString().optional().describe("User name, as secret config. Requires password"),
    password: secretString().optional().describe("Password, as secret config. Requires username"),
}).refine(
    (value) =>
        value.secretName
            ? !value.username && !value.password
            : value.username !== undefined && value.password !== undefined,
    { error: "either secretName, or username and password as secret config" },
);

const connector = object({
    name: dnsName()
        .max(200, { error: "a DNS name of at most 200 characters" })
        .describe("Name of the connector. The consumer group of a sink is connect-NAME"),
    class: string("a class name, or a short name such as FileStreamSink", /^[\w$]+(\.[\w$]+)*$/).describe(
        "Class of the connector",
    ),
    tasksMax: integer(1, 1000).default(1).describe("Maximum number of tasks"),
    config: configMap().describe(
        "Configuration of the connector. Refer to credentials as `${dir:/mnt/secrets/SECRET:KEY}`",
    ),
});

export const standaloneConnect = object({
    name: dnsLabel()
        .max(40, { error: "a DNS label of at most 40 characters" })
        .default("standalone-connect")
        .describe("Name of the Deployment"),
    namespace: dnsLabel().optional().describe("Namespace of the Deployment. Default: connect.namespace"),
    createNamespace: boolean().default(true).describe("Whether the stack creates the namespace"),
    image: imageReference()
        .default("confluentinc/cp-kafka-connect:7.7.1")
        .describe("Image of the worker. connect-standalone must be on its PATH"),
    classPath: string("a class path")
        .default("/usr/share/filestream-connectors/*")
        .describe(
            "Further jars. By default those of the file connectors, which Confluent's image does not have on " +
                "its plugin path",
        ),
    pluginPath: string("folders, separated by commas")
        .default("/usr/share/java,/usr/share/confluent-hub-components")
        .describe("Folders with plugins, separated by commas"),
    bootstrapServers: bootstrapServers().describe("Bootstrap servers of the Kafka cluster"),
    tls: boolean().default(true).describe("Whether to use TLS. The worker trusts the certificates of the JVM"),
    credentials: credentials
        .optional()
        .describe("Authentication by SASL PLAIN, for example to Confluent Cloud. Default: no authentication"),
    keyConverter: oneOf(["string", "json", "avro", "bytes"])
        .default("string")
        .describe("Converter of keys. `avro` requires schemaRegistry"),
    valueConverter: oneOf(["string", "json", "avro", "bytes"])
        .default("json")
        .describe("Converter of values. `avro` requires schemaRegistry"),
    schemaRegistry: object({
        url: string("a URL such as https://HOST", /^https?:\/\/[^\s@]+$/).describe("URL of the schema registry"),
        credentials: credentials.optional().describe("Credentials of the schema registry. Default: no authentication"),
    })
        .optional()
        .describe("Schema registry. Only with the converter avro"),
    connectors: z
        .array(connector, { error: "an array" })
        .min(1, { error: "at least one connector" })
        .describe("Connectors of the worker"),
    secrets: array(dnsName()).describe("Secrets that are mounted for the connectors, each at /mnt/secrets/SECRET"),
    config: configMap().describe(
        "Further configuration of the worker. Keys that the platform sets itself are rejected",
    ),
    heap: heapSize().default("1g").describe("Maximum heap of the worker"),
    resources: kubernetesObject()
        .default({ requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } })
        .describe("Resource requests and limits of the worker's container"),
    storage: object({
        size: string("a quantity such as 1Gi", /^[1-9][0-9]*(Mi|Gi|Ti)$/)
            .default("1Gi")
            .describe("Size of the volume"),
        class: dnsName().optional().describe("Storage class. Default: the Kubernetes cluster's"),
    })
        .prefault({})
        .describe("Persistent volume at /var/lib/connect, for the offsets of source connectors and for files of sinks"),
    template: podTemplate(),
});

export type StandaloneSettings = z.output<typeof standaloneConnect>;
export type Credentials = z.output<typeof credentials>;
