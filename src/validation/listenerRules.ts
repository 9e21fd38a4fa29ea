/** Listeners, users and certificate authorities of `kafkaCluster.spec`, by the rules of Strimzi's operator. */
import { invalidValue, issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { brokersOf } from "../strimzi/kafkaNodePool";
import { duplicates, isObject, listOf, valueAt } from "../util/data";

type Values = Readonly<Record<string, unknown>>;

const spec = ["kafkaCluster", "spec"];

/** Ports of metrics and of JMX. */
const usedPorts = [9404, 9999];

/** Settings of a listener's configuration, and the types that have them (Strimzi's ListenersValidator). */
const configurationTypes: Readonly<Record<string, readonly string[]>> = {
    useServiceDnsDomain: ["internal", "cluster-ip"],
    loadBalancerSourceRanges: ["loadbalancer"],
    preferredNodePortAddressType: ["nodeport"],
    externalTrafficPolicy: ["loadbalancer", "nodeport"],
    "bootstrap.host": ["route", "ingress"],
    "bootstrap.loadBalancerIP": ["loadbalancer"],
    "bootstrap.nodePort": ["nodeport"],
};

function configurationIssues(listener: Values, at: SettingPath): Issue[] {
    return Object.entries(configurationTypes).flatMap(([name, types]) => {
        const path = name.split(".");
        const value = valueAt(listener.configuration, path);
        return value === undefined || value === null || types.includes(String(listener.type))
            ? []
            : [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "configuration", ...path],
                      `Strimzi rejects it for the type ${String(listener.type)}; it is for ${types.join(" and ")}`,
                  ),
              ];
    });
}

/** An ingress has one host name for the bootstrap servers, and one for each broker. */
function ingressIssues(listener: Values, brokers: number, at: SettingPath): Issue[] {
    if (listener.type !== "ingress") return [];
    const hosts = listOf(valueAt(listener.configuration, ["brokers"])).filter(
        (broker) => valueAt(broker, ["host"]) !== undefined,
    );
    const hasTemplate = valueAt(listener.configuration, ["hostTemplate"]) !== undefined;
    const path = [...at, "configuration"];
    return [
        ...(valueAt(listener.configuration, ["bootstrap", "host"]) === undefined
            ? [missingSetting([...path, "bootstrap", "host"], "a host name, which the type ingress requires")]
            : []),
        ...(hosts.length < brokers && !hasTemplate
            ? [missingSetting([...path, "brokers"], `the host name of each of the ${brokers} brokers, or hostTemplate`)]
            : []),
    ];
}

function listenerIssues(listener: Values, brokers: number, at: SettingPath): Issue[] {
    const { type, tls, port, authentication } = listener;
    const isPort = typeof port !== "number" || port <= 65_535;
    const isTlsOnly = type === "route" || type === "ingress";
    return [
        ...(usedPorts.includes(Number(port))
            ? [invalidValue([...at, "port"], port, `another port than ${usedPorts.join(" and ")}`)]
            : []),
        ...(isPort ? [] : [invalidValue([...at, "port"], port, "a port from 9092 to 65535")]),
        ...(isTlsOnly && tls === false
            ? [invalidValue([...at, "tls"], tls, "true", { reason: `the type ${type} works only with TLS` })]
            : []),
        ...(valueAt(authentication, ["type"]) === "tls" && tls === false
            ? [
                  invalidValue([...at, "authentication", "type"], "tls", "another type", {
                      reason: "the listener has no TLS, and so no certificates of clients",
                  }),
              ]
            : []),
        ...configurationIssues(listener, at),
        ...ingressIssues(listener, brokers, at),
    ];
}

function listenersIssues(cluster: NonNullable<ParsedSections["kafkaCluster"]>): Issue[] {
    const path = ["kafka", "listeners"];
    const listeners = listOf(valueAt(cluster.spec, path)).map((item) => (isObject(item) ? item : {}));
    const at = [...spec, ...path];
    const repeated = (["name", "port"] as const).flatMap((key) =>
        duplicates(listeners.map((listener) => listener[key]))
            .filter((index) => listeners[index][key] !== undefined)
            .map((index) =>
                issue(
                    "KCP_DUPLICATE_NAME",
                    [...at, index, key],
                    `an earlier listener has the ${key} ${String(listeners[index][key])}; Strimzi rejects the Kafka`,
                ),
            ),
    );
    const brokers = brokersOf(cluster);
    return [...repeated, ...listeners.flatMap((item, index) => listenerIssues(item, brokers, [...at, index]))];
}

/** A certificate authority that is due for renewal as soon as it exists. */
function authorityIssues(cluster: NonNullable<ParsedSections["kafkaCluster"]>): Issue[] {
    return ["clusterCa", "clientsCa"].flatMap((name) => {
        const written = valueAt(cluster.spec, [name]);
        if (!isObject(written)) return [];
        const { validityDays = 365, renewalDays = 30 } = written;
        if (Number(renewalDays) < Number(validityDays)) return [];
        const key = written.renewalDays === undefined ? "validityDays" : "renewalDays";
        return [
            invalidValue(
                [...spec, name, key],
                written[key],
                key === "renewalDays" ? `less than validityDays, ${String(validityDays)}` : "more than renewalDays, 30",
                { reason: "the operator would renew the CA again and again, and restart all pods each time" },
            ),
        ];
    });
}

/** The form of Quartz, which begins with seconds. */
const quartzForm = "six or seven fields of Quartz' cron with one ?, such as * * 0-1 ? * SUN *";

function windowIssues(cluster: NonNullable<ParsedSections["kafkaCluster"]>): Issue[] {
    const path = ["maintenanceTimeWindows"];
    return listOf(valueAt(cluster.spec, path)).flatMap((item, index) => {
        const fields = String(item).trim().split(/\s+/);
        const isQuartz =
            [6, 7].includes(fields.length) &&
            fields.every((field) => /^[\dA-Z*/,?LW#-]+$/i.test(field)) &&
            (fields[3] === "?") !== (fields[5] === "?");
        const reason = "the operator finds itself in no window, and renews no certificate";
        return isQuartz ? [] : [invalidValue([...spec, ...path, index], item, quartzForm, { reason })];
    });
}

/** What Strimzi rejects, or does again and again. */
export const checkListenerRules = ({ kafkaCluster }: ParsedSections): Issue[] =>
    kafkaCluster?.spec
        ? [...listenersIssues(kafkaCluster), ...authorityIssues(kafkaCluster), ...windowIssues(kafkaCluster)]
        : [];

/** Superusers by names that no client has. */
function superUserWarnings({ kafkaCluster, kafkaAccess }: ParsedSections): Issue[] {
    const path = ["kafka", "authorization", "superUsers"];
    return listOf(valueAt(kafkaCluster?.spec, path)).flatMap((item, index) => {
        const name = String(item);
        const user = kafkaAccess?.users.find((other) => other.name === name);
        const isTls = user !== undefined && user.authentication !== "scram-sha-512" && kafkaCluster?.listeners.tls;
        const at = [...spec, ...path, index];
        if (name.startsWith("User:"))
            return [invalidValue(at, name, name.slice("User:".length), { reason: "Strimzi adds User:" })];
        return isTls
            ? [
                  invalidValue(at, name, `CN=${name}`, {
                      reason: "the name of a client with a certificate is its subject",
                  }),
              ]
            : [];
    });
}

/** Superusers that are probably nobody. */
export const listenerRuleWarnings = superUserWarnings;
