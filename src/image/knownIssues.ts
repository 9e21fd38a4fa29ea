/**
 * Versions of plugins that are known to lose data, and why the manifest's versions differ: `known-issues.json`,
 * beside the manifest.
 */
import * as fs from "fs";
import * as path from "path";
import { compareVersions } from "../util/compareVersions";
import { readJsonFile } from "../util/jsonFile";
import type { Manifest, Plugin } from "./manifest";

/** A bug that loses data, in every version of a plugin before the one that fixes it. */
export interface KnownIssue {
    /** Name of the plugin in the manifest. */
    readonly plugin: string;
    /** First version without the bug. */
    readonly fixedIn: string;
    /** What happens to the data. */
    readonly effect: string;
    /** Where it is reported. */
    readonly source: string;
}

interface KnownIssuesFile {
    readonly versions: Readonly<Record<string, string>>;
    readonly issues: readonly KnownIssue[];
}

/** The file of a build context; one without the file has no known issues. */
export function readKnownIssues(context: string): KnownIssuesFile {
    const file = path.join(context, "known-issues.json");
    return fs.existsSync(file) ? (readJsonFile(file) as KnownIssuesFile) : { versions: {}, issues: [] };
}

/** The version of a plugin: that of its first artifact. Undefined where a folder provides it. */
export const pluginVersion = ({ artifacts }: Plugin): string | undefined =>
    artifacts[0].maven?.split(":")[2] ?? artifacts[0].confluentHub?.split(":")[1];

/** The bugs that the plugins of a manifest have. */
export function knownIssuesOf(manifest: Manifest, issues: readonly KnownIssue[]): (KnownIssue & { version: string })[] {
    return manifest.plugins.flatMap((plugin) => {
        const version = pluginVersion(plugin);
        if (version === undefined) return [];
        return issues
            .filter((issue) => issue.plugin === plugin.name && compareVersions(version, issue.fixedIn) < 0)
            .map((issue) => ({ ...issue, version }));
    });
}
