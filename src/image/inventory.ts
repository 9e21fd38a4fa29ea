/** What is in plugin folders: each jar with its coordinates, licences and checksum. */
import * as fs from "fs";
import * as path from "path";
import { strFromU8, unzipSync } from "fflate";
import { downloadsOf, fileName, type Plugin } from "./manifest";
import { sha512 as sha512Of } from "../util/data";

/** A jar of a plugin. */
export interface Jar {
    readonly plugin: string;
    /** Path within the plugin's folder. */
    readonly file: string;
    readonly bytes: number;
    readonly sha512: string;
    /** Absent if neither the manifest nor the jar states it. */
    readonly group?: string;
    readonly name: string;
    readonly version: string;
    /** As the jar's own pom or manifest states them; empty where it states none. */
    readonly licenses: readonly string[];
}

interface Stated {
    group?: string;
    name: string;
    version: string;
    licenses: string[];
}

/** Name and version of a jar by its file name. */
function fromFileName(file: string): { name: string; version: string } {
    const base = path.basename(file, ".jar");
    const [, name, version] = /^(.+?)-(\d[\w.+-]*)$/.exec(base) ?? [undefined, base, ""];
    return { name: name!, version: version! };
}

const property = (text: string, key: string): string | undefined =>
    new RegExp(`^${key}\\s*[=:]\\s*(.+?)\\s*$`, "m").exec(text)?.[1];

/** Licences that a pom names itself; those it inherits are not in the jar. */
const licensesOfPom = (pom: string): string[] =>
    [...(/<licenses>([\s\S]*?)<\/licenses>/.exec(pom)?.[1] ?? "").matchAll(/<name>\s*([\s\S]*?)\s*<\/name>/g)].map(
        ([, name]) => name.replace(/\s+/g, " "),
    );

/** `Bundle-License` of a jar's manifest, whose lines are folded after 72 bytes; attributes after `;` are left out. */
const licensesOfManifest = (manifest: string): string[] =>
    [...manifest.replace(/\r?\n /g, "").matchAll(/^Bundle-License:\s*"?([^;"\r\n]+)/gm)].flatMap(([, value]) =>
        value.split(/\s*,\s*/).map((item) => item.trim()),
    );

/** What a jar's pom says. A shaded jar also contains the poms of others; the one with the jar's name is used. */
export function statedBy(content: Uint8Array, file: string): Stated {
    const entries = unzipSync(content, {
        filter: ({ name }) => /^META-INF\/(MANIFEST\.MF|maven\/[^/]+\/[^/]+\/pom\.(properties|xml))$/.test(name),
    });
    const text = (name: string): string => (entries[name] ? strFromU8(entries[name]) : "");
    const guess = fromFileName(file);
    const poms = Object.keys(entries).filter((name) => name.endsWith("pom.properties"));
    const own =
        poms.find((name) => property(text(name), "artifactId") === guess.name) ??
        (poms.length === 1 && path.basename(file).startsWith(property(text(poms[0]), "artifactId") ?? " ")
            ? poms[0]
            : undefined);
    const properties = own ? text(own) : "";
    const inPom = own ? licensesOfPom(text(own.replace(/properties$/, "xml"))) : [];
    return {
        group: property(properties, "groupId"),
        name: property(properties, "artifactId") ?? guess.name,
        version: property(properties, "version") ?? guess.version,
        licenses: inPom.length > 0 ? inPom : licensesOfManifest(text("META-INF/MANIFEST.MF")),
    };
}

const jarsIn = (folder: string): string[] =>
    fs
        .readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".jar"))
        .sort();

/**
 * The jars of plugins as they lie unpacked: a folder a plugin in `pluginFolder`, and those of the workers' class path
 * among others in `libs`. The index that the build adds is not among them.
 */
export function jarsOfPlugins(plugins: readonly Plugin[], pluginFolder: string, libs: string): Jar[] {
    return plugins.flatMap((plugin) => {
        const folder = plugin.into === "libs" ? libs : path.join(pluginFolder, plugin.name);
        const downloads = plugin.artifacts.flatMap(downloadsOf);
        const inLibs = downloads.filter(({ kind }) => kind === "maven").map(({ what }) => fileName(what));
        const files =
            plugin.into === "libs"
                ? inLibs
                : jarsIn(folder).filter((file) => !path.basename(file).startsWith("connect-plugin-path-shim-"));
        return files.map((file) => {
            const content = fs.readFileSync(path.join(folder, file));
            const sha512 = sha512Of(content);
            const [group, name, version] =
                downloads.find((item) => item.kind === "maven" && item.sha512 === sha512)?.what.split(":") ?? [];
            const stated = statedBy(content, file);
            return {
                plugin: plugin.name,
                file,
                bytes: content.length,
                sha512,
                ...stated,
                ...(name ? { group, name, version } : {}),
            };
        });
    });
}

/** A library that more than one plugin brings, or one plugin twice. */
export interface DuplicateLibrary {
    readonly library: string;
    /** Version → plugins that bring it. */
    readonly versions: ReadonlyMap<string, readonly string[]>;
    /** Plugins that bring more than one version: which of them its classes come from is a matter of chance. */
    readonly conflicts: readonly string[];
    /** Bytes that would be saved if each version were there once. */
    readonly spare: number;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
    const groups = new Map<string, T[]>();
    for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Libraries that are there more than once. Between plugins that is allowed: Connect loads each plugin by itself. */
export function duplicateLibraries(jars: readonly Jar[]): DuplicateLibrary[] {
    return grouped(jars, ({ name }) => name)
        .filter(([, same]) => same.length > 1)
        .map(([library, same]) => ({
            library,
            versions: new Map(
                grouped(same, ({ version }) => version).map(([version, those]) => [
                    version,
                    those.map(({ plugin }) => plugin),
                ]),
            ),
            conflicts: grouped(same, ({ plugin }) => plugin)
                .filter(([, those]) => new Set(those.map(({ version }) => version)).size > 1)
                .map(([plugin]) => plugin),
            spare: grouped(same, ({ sha512 }) => sha512).reduce(
                (sum, [, those]) => sum + (those.length - 1) * those[0].bytes,
                0,
            ),
        }));
}
