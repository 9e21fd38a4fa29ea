/** What a team's stack uses, against what the stack of the Connect cluster allows the team. */
import type { ResolvedConnector } from "../connectors/template";
import { topicPrefixes } from "../connectors/topicItems";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";
import type { TeamRights } from "../schema/teams";
import { duplicates } from "../util/data";
import { suggestionFor } from "../util/nearest";

/** Keys with the address of a database, in a connector that names no instance. */
const addressKeys = ["database.hostname", "connection.url", "mongodb.connection.string"];

const notAllowed = (path: (string | number)[], what: string, { name }: TeamRights, allowed: string): Issue =>
    issue("KCP_TEAM_RIGHTS", path, `team ${name} may not ${what}; allowed: ${allowed}`);

const listed = (items: readonly string[]): string => items.join(", ") || "none";

const hasPrefix = (topic: string, prefixes: readonly string[]): boolean =>
    prefixes.some((prefix) => topic.startsWith(prefix));

function checkInstance({ instance, config, index }: ResolvedConnector, team: TeamRights): Issue[] {
    const allowed = team.instances;
    if (!allowed) return [];
    const at = ["connectors", index];
    if (instance) {
        if (allowed.includes(instance.name)) return [];
        return [
            notAllowed([...at, instance.option, "instance"], `use instance ${instance.name}`, team, listed(allowed)),
        ];
    }
    const key = addressKeys.find((name) => name in config);
    if (!key) return [];
    return [notAllowed(at, `set ${key}, which names no instance; use a template`, team, listed(allowed))];
}

/** Keys that name a source's topic, or the start of its topics. */
const topicKeys = ["topic", "kafka.topic", "topic.prefix"];

/** The topics that a connector reads; where it reads what matches a pattern, every name or prefix of the pattern. */
function topicsRead({ inputTopics, config }: ResolvedConnector): readonly string[] {
    const pattern = config["topics.regex"];
    return pattern === undefined ? inputTopics : topicPrefixes(String(pattern).replace(/^\^/, ""));
}

/** The topics that a connector writes. Those of the template `raw` are in its configuration, unless it lists them. */
function topicsWritten({ outputTopics, config }: ResolvedConnector): string[] {
    if (outputTopics.length > 0) return [...outputTopics];
    return topicKeys.flatMap((key) => (config[key] === undefined ? [] : String(config[key])));
}

/** Issues of the topics of a connector. */
function checkTopics(connector: ResolvedConnector, team: TeamRights): Issue[] {
    const { topicPrefixes, readTopicPrefixes } = team;
    const at = ["connectors", connector.index];
    const read = topicsRead(connector);
    const written = topicsWritten(connector);
    if (topicPrefixes && read.length + written.length === 0)
        return [
            issue(
                "KCP_TEAM_RIGHTS",
                at,
                `list the topics that it writes in \`topics\`; team ${team.name} may not write all`,
            ),
        ];
    const outside = (topics: readonly string[], prefixes: readonly string[] | undefined, verb: string) =>
        topics
            .filter((topic) => prefixes && !hasPrefix(topic, prefixes))
            .map((topic) =>
                notAllowed(at, `${verb} topic ${topic}`, team, `names that start with ${listed(prefixes ?? [])}`),
            );
    return [...outside(written, topicPrefixes, "write"), ...outside(read, readTopicPrefixes, "read")];
}

function checkConnector(connector: ResolvedConnector, team: TeamRights): Issue[] {
    const { connectorClasses } = team;
    const isAllowed = !connectorClasses || connectorClasses.includes(connector.class);
    const at = ["connectors", connector.index];
    return [
        ...(isAllowed ? [] : [notAllowed(at, `run ${connector.class}`, team, listed(connectorClasses))]),
        ...checkInstance(connector, team),
        ...checkTopics(connector, team),
    ];
}

function checkTasks(connectors: readonly ResolvedConnector[], team: TeamRights): Issue[] {
    const tasks = connectors.reduce((sum, { tasksMax }) => sum + tasksMax, 0);
    if (team.maxTasks === undefined || tasks <= team.maxTasks) return [];
    return [notAllowed(["connectors"], `run ${tasks} tasks (the sum of tasksMax)`, team, `${team.maxTasks}`)];
}

/** Teams of a stack without a Connect cluster, and two teams of one name. */
export function checkTeams({ teams = [], connect }: ParsedSections): Issue[] {
    const repeated = duplicates(teams.map(({ name }) => name)).map((index) =>
        issue("KCP_DUPLICATE_NAME", ["teams", index, "name"], `duplicate name "${teams[index].name}"`),
    );
    if (teams.length === 0 || !connect || connect.install) return repeated;
    return [...repeated, issue("KCP_UNUSED_SETTING", ["teams"], "unused: the stack has no Connect cluster")];
}

/**
 * Issues of a stack that uses more than its team may.
 *
 * @param teams what the stack of the Connect cluster allows; undefined where it limits nobody
 * @param name `connect.use.team`
 */
export function checkTeamRights(
    teams: readonly TeamRights[] | undefined,
    name: string | undefined,
    connectors: readonly ResolvedConnector[],
    access: KafkaAccessSettings | undefined,
): Issue[] {
    const path = ["connect", "use", "team"];
    if (!teams) return [];
    const names = teams.map((team) => team.name);
    if (name === undefined) return [missingSetting(path, `the team of this stack, one of ${listed(names)}`)];
    const team = teams.find((known) => known.name === name);
    if (!team)
        return [
            invalidValue(path, name, `one of ${listed(names)}`, {
                reason: suggestionFor(name, names),
            }),
        ];
    const { topicPrefixes } = team;
    const topics = (access?.topics ?? []).flatMap((topic, index) =>
        topicPrefixes && !hasPrefix(topic.name, topicPrefixes)
            ? notAllowed(
                  ["kafkaAccess", "topics", index, "name"],
                  `declare topic ${topic.name}`,
                  team,
                  `names that start with ${listed(topicPrefixes)}`,
              )
            : [],
    );
    return [
        ...connectors.flatMap((connector) => checkConnector(connector, team)),
        ...checkTasks(connectors, team),
        ...topics,
    ];
}
