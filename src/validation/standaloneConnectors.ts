/** Connectors of the standalone worker, by the same rules as those of a Connect cluster. */
import type { ConnectContext, ResolvedConnector } from "../connectors/template";
import { strimziRelease } from "../release/releases";
import { invalidValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import type { StandaloneSettings } from "../schema/standaloneConnect";
import { places } from "../standalone/worker";
import { nearest } from "../util/nearest";
import { checkConfigKeys } from "./configKeys";
import { checkConsistency } from "./connectorConsistency";
import { checkExclusiveNames } from "./exclusiveNames";
import { checkPluginRules } from "./pluginRules";

const at = ["standaloneConnect", "connectors"];

/** Classes that Connect also finds by a short name, which every image of Kafka has. */
const knownClasses = [
    "org.apache.kafka.connect.file.FileStreamSinkConnector",
    "org.apache.kafka.connect.file.FileStreamSourceConnector",
    "org.apache.kafka.connect.mirror.MirrorSourceConnector",
    "org.apache.kafka.connect.mirror.MirrorCheckpointConnector",
    "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
];

const shortName = (className: string): string =>
    className
        .split(".")
        .at(-1)!
        .replace(/Connector$/, "");

/** The class that a name stands for: as it is written, or Kafka's with this short name. */
const classOf = (name: string): string =>
    knownClasses.find((known) => !name.includes(".") && shortName(known) === shortName(name)) ?? name;

const resolved = ({ connectors }: StandaloneSettings): ResolvedConnector[] =>
    connectors.map(({ name, class: className, tasksMax, config }, index) => ({
        name,
        baseName: name,
        template: "raw",
        class: classOf(className),
        tasksMax,
        state: "running",
        autoRestart: { enabled: false },
        config,
        overriddenKeys: Object.keys(config),
        outputTopics: [],
        inputTopics: [],
        index,
        declaredAt: `standaloneConnect.connectors[${index}]`,
        settingPath: (key) => ["connectors", index, "config", key],
    }));

/** A path of a Connect cluster's connector as one of the standalone worker's. */
const relocated = (found: Issue): Issue => ({ ...found, path: [...at, ...found.path.slice(1)] });

const contextOf = (standalone: StandaloneSettings, { strimzi }: ParsedSections): ConnectContext => ({
    release: strimziRelease(strimzi!.version),
    connectCluster: standalone.name,
    usesManifest: false,
    bootstrapServers: standalone.bootstrapServers,
    clientSecurity: {},
    replicationFactor: -1,
    exactlyOnce: false,
});

/** What is wrong, and probably wrong, with the worker's connectors. */
export function standaloneFindings(sections: ParsedSections): { errors: Issue[]; warnings: Issue[] } {
    const { standaloneConnect, strimzi } = sections;
    if (!standaloneConnect || !strimzi) return { errors: [], warnings: [] };
    const connectors = resolved(standaloneConnect);
    const context = contextOf(standaloneConnect, sections);
    const byRules = connectors.map((connector) => checkPluginRules(connector, context));
    // which version of Kafka the image has is not known
    const byKeys = connectors.map((connector) => checkConfigKeys(connector, { usesManifest: false }));
    return {
        errors: [
            ...byRules.flatMap(({ issues }) => issues),
            ...byKeys.flatMap(({ issues }) => issues),
            ...connectors.flatMap(checkConsistency),
            // equal names are reported by themselves
            ...checkExclusiveNames(connectors).filter(({ path }) => path.length > 2),
        ].map(relocated),
        warnings: [
            ...[...byRules, ...byKeys].flatMap(({ warnings }) => warnings).map(relocated),
            ...ownWarnings(standaloneConnect),
        ],
    };
}

/**
 * Replication slots and server ids that a connector of the Connect cluster has too, and, on the same Kafka, what only
 * one connector of it can have.
 */
export function sharedWithStandalone(
    { standaloneConnect, kafka }: ParsedSections,
    connectors: readonly ResolvedConnector[],
): Issue[] {
    if (!standaloneConnect || standaloneConnect.connectors.length === 0 || connectors.length === 0) return [];
    const own = resolved(standaloneConnect).map((connector): ResolvedConnector => ({
        ...connector,
        // an index that no connector of the cluster has
        index: connectors.length + connector.index,
        settingPath: (key) => [...at, connector.index, "config", key],
    }));
    const isSameKafka = kafka?.bootstrapServers === standaloneConnect.bootstrapServers;
    return checkExclusiveNames([...connectors, ...own], isSameKafka ? ["kafka", "database"] : ["database"]).filter(
        ({ path }) => path[0] === at[0],
    );
}

/** A misspelt class, and a file that is lost with the pod. */
const ownWarnings = ({ connectors }: StandaloneSettings): Issue[] =>
    connectors.flatMap(({ class: name, config }, index): Issue[] => {
        const names = [...knownClasses, ...knownClasses.map(shortName)];
        const isKnown = knownClasses.includes(classOf(name));
        const suggestion = isKnown ? undefined : nearest(name, names);
        const file = String(config.file ?? "");
        const isSink = classOf(name).endsWith(".FileStreamSinkConnector");
        return [
            ...(suggestion === undefined
                ? []
                : [
                      invalidValue([...at, index, "class"], name, "a class that the image has", {
                          reason: `did you mean "${suggestion}"?`,
                      }),
                  ]),
            ...(isSink && file !== "" && !file.startsWith(`${places.data}/`)
                ? [
                      invalidValue([...at, index, "config", "file"], file, `a file below ${places.data}`, {
                          reason: "another one is lost with the pod",
                      }),
                  ]
                : []),
        ];
    });
