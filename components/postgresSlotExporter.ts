import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import * as pulumi from "@pulumi/pulumi";
import { slotExporterDeployment, slotExporterDeploymentName } from "../src/metrics/slotExporter";
import { slotExporter } from "../src/schema/metrics";
import { childOptions, componentOptions, componentType } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { settingsFromArgs } from "./internal/settingsFromArgs";

/** A PostgreSQL server, and the Secret with its address and login. */
export interface PostgresServerArgs {
    /** Name of the server: value of the label `server` of its metrics, at most 40 characters. */
    name: string;
    /** Secret in the namespace of the exporter. Its user needs the role `pg_monitor`. */
    secretName: string;
    /**
     * Key of the Secret with the host name.
     * @default "HOST"
     */
    hostKey?: string;
    /**
     * Key of the Secret with the user name.
     * @default "USERNAME"
     */
    usernameKey?: string;
    /**
     * Key of the Secret with the password.
     * @default "PASSWORD"
     */
    passwordKey?: string;
    /**
     * Port of the server.
     * @default 5432
     */
    port?: number;
    /**
     * Database to connect to. The slots of all databases of the server are read.
     * @default "postgres"
     */
    database?: string;
    /**
     * Whether the connection is encrypted. The server's certificate is verified only with caSecretName.
     * @default true
     */
    tls?: boolean;
    /**
     * Secret with ca.crt, with which the certificate and the host name are verified. Requires tls.
     * @default none
     */
    caSecretName?: string;
}

/** Arguments of PostgresSlotExporter. */
export interface PostgresSlotExporterArgs {
    /** Namespace of the Deployments and of the Secrets. It must be scraped. */
    namespace: pulumi.Input<string>;
    /** Image of postgres_exporter 0.20 or newer, by digest. */
    image: string;
    /** The servers; each has its own Deployment. */
    servers: PostgresServerArgs[];
}

/**
 * Prometheus' postgres_exporter with only its metrics of replication slots, one Deployment for each PostgreSQL server.
 *
 * @see https://github.com/prometheus-community/postgres_exporter
 */
export class PostgresSlotExporter extends pulumi.ComponentResource {
    constructor(name: string, args: PostgresSlotExporterArgs, opts?: pulumi.ComponentResourceOptions) {
        const type = "PostgresSlotExporter";
        super(componentType(type), name, args, componentOptions(name, opts, type));
        const { namespace, ...rest } = args;
        const { image, servers } = settingsFromArgs(slotExporter, rest, `PostgresSlotExporter ${name}`);
        for (const server of servers)
            new Deployment(
                `${name}-${server.name}`,
                {
                    metadata: objectMetadata(slotExporterDeploymentName(server), namespace),
                    spec: slotExporterDeployment(image, server) as never,
                },
                childOptions(this, opts),
            );
        this.registerOutputs({});
    }
}
