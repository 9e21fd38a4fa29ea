/** Keys of a stack file's `config`: `PROJECT:NAME` for a setting of this project. */
import { issue, unknownSetting, type Issue } from "../schema/issues";
import { sectionNames } from "../schema/sections";
import { isObject } from "../util/data";
import { nearest } from "../util/nearest";
import { project } from "../util/project";

/** The setting's name, or undefined for a key of another project or provider. Pulumi adds a missing prefix. */
export function settingNameOf(key: string): string | undefined {
    const [prefix, ...rest] = key.split(":");
    if (rest.length === 0) return key;
    if (prefix !== project) return undefined;
    return rest.length === 2 && rest[0] === "config" ? rest[1] : rest.join(":");
}

/** The settings among a stack's config: this project's keys, without their prefix. */
export const settingsOf = (config: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
        Object.entries(config).flatMap(([key, value]) => {
            const name = settingNameOf(key);
            return name === undefined ? [] : [[name, value]];
        }),
    );

/** Keys whose prefix is not this project's, but was meant to be: their sections would be ignored. */
export function prefixIssues(config: Readonly<Record<string, unknown>>): Issue[] {
    return Object.keys(config)
        .filter((key) => settingNameOf(key) === undefined)
        .flatMap((key) => {
            const [prefix, name] = key.split(/:(.*)/);
            const section = nearest(name, sectionNames) ?? name;
            if (!nearest(prefix, [project]) && !sectionNames.includes(name)) return [];
            const known = [`${project}:${section}`];
            return [{ ...unknownSetting([key], known), message: `unknown setting; did you mean "${known[0]}"?` }];
        });
}

/** Sections that create something, each with a setting that makes an empty one a section with settings. */
const creating: Readonly<Record<string, string>> = {
    kafkaCluster: "name: kafka, the default, for a Kafka cluster with all defaults",
    httpBridge: "main, the main container",
    standaloneConnect: "bootstrapServers and connectors",
};

/**
 * Sections that are written as an empty object. The engine passes the same for one that is left out, so that nothing
 * would be created.
 */
export const emptySectionIssues = (config: Readonly<Record<string, unknown>>): Issue[] =>
    Object.entries(settingsOf(config)).flatMap(([name, value]) =>
        Object.hasOwn(creating, name) && isObject(value) && Object.keys(value).length === 0
            ? [
                  issue(
                      "KCP_INVALID_VALUE",
                      [name],
                      `an empty object counts as left out; set ${creating[name]}, or remove the section`,
                  ),
              ]
            : [],
    );
