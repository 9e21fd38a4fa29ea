/** Building blocks of JMX exporter rules. Pure. */

/** A rule in the configuration file of the JMX exporter. */
export interface JmxRule {
    pattern: string;
    name: string;
    labels?: Record<string, string>;
    value?: number;
    type: "GAUGE" | "COUNTER";
}

/** A property's value in an MBean's name, quoted where it has special characters. */
const anyValue = `("[^"]*"|[^,>]+)`;

/** A value that the exporter can turn into a number: it exports `true` as 1 and `false` as 0. */
export const numeric = "([0-9.E+-]+|true|false)";

const nameOf = (property: string): string => property.replace(/-/g, "_");

const properties = (names: readonly string[]): string => names.map((name) => `${name}=${anyValue}`).join(", ");

const labelsOf = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name, index) => [nameOf(name), `$${index + 1}`]));

const bean = (domain: string, type: string, names: readonly string[]): string =>
    `${domain}<${[`type=${type}`, ...(names.length > 0 ? [properties(names)] : [])].join(", ")}>`;

/** A gauge for each numeric attribute of an MBean; the properties of its name become labels. */
export function gauges(domain: string, type: string, names: readonly string[], prefix: string): JmxRule {
    return {
        pattern: `${bean(domain, type, names)}<>([a-zA-Z-]+): ([0-9.E+-]+)`,
        name: `${prefix}_$${names.length + 1}`,
        labels: labelsOf(names),
        type: "GAUGE",
    };
}

/** An attribute that is a string: a gauge of 1 that has the string as a label. */
export function stringLabel(
    type: string,
    names: readonly string[],
    attribute: string,
    metric: { name: string; label: string },
): JmxRule {
    return {
        pattern: `${bean("kafka\\.connect", type, names)}<>${attribute}: (.+)`,
        name: metric.name,
        value: 1,
        labels: { ...labelsOf(names), [metric.label]: `$${names.length + 1}` },
        type: "GAUGE",
    };
}

/**
 * The metrics of the Kafka clients that Connect creates for a task. Their client ids are `PREFIX-CONNECTOR-TASK`, from
 * which the labels `connector` and `task` are taken.
 */
export function taskClient(domain: string, type: string, clientId: string, prefix: string): JmxRule {
    return {
        pattern: `${domain}<type=${type}, client-id=(${clientId})><>([a-zA-Z-]+): ([0-9.E+-]+)`,
        name: `${prefix}_$4`,
        labels: { client_id: "$1", connector: "$2", task: "$3" },
        type: "GAUGE",
    };
}
