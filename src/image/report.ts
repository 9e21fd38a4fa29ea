/** Reports about an image: its bill of materials, its licences and its duplicate libraries. */
import * as fs from "fs";
import * as path from "path";
import { duplicateLibraries, type Jar, type DuplicateLibrary } from "./inventory";
import type { Plugin } from "./manifest";
import { sbom, spdx, type Subject } from "./sbom";

const size = (bytes: number): string =>
    bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** The licences of an image in Markdown: of each plugin, and of its jars as they state them. */
export function licensesOf(plugins: readonly Plugin[], jars: readonly Jar[]): string {
    const sections = plugins.map(({ name, license, classes }) => {
        const lines = jars
            .filter((jar) => jar.plugin === name)
            .map((jar) => {
                const licenses = [...new Set(jar.licenses.map(spdx))].join(", ") || "not stated in the jar";
                return `| ${jar.group ? `${jar.group}:` : ""}${jar.name} | ${jar.version || "–"} | ${licenses} |`;
            });
        return [
            `## ${name}: ${license}`,
            "",
            classes.map((item) => `\`${item}\``).join(", "),
            "",
            "| library | version | licence |",
            "|---|---|---|",
            ...lines,
        ].join("\n");
    });
    return `# Licences\n\n${sections.join("\n\n")}\n`;
}

const versionsOf = ({ versions }: DuplicateLibrary): string =>
    [...versions].map(([version, plugins]) => `${version} (${plugins.join(", ")})`).join(", ");

/** Duplicate libraries, a line each. Two versions in one plugin are first, because they may break it. */
export function duplicateLines(jars: readonly Jar[]): string[] {
    const found = duplicateLibraries(jars);
    const conflicts = found.filter((item) => item.conflicts.length > 0);
    const differing = found.filter((item) => item.conflicts.length === 0 && item.versions.size > 1);
    const same = found.filter((item) => item.versions.size === 1);
    return [
        ...conflicts.map(
            (item) =>
                `WARNING: ${item.conflicts.join(", ")} contains ${item.library} in two versions: ${versionsOf(item)}`,
        ),
        ...differing.map(
            (item) => `different versions between plugins, each loads its own: ${item.library} ${versionsOf(item)}`,
        ),
        ...same.map(
            (item) => `the same jar more than once: ${item.library} ${versionsOf(item)}, ${size(item.spare)} redundant`,
        ),
    ];
}

/**
 * Writes `sbom.cdx.json` and `licenses.md`, and prints a summary.
 *
 * @param say prints a line of the summary
 */
export function writeReport(
    folder: string,
    subject: Subject,
    plugins: readonly Plugin[],
    jars: readonly Jar[],
    say: (line: string) => void = console.log,
): void {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "sbom.cdx.json"), sbom(subject, plugins, jars));
    fs.writeFileSync(path.join(folder, "licenses.md"), licensesOf(plugins, jars));
    for (const { name, license } of plugins) {
        const own = jars.filter((jar) => jar.plugin === name);
        say(`  ${name}  ${own.length} jars, ${size(own.reduce((sum, { bytes }) => sum + bytes, 0))}  ${license}`);
    }
    for (const line of duplicateLines(jars)) say(`  ${line}`);
    say(`wrote sbom.cdx.json and licenses.md to ${path.relative(process.cwd(), folder) || "."}`);
}
