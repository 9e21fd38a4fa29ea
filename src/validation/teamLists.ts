/** What `teams` lists: prefixes and classes with which a team can do other things than it was meant to. */
import { templateClasses, templates } from "../connectors/templates";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import type { TeamRights } from "../schema/teams";
import { misspelledName } from "../util/nearest";

const prefixLists = ["topicPrefixes", "readTopicPrefixes"] as const;

/** Prefixes with characters that no topic has, such as a *: they are compared as they are. */
const prefixIssues = (team: TeamRights, at: SettingPath): Issue[] =>
    prefixLists.flatMap((list) =>
        (team[list] ?? []).flatMap((prefix, index) =>
            /^[\w.-]+$/.test(prefix)
                ? []
                : [
                      invalidValue(
                          [...at, list, index],
                          prefix,
                          "the start of a topic's name: letters, digits, ., _ and -",
                          {
                              reason: "it is compared as it is, so that no topic begins with it",
                          },
                      ),
                  ],
        ),
    );

/** Names of templates in place of classes. */
const classIssues = (team: TeamRights, at: SettingPath): Issue[] =>
    (team.connectorClasses ?? []).flatMap((name, index) => {
        const template = templates.find((known) => known.name === name);
        if (!template) return [];
        const expected = template.class ?? "the class of a connector";
        return [
            invalidValue([...at, "connectorClasses", index], name, expected, {
                reason: "the list has Java classes, not templates",
            }),
        ];
    });

/** Errors: items that match nothing. */
export const checkTeamLists = ({ teams = [] }: ParsedSections): Issue[] =>
    teams.flatMap((team, index) => [...prefixIssues(team, ["teams", index]), ...classIssues(team, ["teams", index])]);

/** Prefixes that another one of the same list includes. */
const includedPrefixes = (team: TeamRights, at: SettingPath): Issue[] =>
    prefixLists.flatMap((list) => {
        const prefixes = team[list] ?? [];
        return prefixes.flatMap((prefix, index) => {
            const wider = prefixes.find((other) => other !== prefix && prefix.startsWith(other));
            return wider === undefined
                ? []
                : [issue("KCP_UNUSED_SETTING", [...at, list, index], `unused: the prefix ${wider} includes it`)];
        });
    });

/** Lists that allow nothing, and classes that are probably misspelt. */
export const teamListWarnings = ({ teams = [] }: ParsedSections): Issue[] =>
    teams.flatMap((team, index) => {
        const at = ["teams", index];
        const classes = team.connectorClasses;
        return [
            ...includedPrefixes(team, at),
            ...(classes?.length === 0
                ? [
                      issue(
                          "KCP_CONFLICTING_SETTINGS",
                          [...at, "connectorClasses"],
                          "an empty list allows no connector at all; list classes, or remove it",
                      ),
                  ]
                : []),
            ...(classes ?? []).flatMap((name, item) => {
                const meant = misspelledName(name, templateClasses);
                return meant === undefined
                    ? []
                    : [
                          issue(
                              "KCP_UNDECLARED_NAME",
                              [...at, "connectorClasses", item],
                              `no template has the class ${name}; did you mean "${meant}"?`,
                          ),
                      ];
            }),
        ];
    });
