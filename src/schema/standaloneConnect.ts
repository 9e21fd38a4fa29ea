/** Connect without Strimzi: one worker in standalone mode, on Confluent Cloud or any other Kafka. */
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
    secretString,
    string,
    integer,
} from "./primitives";

const credentials = object({
    secretName: dnsName().optional().describe("Secret that exists, with the login. Excludes username and password"),
    usernameKey: string("a key of the Secret")
        .default("username")
        .describe("Key of the Secret that holds the user, of Confluent Cloud the API key"),
    passwordKey: string("a key of the Secret")
        .default("password")
        .describe("Key of the Secret that holds the password, of Confluent Cloud the API secret"),
    username: secretString().optional().describe("User, from secret config"),
    password: secretString().optional().describe("Password, from secret config"),
}).refine(
    (value) =>
        value.secretName
            ? !value.username && !value.password
            : value.username !== undefined && value.password !== undefined,
    { error: "either secretName, or username and password of secret config" },
);

const connector = object({
    name: dnsName()
        .max(200, { error: "a DNS name of at most 200 characters" })
        .describe("Name of the connector, and of a sink's consumer group after connect-"),
    class: string("a class name, or the short one of a plugin such as FileStreamSink", /^[\w$]+(\.[\w$]+)*$/).describe(
        "Class of the connector",
    ),
    tasksMax: integer(1, 1000).default(1).describe("Most tasks it may run"),
    config: configMap().describe("Its configuration. Credentials by reference: ${dir:/mnt/secrets/SECRET:KEY}"),
});

export const standaloneConnect = object({
    name: dnsLabel()
        .max(40, { error: "a DNS label of at most 40 characters" })
        .default("standalone-connect")
        .describe("Name of the Deployment"),
    namespace: dnsLabel().optional().describe("Its namespace. Default: connect.namespace"),
    createNamespace: boolean().default(true).describe("Whether the stack creates that namespace"),
    image: string("an image reference")
        .default("confluentinc/cp-kafka-connect:7.7.1")
        .describe("Image of the worker; connect-standalone has to be on its PATH"),
    classPath: string("a class path")
        .default("/usr/share/filestream-connectors/*")
        .describe("Further jars; Confluent's image keeps the file connectors there and not on its plugin path"),
    pluginPath: string("a list of folders, separated by commas")
        .default("/usr/share/java,/usr/share/confluent-hub-components")
        .describe("Folders with plugins"),
    bootstrapServers: string("host:port, several separated by commas", /^[^\s:,]+:\d+(,[^\s:,]+:\d+)*$/).describe(
        "Bootstrap servers",
    ),
    tls: boolean()
        .default(true)
        .describe("Whether the connection is encrypted; the certificates of the JVM are trusted"),
    credentials: credentials.optional().describe("Login by SASL PLAIN, as Confluent Cloud has it. Absent: none"),
    keyConverter: oneOf(["string", "json", "avro", "bytes"])
        .default("string")
        .describe("How keys are read and written"),
    valueConverter: oneOf(["string", "json", "avro", "bytes"])
        .default("json")
        .describe("How values are read and written; avro needs schemaRegistry"),
    schemaRegistry: object({
        url: string("an address such as https://HOST", /^https?:\/\/[^\s@]+$/).describe(
            "Address of the Schema Registry",
        ),
        credentials: credentials.optional().describe("Its login"),
    })
        .optional()
        .describe("Schema Registry, for avro"),
    connectors: z
        .array(connector, { error: "a list" })
        .min(1, { error: "a list of one connector or more" })
        .describe("The connectors; a standalone worker runs those it is started with"),
    secrets: array(dnsName()).describe(
        "Secrets mounted for the connectors, each as a folder of its name in /mnt/secrets",
    ),
    config: configMap().describe("Further worker configuration. What the platform sets itself is refused"),
    heap: heapSize().default("1g").describe("Heap of the worker"),
    resources: kubernetesObject()
        .default({ requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } })
        .describe("Resource requests and limits"),
    storage: object({
        size: string("a quantity such as 1Gi", /^[1-9][0-9]*(Mi|Gi|Ti)$/)
            .default("1Gi")
            .describe("Size of the volume"),
        class: dnsName().optional().describe("Storage class. Default: the Kubernetes cluster's"),
    })
        .prefault({})
        .describe(
            "Volume at /var/lib/connect that survives a restart: the offsets of sources, and files that a sink writes there",
        ),
});

export type StandaloneSettings = z.output<typeof standaloneConnect>;
export type Credentials = z.output<typeof credentials>;
