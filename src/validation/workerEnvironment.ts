/** Environment variables and system properties of the workers that nothing reads, or that say something else. */
import { isIP } from "node:net";
import type { ConnectSettings } from "../schema/connect";
import { kafkaVersionOf } from "../release/releases";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isTimeZone } from "../util/timeZone";
import { kafkaKeys } from "./kafkaDefinitions";

const envPath = (index: number, key: string): SettingPath => ["connect", "env", index, key];

/** `CONNECT_OFFSET_FLUSH_INTERVAL_MS` of Confluent's and Debezium's images as a key of the workers. */
const configKey = (name: string): string =>
    name
        .replace(/^CONNECT_/, "")
        .toLowerCase()
        .replace(/_/g, ".");

/** Variables by which Debezium's image is configured. */
const debeziumVariable = /^(BOOTSTRAP_SERVERS|(CONFIG|OFFSET|STATUS)_STORAGE_TOPIC)$/;

/** A variable by which images of other distributions are configured. One of the user's own can start with CONNECT_. */
function isOfOtherImage(name: string, workerKeys: Readonly<Record<string, string>>): boolean {
    const key = configKey(name);
    const isClientKey = /^(producer|consumer|admin|(key|value|header)\.converter)\.|^bootstrap\.servers$/.test(key);
    return (
        debeziumVariable.test(name) ||
        name.startsWith("CONNECT_LOG4J_") ||
        (name.startsWith("CONNECT_") && (isClientKey || Object.hasOwn(workerKeys, key)))
    );
}

function unreadVariables({ env }: ConnectSettings, kafkaVersion: string): Issue[] {
    const workerKeys = env.length === 0 ? {} : kafkaKeys("worker", kafkaVersion);
    return env.flatMap(({ name }, index) =>
        isOfOtherImage(name, workerKeys)
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      envPath(index, "name"),
                      `unused: images of other distributions read it, Strimzi's does not; set ` +
                          `${configKey(name)} in connect.config, or the setting for it`,
                  ),
              ]
            : [],
    );
}

/** References in a value that nobody resolves. Kubernetes knows only variables that come before. */
function unresolvedValues({ env }: ConnectSettings): Issue[] {
    return env.flatMap(({ name, value = "" }, index) => {
        const known = env.slice(0, index).map((earlier) => earlier.name);
        const unknown = [...value.matchAll(/(^|[^$])\$\(([A-Za-z_]\w*)\)/g)].find(
            ([, , other]) => !known.includes(other),
        );
        const isReference = /^\$\{\w+:[^}]+\}$/.test(value);
        if (unknown)
            return [
                issue(
                    "KCP_UNRESOLVABLE_REFERENCE",
                    envPath(index, "value"),
                    `no variable before ${name} has the name ${unknown[2]}: the value remains $(${unknown[2]})`,
                ),
            ];
        return isReference
            ? [
                  issue(
                      "KCP_UNRESOLVABLE_REFERENCE",
                      envPath(index, "value"),
                      "config providers resolve references in configurations, not in variables; use valueFrom",
                  ),
              ]
            : [];
    });
}

const secretsAreOfAws = (secrets: ParsedSections["secrets"]): boolean => secrets?.provider === "aws-secrets-manager";

/** A time zone that Java does not know. */
const zoneWarnings = ({ env }: ConnectSettings): Issue[] =>
    env.flatMap(({ name, value }, index) =>
        name === "TZ" && value && !isTimeZone(value) && !value.startsWith(":")
            ? [
                  invalidValue(envPath(index, "value"), value, "a time zone such as Europe/Berlin", {
                      reason: "for a name that it does not know, Java uses GMT",
                  }),
              ]
            : [],
    );

/** The workers' AWS region and role, which the platform decides. */
function awsVariables({ connect, eks, secrets }: ParsedSections): Issue[] {
    return (connect?.env ?? []).flatMap(({ name, value }, index) => {
        if (/^AWS_(DEFAULT_)?REGION$/.test(name) && value && eks?.region && value !== eks.region)
            return [invalidValue(envPath(index, "value"), value, `${eks.region} (eks.region)`)];
        if (secretsAreOfAws(secrets) && /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE)$/.test(name))
            return [
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    envPath(index, "name"),
                    "the workers would log in to AWS with it, and not with their role, which has the rights",
                ),
            ];
        return eks?.clusterName && /^AWS_(ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)$/.test(name)
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      envPath(index, "name"),
                      "EKS sets it for the workers' role; with another value the workers have other rights",
                  ),
              ]
            : [];
    });
}

/** Values of system properties that Java reads otherwise than they look, or ignores. */
const propertyProblems: readonly {
    readonly name: RegExp;
    readonly isWrong: (value: string) => boolean;
    readonly expected: string;
    readonly reason?: string;
}[] = [
    {
        name: /^(https?|ftp)\.proxyHost$|^socksProxyHost$/,
        isWrong: (value) => isIP(value) === 0 && /[/:]/.test(value),
        expected: "a host without scheme and port",
    },
    { name: /^https?\.proxyPort$|^socksProxyPort$/, isWrong: (value) => !/^\d{1,5}$/.test(value), expected: "a port" },
    {
        name: /^(http|ftp)\.nonProxyHosts$/,
        isWrong: (value) => value.includes(","),
        expected: "hosts separated by |",
        reason: "Java reads a comma as part of a name",
    },
    {
        name: /^user\.timezone$/,
        isWrong: (value) => !isTimeZone(value) && !/^(GMT|UTC)[+-]/.test(value),
        expected: "a time zone such as Europe/Berlin",
        reason: "for a name that it does not know, Java uses GMT",
    },
];

function propertyWarnings({ jvm }: ConnectSettings): Issue[] {
    return Object.entries(jvm.systemProperties).flatMap(([name, value]): Issue[] => {
        const at = ["connect", "jvm", "systemProperties", name];
        if (/^-D?|\s/.test(name))
            return [invalidValue(at, name, "the name of a system property without -D and spaces")];
        const problem = propertyProblems.find((item) => item.name.test(name) && item.isWrong(value));
        return problem ? [invalidValue(at, value, problem.expected, { reason: problem.reason })] : [];
    });
}

/** What is probably wrong with the workers' variables and system properties. */
export function environmentWarnings(sections: ParsedSections): Issue[] {
    const { connect, strimzi } = sections;
    if (!connect?.install || !strimzi) return [];
    return [
        ...unreadVariables(connect, kafkaVersionOf(strimzi)),
        ...unresolvedValues(connect),
        ...awsVariables(sections),
        ...zoneWarnings(connect),
        ...propertyWarnings(connect),
    ];
}
