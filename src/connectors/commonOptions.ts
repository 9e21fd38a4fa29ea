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

import { expectOption } from "./expectations";

/** A reference such as `${secretManager:INSTANCE:PORT}`. */
export const reference = /^\$\{[A-Za-z][A-Za-z0-9]*:[^:}]+:[^}]+\}$/;

/**
 * Key that changes with the option secretVersion. No plugin reads it; Connect restarts the tasks of a connector whose
 * configuration changed, and references are resolved when a task starts.
 */
export const secretVersionKey = "secret.version";

/** The options of every template. */
export const commonShape = {
    connectorTemplate: string("the name of a template").describe(
        "Name of the template. The prefix `connector.` is optional",
    ),
    name: dnsName()
        .max(200, { error: "a DNS name of at most 200 characters" })
        .optional()
        .describe("Base name of the connector. Default: derived from what it reads or writes"),
    version: z
        .union([z.string(), z.number()], { error: "a string or a number, such as 2025042401" })
        .transform(String)
        .pipe(string("a string of a-z, 0-9, - and ., such as 2025042401", /^[a-z0-9]([a-z0-9.-]{0,40}[a-z0-9])?$/))
        .optional()
        .describe(
            "Suffix of the connector's name. Changing it replaces the connector; the new one reads a new snapshot " +
                "into the same topics",
        ),
    pluginVersion: string(
        "a version or a range such as [3.4,3.5)",
        /^(\d[\w.+-]*|[[(][\w.+-]*(,[\w.+-]*)?[\])](,[[(][\w.+-]*(,[\w.+-]*)?[\])])*)$/,
    )
        .optional()
        .describe(
            "Version of the plugin, for an image with several. Needs Strimzi's v1 API and Kafka 4.1. " +
                "Default: the newest one in the image",
        ),
    connectCluster: dnsName()
        .optional()
        .describe("Connect cluster that the connector runs on. A stack has one, and it is the default: connect.name"),
    tasksMax: integer(1, 1000).optional().describe("Maximum number of tasks. Default: the template's"),
    state: oneOf(["running", "paused", "stopped"]).default("running").describe("State of the connector"),
    autoRestart: object({
        enabled: boolean()
            .default(true)
            .describe("Whether Strimzi restarts failed tasks. A task reads a rotated secret only when it starts"),
        maxRestarts: integer(1, 1000)
            .optional()
            .describe("Restarts after which the connector stays failed. Default: unlimited"),
    })
        .prefault({})
        .describe("Restarts by Strimzi"),
    secretVersion: z
        .union([z.string(), z.number()], { error: "a string or a number, such as 2025-04-24" })
        .transform(String)
        .pipe(string("a string of letters, digits, - and ., such as 2025-04-24", /^[\w.-]{1,64}$/))
        .optional()
        .describe(
            "Any string, such as a date. Change it after the connector's secret changed: its tasks then restart and " +
                "read the secret. Without it, they read a changed secret when they restart for another reason, such " +
                "as a rejected login",
        ),
    metadata: objectMetadata().describe("Labels and annotations of the KafkaConnector resource"),
    spec: kubernetesObject<Record<string, unknown>>()
        .optional()
        .describe(
            "Fields of the KafkaConnector's spec that no other setting covers (listOffsets, alterOffsets). Merged " +
                "over the generated spec as a JSON Merge Patch, in which null removes a field. Checked against " +
                "the CRD",
        ),
    unknownKeys: array(string("a configuration key")).describe(
        "Keys of config to keep although the plugin does not list them, because a library of the plugin reads them",
    ),
    expect: expectOption(),
    config: configMap().describe("Configuration keys of the plugin. They override what the template sets"),
};

/** A colon or a brace would end the name within the reference. ARNs are reported with their reason. */
const secretName = () => string("the name of a secret, without :, { and }", /^(arn:.*|[^:{}]+)$/);

/** The option for the secret that contains the login of an instance. */
export const secretOption = () =>
    secretName()
        .optional()
        .describe(
            "Secret with the login, without the prefix of the stack. Default: the instance in upper case, " +
                "for Kubernetes Secrets in lower case with dashes",
        );

/** The option for a key of that secret. */
export const secretKey = (key: string, what: string) =>
    string("a key of the secret, without { and }", /^[^{}]+$/)
        .default(key)
        .describe(`Key of the secret that contains ${what}`);
