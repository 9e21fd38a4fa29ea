/** What the real plugins are asked, and what is made of their answers. Pure. */
import type { ConnectorPlan } from "../connectors/template";
import type { Fault } from "../settings/faults";

/** A finding of a plugin: a fault of the configuration, or only that a database cannot be reached from here. */
export interface Finding extends Fault {
    readonly unreachable: boolean;
}

const dummies: Record<string, string> = { INT: "1", LONG: "1", SHORT: "1", DOUBLE: "1", BOOLEAN: "true" };
const reference = /\$\{[A-Za-z][A-Za-z0-9]*:[^}]*\}/g;

/**
 * The configuration with a dummy of the right type in place of each reference to a secret: validation needs neither secrets
 * nor credentials. Hosts become this machine, on a port where nothing answers, so that no database is ever asked.
 */
export function withDummies(plan: ConnectorPlan, types: ReadonlyMap<string, string>): Record<string, string> {
    const dummy = (key: string): string => {
        if (/hostname$/.test(key)) return "127.0.0.1";
        if (key === "mongodb.connection.string") return "mongodb://127.0.0.1:1/";
        return dummies[types.get(key) ?? ""] ?? "dummy";
    };
    const entries = Object.entries(plan.config).map(([key, value]) => [key, String(value).replace(reference, () => dummy(key))]);
    const config: Record<string, string> = { ...Object.fromEntries(entries), name: plan.name, "connector.class": plan.class, "tasks.max": String(plan.tasksMax) };
    if ("database.port" in config) config["database.port"] = "1";
    return config;
}

const unreachable = /unable to connect|connection (to \S+ )?refused|communications link failure|connection attempt failed|unknown ?host|timed out/i;

/** A plugin's answer as findings, each at the setting of the stack file that caused it. */
export function findings(plan: ConnectorPlan, answer: readonly { name: string; errors: readonly string[] }[]): Finding[] {
    return answer.flatMap(({ name, errors }) =>
        [...new Set(errors)].map((error): Finding => {
            const written = plan.override.includes(name);
            const path = ["connectors", plan.index, ...(written ? ["config", name] : [])];
            return { path, message: `${written ? "" : `(${plan.name}) ${name} `}is refused by the plugin: ${error.trim()}`, unreachable: unreachable.test(error) };
        }),
    );
}
