/** Names of connectors that Kubernetes does not accept. */
import { resourceName } from "../connectors/names";
import { issue, type Issue } from "../schema/issues";

const isSink = (config: Readonly<Record<string, unknown>>): boolean =>
    config.topics !== undefined || config["topics.regex"] !== undefined;

/**
 * A declaration of the template `raw` with a name that Kubernetes accepts, and a warning where that is another name. A
 * sink keeps its consumer group, which Connect derives from the name, and so its offsets.
 */
export function withLegalName(declared: unknown, index: number): { declared: unknown; warnings: Issue[] } {
    const { name, config } = declared as { name?: unknown; config?: Record<string, unknown> };
    if (typeof name !== "string" || name === "") return { declared, warnings: [] };
    const legal = resourceName(name);
    if (legal === name) return { declared, warnings: [] };
    const sink = config !== null && typeof config === "object" && isSink(config);
    const consequence = sink
        ? "consumer.override.group.id keeps its consumer group, and so its offsets"
        : "the offsets of a source that ran under its old name are not used: copy them, or it reads everything again";
    const warning = issue(
        "KCP_RENAMED_CONNECTOR",
        ["connectors", index, "name"],
        `Kubernetes does not accept the name "${name}"; the connector is called ${legal}; ${consequence}`,
    );
    const group = { "consumer.override.group.id": `connect-${name}`, ...config };
    return {
        declared: { ...(declared as object), name: legal, ...(sink ? { config: group } : {}) },
        warnings: [warning],
    };
}
