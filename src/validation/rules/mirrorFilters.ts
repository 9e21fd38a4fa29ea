/**
 * What MirrorMaker selects and excludes: names that are excluded too, exclusions that exclude nothing, and connectors
 * that run no task (DefaultTopicFilter, DefaultGroupFilter and ReplicationPolicy of 3.9 and 4.3).
 */
import { withoutEscapes } from "../../connectors/names";
import { isLiteral } from "../../connectors/tablePatterns";
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { defaultKafkaVersion } from "../../release/releases";
import { listItems } from "../../util/listItems";
import { isReference, type Finding, type PluginRule } from "./rule";
import { portable } from "./topicWalk";

interface Filter {
    readonly key: "topics" | "groups";
    /** What is excluded where the configuration says nothing. */
    readonly defaults: readonly string[];
    /** Names that are never selected. */
    readonly never?: RegExp;
}

/** An item that is a name, without the escapes of the template; undefined for a pattern. */
const nameOf = (item: string): string | undefined => (isLiteral(item) ? withoutEscapes(item) : undefined);

function checkFilter({ config, template }: ResolvedConnector, { key, defaults, never }: Filter): Finding[] {
    const excludeKey = `${key}.exclude`;
    const written = config[excludeKey] === undefined ? undefined : listItems(config[excludeKey]);
    const selected = listItems(config[key]);
    if ([...selected, ...(written ?? [])].some(isReference)) return [];
    const excluded = written ?? defaults;
    // what already runs can have names of earlier days
    const isWarning = template === "raw";
    const findings: Finding[] = [];
    for (const item of selected) {
        const name = nameOf(item);
        const by = excluded.find((other) =>
            name === undefined ? other === item || other === ".*" : (portable(other)?.test(name) ?? false),
        );
        if (name !== undefined && never?.test(name))
            findings.push({
                code: "KCP_INVALID_CONFIG_VALUE",
                key,
                message: `MirrorMaker never copies ${name}, whose name is that of an internal topic`,
                isWarning,
            });
        else if (by !== undefined)
            findings.push({
                code: "KCP_CONFLICTING_SETTINGS",
                key: written ? excludeKey : key,
                message:
                    `${excludeKey} has ${by}${written ? "" : " by default"}, which excludes ${item} of ${key}; ` +
                    "remove one of the two",
                isWarning,
            });
    }
    if (findings.length > 0 || !written) return findings.slice(0, 1);
    // the templates report exclusions beside names only
    if (template !== "raw" && selected.every((item) => nameOf(item) !== undefined)) return [];
    const canBeSelected = (name: string) => selected.some((item) => portable(item)?.test(name) ?? true);
    return written
        .filter((item) => {
            const name = nameOf(item);
            return selected.length > 0 && name !== undefined && !canBeSelected(name);
        })
        .map((item) => ({
            code: "KCP_UNUSED_SETTING",
            key: excludeKey,
            message: `unused: ${key} does not select ${item}`,
            isWarning,
        }));
}

const internalTopic = { 3: /^(__|\.)|[-.]internal$/, 4: /^(__|\.)|^mm2.*\.internal$/ };

function checkTopics(connector: ResolvedConnector, { release }: ConnectContext): Finding[] {
    const isKafka3 = defaultKafkaVersion(release).startsWith("3.");
    return checkFilter(connector, {
        key: "topics",
        defaults: [isKafka3 ? ".*[\\-\\.]internal" : "mm2.*\\.internal", ".*\\.replica", "__.*"],
        never: internalTopic[isKafka3 ? 3 : 4],
    });
}

const checkGroups = (connector: ResolvedConnector): Finding[] =>
    checkFilter(connector, { key: "groups", defaults: ["console-consumer-.*", "connect-.*", "__.*"] });

/** Switches without which a connector runs no task, by its class. */
const switches: readonly [classes: RegExp, keys: readonly string[]][] = [
    [/\.MirrorSourceConnector$/, ["enabled"]],
    [/\.MirrorCheckpointConnector$/, ["enabled", "emit.checkpoints.enabled"]],
    [/\.MirrorHeartbeatConnector$/, ["emit.heartbeats.enabled"]],
];

const checkSwitches = ({ class: className, config, template }: ResolvedConnector): Finding[] =>
    switches
        .filter(([classes]) => classes.test(className))
        .flatMap(([, keys]) => keys)
        .filter((key) => String(config[key]).toLowerCase() === "false")
        .map((key) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: "the connector runs no task; use state: stopped, or remove it",
            isWarning: template === "raw",
        }));

export const mirrorFilterRules: readonly PluginRule[] = [
    { classes: /\.MirrorSourceConnector$/, check: checkTopics },
    { classes: /\.MirrorCheckpointConnector$/, check: checkGroups },
    { classes: /^org\.apache\.kafka\.connect\.mirror\./, check: checkSwitches },
];
