/**
 * A real broker configured as by Strimzi: TLS client certificates, `StandardAuthorizer`, and a SASL listener like
 * Confluent Cloud's.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import {
    AclOperationTypes,
    AclPermissionTypes,
    AclResourceTypes,
    Kafka,
    logLevel,
    ResourcePatternTypes,
    type AclEntry,
} from "kafkajs";
import { brokerStart, formatStorage, singleBrokerSettings } from "../../src/local/broker";
import { kafkaRuntime } from "../../src/local/kafkaRuntime";
import { writeProperties } from "../../src/local/java";
import { accepts, freePort, until } from "../../src/local/ports";
import type { Processes } from "../../src/local/processes";
import { Authority } from "./certificates";

const clusterId = "dGVzdC1rYWZrYS1hY2xzMQ";

/** An ACL rule of a KafkaUser. */
export interface StrimziAcl {
    type?: string;
    resource: { type: "topic" | "group" | "cluster" | "transactionalId"; name?: string; patternType?: string };
    operations: string[];
}

const upper = (word: string): string => word.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

/** The ACLs that the user operator creates from a KafkaUser's rules. */
const entriesOf = (user: string, acls: readonly StrimziAcl[]): AclEntry[] =>
    acls.flatMap(({ type, resource, operations }) =>
        operations.map((operation) => ({
            resourceType: AclResourceTypes[upper(resource.type) as "TOPIC"],
            resourceName: resource.name ?? "kafka-cluster",
            resourcePatternType:
                resource.patternType === "prefix" ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
            principal: `User:CN=${user}`,
            host: "*",
            operation: AclOperationTypes[upper(operation) as "READ"],
            permissionType: type === "deny" ? AclPermissionTypes.DENY : AclPermissionTypes.ALLOW,
        })),
    );

export class SecuredBroker {
    private constructor(
        readonly authority: Authority,
        /** Address of the listener with client certificates. */
        readonly bootstrap: string,
        /** Address of the listener with SASL_SSL and PLAIN, user `key`, password `secret`. */
        readonly saslBootstrap: string,
        readonly runtime: string,
    ) {}

    /** @param name a name for a second broker of the same test */
    static async start(
        processes: Processes,
        kafkaVersion: string,
        { name = "broker", jvmOptions = [] }: { name?: string; jvmOptions?: string[] } = {},
    ): Promise<SecuredBroker> {
        const runtime = await kafkaRuntime(kafkaVersion);
        const authority = new Authority(
            path.join(processes.folder, name === "broker" ? "certificates" : `${name}-certificates`),
        );
        const own = authority.issue("broker");
        authority.issue("admin");
        const folder = path.join(processes.folder, name);
        const config = path.join(folder, "server.properties");
        const keystore = path.join(folder, "keystore.pem");
        const [tls, sasl, controller] = [await freePort(), await freePort(), await freePort()];
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(keystore, fs.readFileSync(own.key, "utf8") + fs.readFileSync(own.certificate, "utf8"));
        writeProperties(config, {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": `1@127.0.0.1:${controller}`,
            listeners: `SSL://127.0.0.1:${tls},SASL_SSL://127.0.0.1:${sasl},CONTROLLER://127.0.0.1:${controller}`,
            "advertised.listeners": `SSL://127.0.0.1:${tls},SASL_SSL://127.0.0.1:${sasl}`,
            "inter.broker.listener.name": "SSL",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
            "log.dirs": path.join(folder, "logs"),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": keystore,
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": authority.certificate,
            "listener.name.ssl.ssl.client.auth": "required",
            "sasl.enabled.mechanisms": "PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config":
                'org.apache.kafka.common.security.plain.PlainLoginModule required user_key="secret";',
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            // the controller's connection has no certificate here, unlike in a cluster
            "super.users": "User:CN=admin;User:CN=broker;User:ANONYMOUS;User:key",
            ...singleBrokerSettings,
        });
        const files = { runtime, config, folder };
        await formatStorage(files, clusterId);
        const log = path.join(processes.folder, "logs", `${name}.log`);
        const running = processes.start(`the Kafka ${name}`, brokerStart(files, { kafkaVersion, log, jvmOptions }));
        await Promise.race([
            running.failed,
            until("the Kafka broker", 60_000, async () =>
                (await accepts(tls)) && (await accepts(sasl)) ? true : undefined,
            ),
        ]);
        return new SecuredBroker(authority, `127.0.0.1:${tls}`, `127.0.0.1:${sasl}`, runtime);
    }

    /** A client that logs in with the certificate of a user created before. */
    client(user: string): Kafka {
        const read = (file: string) => fs.readFileSync(path.join(this.authority.folder, file), "utf8");
        return new Kafka({
            clientId: user,
            brokers: [this.bootstrap],
            ssl: { ca: [read("ca.crt")], key: read(`${user}/user.key`), cert: read(`${user}/user.crt`) },
            logLevel: logLevel.NOTHING,
            retry: { retries: 3, initialRetryTime: 100 },
        });
    }

    /** Creates topics, as the topic operator does. */
    async createTopics(...topics: string[]): Promise<void> {
        const admin = this.client("admin").admin();
        await admin.connect();
        await admin.createTopics({
            topics: topics.map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1 })),
            waitForLeaders: true,
        });
        await admin.disconnect();
    }

    /** Creates a user as the user operator does: a certificate and its ACLs. */
    async createUser(name: string, acls: readonly StrimziAcl[]): Promise<void> {
        this.authority.issue(name);
        if (acls.length > 0) await this.allow(name, acls);
    }

    /** Gives a user further rights. */
    async allow(name: string, acls: readonly StrimziAcl[]): Promise<void> {
        const admin = this.client("admin").admin();
        await admin.connect();
        await admin.createAcls({ acl: entriesOf(name, acls) });
        await admin.disconnect();
    }
}
