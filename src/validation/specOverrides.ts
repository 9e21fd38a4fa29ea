/**
 * The escape hatches: `spec` of `connect`, connectors, `kafkaCluster` and its pools, checked against the CRD; what they
 * override is reported.
 */
import type { ResolvedConnector } from "../connectors/template";
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { kafkaVersionOf, strimziRelease } from "../release/releases";
import { formatPath, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import {
    connectFieldSettings,
    connectorFieldSettings,
    kafkaFieldSettings,
    nodePoolFieldSettings,
    settingOfField,
} from "../strimzi/fieldSettings";
import { generatedKafkaSpec } from "../strimzi/kafka";
import { passedLogging } from "../strimzi/connectLogging";
import { generatedSpec } from "../strimzi/kafkaConnect";
import { metricsConfigMapName } from "../strimzi/jmxMetrics";
import { generatedConnectorSpec } from "../strimzi/kafkaConnector";
import { generatedPoolSpec } from "../strimzi/kafkaNodePool";
import { isObject } from "../util/data";
import { applyMergePatch, replacedPaths } from "../util/mergePatch";

type Spec = Record<string, unknown>;

/** A `spec` of the stack file, and what it is merged over. */
interface Override {
    at: SettingPath;
    kind: "KafkaConnect" | "KafkaConnector" | "Kafka" | "KafkaNodePool";
    generated: Spec;
    patch: Spec;
    settings: Readonly<Record<string, string>>;
}

/** Stands for what another resource provides. */
const provided = "provided by another resource";

function connectOverride({ connect, kafka, metrics, strimzi, image, secrets, eks }: ParsedSections): Override[] {
    if (!connect?.spec || !kafka || !metrics || !strimzi) return [];
    const release = strimziRelease(strimzi.version);
    const generated = generatedSpec({
        release,
        kafkaVersion: kafkaVersionOf(strimzi),
        connect,
        kafka,
        secrets,
        metrics,
        region: eks?.region,
        image: image?.build || image?.existing ? provided : undefined,
        metricsConfigMap: metrics.exporter ? metricsConfigMapName(connect) : undefined,
    });
    return [
        {
            at: ["connect", "spec"],
            kind: "KafkaConnect",
            generated: { ...generated },
            patch: connect.spec,
            settings: connectFieldSettings,
        },
    ];
}

const connectorOverrides = (connectors: readonly ResolvedConnector[]): Override[] =>
    connectors.flatMap((connector) =>
        connector.spec
            ? [
                  {
                      at: ["connectors", connector.index, "spec"],
                      kind: "KafkaConnector" as const,
                      generated: { ...generatedConnectorSpec(connector) },
                      patch: connector.spec,
                      settings: connectorFieldSettings,
                  },
              ]
            : [],
    );

/** Those of the Kafka cluster and of its pools. */
function kafkaOverrides({ kafkaCluster: cluster, metrics, strimzi }: ParsedSections): Override[] {
    if (!cluster || !strimzi) return [];
    const exporter = metrics?.exporter ?? false;
    const kafkaVersion = kafkaVersionOf(strimzi);
    const metricsConfigMap = exporter ? provided : undefined;
    const ofPools = cluster.nodePools.flatMap((pool, index) =>
        pool.spec
            ? [
                  {
                      at: ["kafkaCluster", "nodePools", index, "spec"],
                      kind: "KafkaNodePool" as const,
                      generated: { ...generatedPoolSpec(pool, exporter) },
                      patch: pool.spec,
                      settings: nodePoolFieldSettings,
                  },
              ]
            : [],
    );
    if (!cluster.spec) return ofPools;
    const generated = { ...generatedKafkaSpec({ cluster, kafkaVersion, exporter, metricsConfigMap }) };
    const at = ["kafkaCluster", "spec"];
    return [{ at, kind: "Kafka", generated, patch: cluster.spec, settings: kafkaFieldSettings }, ...ofPools];
}

/** Every escape hatch that is used. */
const overridesOf = (parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Override[] => [
    ...connectOverride(parsed),
    ...connectorOverrides(connectors),
    ...kafkaOverrides(parsed),
];

/** Whether a path of the merged spec is written in the patch, or within a value of it. */
function isWritten(patch: unknown, path: SettingPath): boolean {
    if (path.length === 0) return true;
    if (patch === null || typeof patch !== "object") return true;
    if (Array.isArray(patch)) return true;
    const next = (patch as Spec)[path[0]];
    return next !== undefined && isWritten(next, path.slice(1));
}

/** Fields that the CRD of the stack's Strimzi version does not have, or has with another type. */
export function checkSpecOverrides(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const { connect, strimzi } = parsed;
    if (!strimzi) return [];
    const specOf = (kind: string) => schemaAt(schemaOf(strimzi.version, kind)!, ["spec"]);
    const written = { logging: connect?.logging && passedLogging(connect.logging), rack: connect?.rack };
    const passedThrough = (["logging", "rack"] as const).flatMap((key) =>
        violations(schemaAt(specOf("KafkaConnect"), [key]), written[key]).map((found) =>
            issue("KCP_INVALID_KUBERNETES_FIELD", ["connect", key, ...found.path], found.message),
        ),
    );
    const overrides = overridesOf(parsed, connectors);
    return [
        ...passedThrough,
        ...overrides.flatMap(({ at, kind, generated, patch }) =>
            violations(specOf(kind), applyMergePatch(generated, patch))
                .filter(({ path }) => isWritten(patch, path))
                .map(({ path, message }) => issue("KCP_INVALID_KUBERNETES_FIELD", [...at, ...path], message)),
        ),
    ];
}

/** What a `spec` replaces or removes of what other settings generate, and an image that can change under its name. */
export function specOverrideWarnings(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const overrides = overridesOf(parsed, connectors);
    const warnings = overrides.flatMap(({ at, generated, patch, settings }) => {
        const fields = replacedPaths(generated, patch).map((path) => {
            const setting = settingOfField(settings, path);
            return setting ? `${formatPath(path)} (of ${setting})` : formatPath(path);
        });
        if (fields.length === 0) return [];
        return [issue("KCP_OVERRIDDEN_FIELD", at, `overrides what other settings generate: ${fields.join(", ")}`)];
    });
    return [...warnings, ...uncheckedConfig(connectors), ...imageByTag(parsed)];
}

/** Keys of the plugin that are written in `spec`, where nothing compares them with those that it has. */
const uncheckedConfig = (connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors.flatMap(({ index, spec }) =>
        Object.entries(isObject(spec?.config) ? spec.config : {})
            // a generated key can be removed only here
            .filter(([, value]) => value !== null)
            .map(([key]) =>
                issue(
                    "KCP_OVERRIDDEN_FIELD",
                    ["connectors", index, "spec", "config", key],
                    "is not checked here; set it in config of the connector instead",
                ),
            ),
    );

const imageByTag = ({ image }: ParsedSections): Issue[] =>
    image?.existing && !image.existing.includes("@sha256:")
        ? [
              issue(
                  "KCP_MUTABLE_IMAGE",
                  ["image", "existing"],
                  "is a tag, which can be moved to another image; a digest (REPOSITORY@sha256:…) cannot",
              ),
          ]
        : [];
