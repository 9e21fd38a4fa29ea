/** Bootstrap servers against TLS and the login: what the ports and hosts of well-known services accept. */
import type { KafkaSettings } from "../schema/kafka";
import { invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import type { StandaloneSettings } from "../schema/standaloneConnect";
import { usesTls } from "../strimzi/kafkaClient";
import { duplicates } from "../util/data";

/** A client: where its addresses are written, whether it uses TLS, and how it logs in. */
interface Client {
    readonly servers: string | undefined;
    readonly at: SettingPath;
    readonly tls: boolean;
    readonly login: KafkaSettings["authentication"]["type"];
    /** Where the type of the login is written. */
    readonly loginAt: SettingPath;
    /** What enables TLS. */
    readonly tlsSetting: string;
}

const workersOf = (kafka: KafkaSettings): Client => ({
    servers: kafka.bootstrapServers,
    at: ["kafka", "bootstrapServers"],
    tls: usesTls(kafka),
    login: kafka.authentication.type,
    loginAt: ["kafka", "authentication", "type"],
    tlsSetting: "kafka.tls",
});

const standaloneOf = ({ bootstrapServers, tls, credentials }: StandaloneSettings): Client => ({
    servers: bootstrapServers,
    at: ["standaloneConnect", "bootstrapServers"],
    tls,
    login: credentials ? "plain" : "none",
    loginAt: ["standaloneConnect", "credentials"],
    tlsSetting: "standaloneConnect.tls",
});

interface Address {
    /** As it is written. */
    readonly server: string;
    readonly host: string;
    readonly port: number;
}

const addressesOf = ({ servers }: Client): Address[] =>
    String(servers ?? "")
        .split(",")
        .filter(Boolean)
        .map((server) => {
            const [, host, port] = /^(.*):(\d+)$/.exec(server.trim()) ?? [];
            return { server, host: host ?? server, port: Number(port) };
        });

/** Hosts of MSK brokers, with their region. */
const mskHost = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** What one port of MSK accepts. The ports that begin with 919 are those for clients outside of the VPC. */
interface MskPort {
    readonly ports: readonly number[];
    readonly tls: boolean;
    readonly types: readonly KafkaSettings["authentication"]["type"][];
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const mskPorts: readonly MskPort[] = [
    { ports: [9092], tls: false, types: ["none"] },
    { ports: [9094, 9194], tls: true, types: ["none", "tls"] },
    { ports: [9096, 9196], tls: true, types: ["scram-sha-512"] },
];

/** Ports at which MSK accepts a login by IAM: within the VPC, over the internet, and by way of PrivateLink. */
const isIamPort = (port: number): boolean => port === 9098 || port === 9198 || port >= 14_001;

/** Addresses of MSK brokers against the login by IAM, and the cluster's region. */
function iamIssues({ authentication }: KafkaSettings, { server, host, port }: Address): Issue[] {
    const path = ["kafka", "bootstrapServers"];
    const brokerRegion = mskHost.exec(host)?.[1];
    if (brokerRegion === undefined) return [];
    const isIam = authentication.type === "aws-msk-iam";
    if (isIam && !isIamPort(port))
        return [invalidValue(path, server, "the port 9098, at which MSK accepts a login by IAM")];
    if (!isIam && [9098, 9198].includes(port))
        return [
            invalidValue(path, server, "another port", {
                reason: "at this one MSK accepts only kafka.authentication.type aws-msk-iam",
            }),
        ];
    const region = authentication.clusterArn?.split(":")[3];
    return region && region !== brokerRegion
        ? [invalidValue(path, server, `brokers of the region ${region}, that of clusterArn`)]
        : [];
}

/** Addresses of MSK brokers against TLS and the other logins. */
function mskIssues(client: Client, { server, host, port }: Address): Issue[] {
    if (/\.kafka-serverless\./.test(host) && client.login !== "aws-msk-iam" && client.loginAt[0] === "kafka")
        return [loginIssue(client, "aws-msk-iam", "MSK Serverless accepts no other login")];
    const accepted = mskHost.test(host) ? mskPorts.find(({ ports }) => ports.includes(port)) : undefined;
    if (!accepted || client.login === "aws-msk-iam") return [];
    if (accepted.tls !== client.tls) return [tlsIssue(client, server, `MSK's port ${port}`)];
    return accepted.types.includes(client.login)
        ? []
        : [loginIssue(client, accepted.types.join(" or "), `MSK's port ${port} accepts no other login`)];
}

const loginIssue = ({ login, loginAt }: Client, expected: string, reason: string): Issue =>
    loginAt.at(-1) === "credentials"
        ? missingSetting(loginAt, `a login: ${reason}`)
        : invalidValue(loginAt, login, expected, { reason });

/** TLS that a listener does not accept, or accepts only. */
const tlsIssue = ({ at, tls, tlsSetting }: Client, server: string, listener: string): Issue =>
    issue(
        "KCP_CONFLICTING_SETTINGS",
        at,
        tls
            ? `${server}: ${listener} accepts no TLS, which ${tlsSetting} enables; use another port, or remove it`
            : `${server}: ${listener} accepts only TLS; set ${tlsSetting}`,
    );

/** Confluent Cloud accepts only TLS with a login. */
function confluentIssues(client: Client, { server, host }: Address): Issue[] {
    if (!host.endsWith(".confluent.cloud")) return [];
    if (!client.tls) return [tlsIssue(client, server, "Confluent Cloud")];
    if (client.login === "none")
        return [loginIssue(client, "plain", "Confluent Cloud accepts no client without a login")];
    return client.login === "scram-sha-512" ? [loginIssue(client, "plain", "Confluent Cloud has no SCRAM")] : [];
}

/** Azure Event Hubs, which has no SCRAM. */
const eventHubsIssues = (client: Client, { host }: Address): Issue[] =>
    eventHubsHost.test(host) && client.login === "scram-sha-512"
        ? [loginIssue(client, "plain", "Event Hubs has no SCRAM")]
        : [];

const eventHubsHost = /\.servicebus\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)$/;

const clientIssues = (client: Client): Issue[] =>
    addressesOf(client).flatMap((address) => [
        ...mskIssues(client, address),
        ...confluentIssues(client, address),
        ...eventHubsIssues(client, address),
    ]);

/** Errors: addresses that accept no connection with the settings. */
export function checkAddresses({ kafka }: ParsedSections): Issue[] {
    if (!kafka) return [];
    const workers = workersOf(kafka);
    const byIam = addressesOf(workers).flatMap((address) => iamIssues(kafka, address));
    return [...byIam, ...clientIssues(workers)];
}

/** The same for the standalone worker. */
export const checkStandaloneAddresses = ({ standaloneConnect }: ParsedSections): Issue[] =>
    // a login without TLS is reported by itself
    standaloneConnect && (standaloneConnect.tls || !standaloneConnect.credentials)
        ? clientIssues(standaloneOf(standaloneConnect))
        : [];

/** Whether a host is a Service in Kubernetes. */
const isService = (host: string): boolean => !host.includes(".") || /\.svc(\.|$)/.test(host);

/** Ports of Strimzi's internal listeners in its own examples, which most clusters copy. */
function conventionWarnings(client: Client): Issue[] {
    return addressesOf(client).flatMap(({ server, host, port }): Issue[] => {
        if (mskHost.test(host) || host.endsWith(".confluent.cloud")) return [];
        const isDoubtful = client.tls ? port === 9092 && isService(host) : port === 9093;
        return isDoubtful ? [tlsIssue(client, server, `by convention the listener at port ${port}`)] : [];
    });
}

/** A login whose password, or from which a password, can be read in the network. */
/** Brokers of Strimzi, whose certificates are of the cluster's own CA, which no truststore of Java has. */
function trustWarnings({ bootstrapServers = "", tls }: KafkaSettings): Issue[] {
    const cluster = /^([a-z0-9.-]+?)-kafka-(bootstrap|brokers)\b/.exec(bootstrapServers)?.[1];
    if (!tls || tls.trustedCertificates.length > 0 || cluster === undefined) return [];
    return [
        issue(
            "KCP_MISSING_SETTING",
            ["kafka", "tls", "trustedCertificates"],
            `the brokers' certificates are of the cluster's own CA, which Java does not trust: set secretName ` +
                `${cluster}-cluster-ca-cert and certificate ca.crt, unless the listener has a public certificate`,
        ),
    ];
}

function loginWarnings(kafka: KafkaSettings): Issue[] {
    const { type } = kafka.authentication;
    if (usesTls(kafka) || (type !== "plain" && type !== "scram-sha-512")) return [];
    const exposed =
        type === "plain"
            ? "the password crosses the network in plain text"
            : "the password can be guessed from what crosses the network, and records are readable";
    return [
        issue("KCP_UNENCRYPTED_LOGIN", ["kafka", "authentication", "type"], `without TLS ${exposed}; set kafka.tls`),
    ];
}

/** User names that no user has, or that a service does not know. */
function usernameWarnings({ authentication, bootstrapServers }: KafkaSettings): Issue[] {
    const { type, username } = authentication;
    if (username === undefined) return [];
    const doubt = (expected: string, reason?: string): Issue[] => [
        invalidValue(["kafka", "authentication", "username"], username, expected, { reason }),
    ];
    if (username !== username.trim() || /[\r\n]/.test(username)) return doubt("a user name without spaces around it");
    if (/^\$\{.*\}$/.test(username)) return doubt("a user name", "nobody resolves a reference here");
    if (/^(User:|CN=)/.test(username)) return doubt("the name of a user", "User: and CN= are part of no user's name");
    const isEventHubs = bootstrapServers.split(",").some((server) => eventHubsHost.test(server.replace(/:\d+$/, "")));
    return isEventHubs && type === "plain" && username !== "$ConnectionString"
        ? doubt("$ConnectionString", "Event Hubs accepts no other user name with a connection string as the password")
        : [];
}

const registryWarnings = ({ schemaRegistry }: KafkaSettings): Issue[] =>
    schemaRegistry?.secret !== undefined && schemaRegistry.url.startsWith("http://")
        ? [unencryptedRegistry(["kafka", "schemaRegistry", "url"])]
        : [];

const unencryptedRegistry = (path: SettingPath): Issue =>
    issue(
        "KCP_UNENCRYPTED_LOGIN",
        path,
        "without TLS the password crosses the network in plain text; use an https URL",
    );

/** A schema registry of the standalone worker with a login and without TLS. */
const standaloneRegistryWarnings = (settings: StandaloneSettings): Issue[] =>
    settings.schemaRegistry?.credentials && settings.schemaRegistry.url.startsWith("http://")
        ? [unencryptedRegistry(["standaloneConnect", "schemaRegistry", "url"])]
        : [];

/** Addresses in one list that are the same. */
function listWarnings(client: Client): Issue[] {
    const servers = addressesOf(client).map(({ server }) => server.trim());
    return duplicates(servers).map((index) =>
        issue("KCP_DUPLICATE_NAME", client.at, `${servers[index]} is listed twice; remove one`),
    );
}

/** Warnings about addresses that are probably wrong, and about logins without encryption. */
export function addressWarnings(sections: ParsedSections): Issue[] {
    const { kafka, kafkaCluster, connect, standaloneConnect, httpBridge } = sections;
    // those of kafkaCluster are derived; those of another stack are not written here
    const isWritten = kafka && !kafkaCluster && connect?.install && !connect.use;
    const clients = [
        ...(isWritten ? [workersOf(kafka)] : []),
        ...(standaloneConnect ? [standaloneOf(standaloneConnect)] : []),
        ...(httpBridge?.kafka ? [bridgeOf(httpBridge.kafka.bootstrapServers)] : []),
    ];
    return [
        ...clients.flatMap((client) => [...conventionWarnings(client), ...listWarnings(client)]),
        ...(isWritten
            ? [...trustWarnings(kafka), ...loginWarnings(kafka), ...usernameWarnings(kafka), ...registryWarnings(kafka)]
            : []),
        ...(standaloneConnect ? standaloneRegistryWarnings(standaloneConnect) : []),
    ];
}

/** The bridge always logs in by certificate. */
const bridgeOf = (servers: string): Client => ({
    servers,
    at: ["httpBridge", "kafka", "bootstrapServers"],
    tls: true,
    login: "tls",
    loginAt: ["httpBridge", "kafka", "userSecret"],
    tlsSetting: "httpBridge.kafka, a login by certificate,",
});
