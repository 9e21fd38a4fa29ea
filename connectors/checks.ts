/** Checks on connectors that no schema can say: pure, instant, run wherever a stack file is read. */
import type { Fault } from "../settings/faults";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";
import type { ConnectorPlan, Platform } from "./template";

/** Keys of a KafkaConnector's config that are fields of its spec; in `config` they restart the connector for ever (strimzi-kafka-operator #6438). */
const ownFields: Record<string, string> = { name: "name", "connector.class": "connectorTemplate", "tasks.max": "tasksMax", "connector.plugin.version": "the plugin manifest" };

/** Keys whose value is a credential. */
export const looksSecret = /(^|\.)(password|secret|token|passphrase|sasl\.jaas\.config)$|\.password\.|credentials$/i;

/** What is wrong with the keys that a user wrote under `config`; also run where the rest of a declaration could not be read. */
export function checkOverride(override: unknown, index: number, platform: Platform): Fault[] {
    const faults: Fault[] = [];
    if (override === null || typeof override !== "object") return faults;
    for (const [key, value] of Object.entries(override)) {
        const path = ["connectors", index, "config", key];
        if (ownFields[key]) faults.push({ path, message: `is not set here but by ${ownFields[key]}` });
        if (looksSecret.test(key) && typeof value === "string" && !value.includes("${")) {
            faults.push({ path, message: `holds a literal credential, wants a reference such as \${${platform.secretProvider ?? "secretManager"}:SECRET:KEY}` });
        }
    }
    return faults;
}

/** References to config providers that the workers do not have: they would stay literal and show as a failed login. */
export function checkReferences(plan: ConnectorPlan, platform: Platform): Fault[] {
    const at = ["connectors", plan.index];
    const faults: Fault[] = [];
    for (const [key, value] of Object.entries(plan.config)) {
        if (typeof value !== "string") continue;
        for (const [, provider] of value.matchAll(/\$\{([^:}]+):[^}]*\}/g)) {
            if (provider === platform.secretProvider || provider === kafkaFilesProvider) continue;
            if (platform.release.configProviders.includes(provider)) continue;
            const path = plan.override.includes(key) ? [...at, "config", key] : [...at, "source"];
            faults.push({ path, message: platform.secretProvider
                ? `refers to the config provider "${provider}", which the workers do not have; they have "${platform.secretProvider}"`
                : `needs the config provider "${provider}", and the stack has no secrets group` });
            if (!plan.override.includes(key)) return faults;
        }
    }
    return faults;
}

/** Connectors that claim the same thing, which only one can have. */
export function checkClaims(plans: readonly ConnectorPlan[]): Fault[] {
    const holders = new Map<string, ConnectorPlan>();
    const faults: Fault[] = [];
    const reported = new Set<number>();
    for (const plan of plans) {
        for (const { kind, value, option } of plan.claims) {
            const key = `${kind} ${value}`;
            const holder = holders.get(key);
            if (!holder) holders.set(key, plan);
            // one fault a connector: a name that collides makes all that derives from it collide too
            else if (!reported.has(plan.index)) {
                reported.add(plan.index);
                faults.push({ path: ["connectors", plan.index], message: `has the ${kind} ${value}, as has connectors[${holder.index}]; give one of them another ${option}` });
            }
        }
    }
    return faults;
}
