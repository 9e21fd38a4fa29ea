/** The options that every template has. */
import { z } from "zod";
import {
    array,
    dnsName,
    boolean,
    kubernetesObject,
    object,
    objectMetadata,
    oneOf,
    configMap,
    string,
    integer,
} from "../schema/primitives";

/** A reference such as `${secretManager:INSTANCE:PORT}`. */
export const reference = /^\$\{[A-Za-z][A-Za-z0-9]*:[^:}]+:[^}]+\}$/;

export const commonShape = {
    connectorTemplate: string("the name of a template").describe(
        "Name of the template; the prefix `connector.` may be left out",
    ),
    name: dnsName()
        .max(200, { error: "a DNS name of at most 200 characters" })
        .optional()
        .describe("Base name of the connector. Default: made of what it reads or writes"),
    version: z
        .union([z.string(), z.number()], { error: "a word or a number, such as 2025042401" })
        .transform(String)
        .pipe(string("a word of a-z, 0-9, - and ., such as 2025042401", /^[a-z0-9]([a-z0-9.-]{0,40}[a-z0-9])?$/))
        .optional()
        .describe(
            "Appended to the name. A new version is a new connector, which takes a new snapshot into the same topics",
        ),
    pluginVersion: string("a version or a range such as [3.4,3.5)")
        .optional()
        .describe(
            "Version of the plugin, where the image has several. Needs Strimzi's v1 API and Kafka 4.1. Default: the newest one",
        ),
    connectCluster: dnsName()
        .optional()
        .describe("Connect cluster it runs on. Default, and the only one a stack has: connect.name"),
    tasksMax: integer(1, 1000).optional().describe("Most tasks it may run. Default: the template's"),
    state: oneOf(["running", "paused", "stopped"]).default("running").describe("State it is kept in"),
    autoRestart: object({
        enabled: boolean()
            .default(true)
            .describe("Whether failed tasks are restarted; a rotated secret is read again only then"),
        maxRestarts: integer(1, 1000).optional().describe("Restarts before it stays failed. Default: no limit"),
    })
        .prefault({})
        .describe("Restarts by Strimzi"),
    metadata: objectMetadata().describe("Labels and annotations of the KafkaConnector resource"),
    spec: kubernetesObject<Record<string, unknown>>()
        .optional()
        .describe(
            "Fields of the KafkaConnector's spec that no other setting covers (listOffsets, alterOffsets). Merged over the " +
                "generated spec as a JSON Merge Patch, in which null removes a field. Checked against the CRD",
        ),
    unknownKeys: array(string("a configuration key")).describe(
        "Keys of config to keep although the plugin does not list them, because a library of the plugin reads them",
    ),
    config: configMap().describe("Further configuration of the plugin, which wins over the template's"),
};

/** The options by which a template finds a login: the secret of an instance, and the keys in it. */
export const secretOption = () =>
    string("the name of a secret")
        .optional()
        .describe(
            "Secret with the login, without the prefix. Default: the instance in upper case, for Secrets of Kubernetes in lower case with dashes",
        );
export const secretKey = (key: string, what: string) =>
    string("a key of the secret").default(key).describe(`Key of the secret that holds ${what}`);
