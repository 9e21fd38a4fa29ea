/** The items of `connectors` that render KafkaConnectors, or connectors of a REST API. */
import { resourceName } from "../connectors/names";
import { compact } from "../util/data";
import { isPlainObject } from "../util/mergePatch";
import { knownFields, ownMetadata } from "./connectSection";
import type { Draft, Raw } from "./draft";
import type { SourceConnector, SourceObject } from "./source";

/** Keys that are fields of a KafkaConnector's spec. In `config` Strimzi ignores them. */
const fieldsOfSpec = ["name", "connector.class", "tasks.max", "connector.plugin.version"];

const isSink = (config: Readonly<Raw>): boolean =>
    config.topics !== undefined ||
    config["topics.regex"] !== undefined ||
    /sink/i.test(String(config["connector.class"]));

/** What the worker keeps under the connector's name, when the name has to change. */
function renamed(draft: Draft, connector: SourceConnector, name: string, config: Raw, index: number): Raw {
    if (name === connector.name) return config;
    const path = ["connectors", index, "name"];
    if (!isSink(config)) {
        draft.note(
            "missing",
            `Kubernetes does not accept the name "${connector.name}", under which a source's offsets are stored: ` +
                `copy them before the connector runs as ${name} (GET /connectors/NAME/offsets there, PATCH here), ` +
                "or it reads everything again",
            path,
        );
        return config;
    }
    draft.note(
        "difference",
        `the connector is called ${name}, as Kubernetes does not accept "${connector.name}"; ` +
            "consumer.override.group.id keeps the consumer group, and so the offsets",
        path,
    );
    return { "consumer.override.group.id": `connect-${connector.name}`, ...config };
}

/** The item for a KafkaConnector. */
export function connectorOfObject(draft: Draft, object: SourceObject, index: number): Raw {
    const path = ["connectors", index];
    const source = knownFields(draft, object, path);
    const { class: className, tasksMax, autoRestart, state, pause, version: pluginVersion, config, ...other } = source;
    const written = isPlainObject(config) ? config : {};
    for (const key of fieldsOfSpec.filter((field) => field in written))
        draft.note(
            "difference",
            `config["${key}"] of ${object.metadata.name} is left out: ` +
                "Strimzi ignores it, the field of the spec decides",
            [...path, "config"],
        );
    const kept = Object.fromEntries(Object.entries(written).filter(([key]) => !fieldsOfSpec.includes(key)));
    if (pause !== undefined)
        draft.note("info", `pause of ${object.metadata.name} is deprecated; state replaces it`, [...path, "state"]);
    if (!className) draft.note("missing", `${object.metadata.name} has no spec.class`, [...path, "class"]);
    const patch = { ...other, ...(tasksMax === undefined ? { tasksMax: null } : {}) };
    draft.expected.push({
        kind: object.kind,
        name: object.metadata.name,
        spec: {
            ...other,
            class: className,
            tasksMax,
            autoRestart,
            version: pluginVersion,
            config: kept,
            state: stateOf(state, pause),
        },
        labels: object.metadata.labels ?? {},
        annotations: object.metadata.annotations ?? {},
        at: path,
        origin: object.origin,
    });
    return compact({
        connectorTemplate: "raw",
        name: object.metadata.name,
        class: className ?? "REPLACE_ME",
        pluginVersion,
        tasksMax,
        state: stateOf(state, pause),
        // Strimzi restarts nothing unless the resource asks for it
        autoRestart: isPlainObject(autoRestart) ? { enabled: false, ...autoRestart } : { enabled: false },
        metadata: ownMetadata(object, /^(kubectl\.kubernetes\.io\/|strimzi\.io\/cluster$|pulumi\.com\/)/),
        spec: patch,
        config: draft.withoutCredentials(scalars(draft, kept, index), object.metadata.name),
    });
}

const stateOf = (state: unknown, pause: unknown): unknown => state ?? (pause === true ? "paused" : undefined);

/** Configuration values that Connect takes: anything but objects and arrays. */
function scalars(draft: Draft, config: Raw, index: number): Raw {
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => {
            if (value === null || typeof value !== "object") return [key, value];
            draft.note("missing", "is an object or an array, which Kafka Connect does not take", [
                "connectors",
                index,
                "config",
                key,
            ]);
            return [key, JSON.stringify(value)];
        }),
    );
}

/** The item for a connector of a REST API, a JSON or a properties file. */
export function connectorOfConfig(draft: Draft, connector: SourceConnector, index: number): Raw {
    const name = resourceName(connector.name);
    const tasksMax = Number(connector.config["tasks.max"] ?? 1);
    const own = Object.fromEntries(Object.entries(connector.config).filter(([key]) => !fieldsOfSpec.includes(key)));
    const config = renamed(draft, connector, name, own, index);
    const className = connector.config["connector.class"];
    const pluginVersion = connector.config["connector.plugin.version"];
    draft.expected.push({
        kind: "KafkaConnector",
        name,
        spec: { class: className, tasksMax, config: own, version: pluginVersion, state: connector.state },
        labels: {},
        annotations: {},
        at: ["connectors", index],
        origin: connector.origin,
    });
    return compact({
        connectorTemplate: "raw",
        name,
        class: className,
        pluginVersion,
        tasksMax,
        state: connector.state === "running" ? undefined : connector.state,
        config: draft.withoutCredentials(scalars(draft, config, index), name),
    });
}
