/**
 * The plugin manifest: the one place where a plugin of the image is named. The Dockerfile is generated from it, the
 * sandbox runs what it lists, and a template may be used only when its class is in it.
 */
import * as path from "path";
import { z } from "zod";
import { toIssues, formatIssue } from "../schema/issues";
import { boolean, object, array, oneOf, string } from "../schema/primitives";
import { readJsonFile } from "../util/jsonFile";

/** In place of a checksum that has not been recorded yet: the image build fails on it. */
export const unpinned = "unpinned";

const sha512 = () => string("a SHA-512 of 128 hex digits, or unpinned", /^([0-9a-f]{128}|unpinned)$/);

const coordinates = () =>
    string("Maven coordinates group:artifact:version[:type[:classifier]]", /^[\w.-]+(:[\w.-]+){2,4}$/);

const className = () => string("a class name", /^[\w$]+(\.[\w$]+)+$/);

const artifact = object({
    maven: coordinates().optional(),
    confluentHub: string("a Confluent Hub component owner/name:version", /^[\w-]+\/[\w-]+:[\w.-]+$/).optional(),
    url: string("an https address", /^https:\/\/\S+$/).optional(),
    folder: string("a folder within the build context", /^(?!\/)(?!.*\.\.)\S+$/).optional(),
    sha512: sha512().optional(),
    /** Whether the runtime dependencies of a Maven artifact are fetched too. */
    transitive: boolean().optional(),
    /** Those dependencies: coordinates and SHA-512 of each, recorded by `npm run plugins -- pin`. */
    resolved: z.record(coordinates(), sha512(), { error: "coordinates, each with a SHA-512" }).optional(),
})
    .refine((item) => [item.maven, item.confluentHub, item.url, item.folder].filter(Boolean).length === 1, {
        error: "exactly one of maven, confluentHub, url, folder",
    })
    .refine((item) => Boolean(item.folder) !== Boolean(item.sha512), {
        error: "a sha512 for a download, and none for a folder",
    })
    .refine((item) => item.maven || !item.transitive, {
        error: "transitive only with maven: the dependencies of other artifacts are not known",
    })
    .refine((item) => (item.transitive === true && item.sha512 !== unpinned) === (item.resolved !== undefined), {
        error: "the dependencies under resolved exactly where transitive is true; run `npm run plugins -- pin`",
    });

const plugin = object({
    name: string("a folder name of a-z, 0-9 and -", /^[a-z0-9][a-z0-9-]*$/),
    license: string("an SPDX licence identifier, or LicenseRef- and a name"),
    classes: array(className()),
    /** Further classes that must be in its jars, or the build stops: what it needs without saying so. */
    needs: z.array(className(), { error: "a list" }).optional(),
    into: oneOf(["plugins", "libs"]).default("plugins"),
    artifacts: z.array(artifact).min(1, { error: "at least one artifact" }),
});

/**
 * Plugins that Strimzi's Kafka image has already, in the version of its Kafka; elsewhere they come by Maven in that
 * version.
 */
const provided = object({
    maven: string("Maven coordinates group:artifact", /^[\w.-]+:[\w.-]+$/),
    classes: array(className()),
});

const truststore = object({
    url: string("an https address", /^https:\/\/\S+$/).optional(),
    file: string("a file within the build context", /^(?!\/)(?!.*\.\.)\S+$/).optional(),
    sha512: sha512(),
}).refine((item) => Boolean(item.url) !== Boolean(item.file), { error: "either url or file" });

const manifestSchema = object({
    plugins: array(plugin).refine((plugins) => new Set(plugins.map(({ name }) => name)).size === plugins.length, {
        error: "each name once",
    }),
    provided: array(provided),
    /** PEM certificates that the workers trust besides those of their JVM. */
    truststore: truststore.optional(),
});

export type Manifest = z.output<typeof manifestSchema>;
export type Plugin = Manifest["plugins"][number];
export type Artifact = Plugin["artifacts"][number];

export const manifestFile = (context: string): string => path.join(context, "plugins.json");

/** Reads and checks the manifest of a build context; throws with every issue in it. */
export function readManifest(context: string): Manifest {
    const file = manifestFile(context);
    const raw = readJsonFile(file);
    const parsed = manifestSchema.safeParse(raw);
    if (parsed.success) return parsed.data;
    throw new Error(
        `${file} has errors:\n${toIssues(parsed.error, manifestSchema, raw, [])
            .map((issue) => `  ${formatIssue(issue)}`)
            .join("\n")}`,
    );
}

/** One file that the build fetches. */
export interface Download {
    readonly kind: "maven" | "confluent-hub" | "url";
    /** Coordinates, component or address. */
    readonly what: string;
    readonly sha512: string;
}

/** The files that the build fetches for an artifact, in a stable order; none for a folder. */
export function downloadsOf({ maven, confluentHub, url, sha512: sum, resolved = {} }: Artifact): Download[] {
    if (confluentHub) return [{ kind: "confluent-hub", what: confluentHub, sha512: sum! }];
    if (url) return [{ kind: "url", what: url, sha512: sum! }];
    if (!maven) return [];
    const others = Object.entries(resolved).sort(([a], [b]) => (a < b ? -1 : 1));
    return [[maven, sum!], ...others].map(([what, checksum]) => ({ kind: "maven", what, sha512: checksum }));
}

/** Sources of the downloads that have no recorded checksum. */
export function unpinnedIn(manifest: Manifest): string[] {
    const downloads = manifest.plugins.flatMap((item) => item.artifacts.flatMap(downloadsOf));
    return [
        ...downloads.filter((item) => item.sha512 === unpinned).map(({ what }) => what),
        ...(manifest.truststore?.sha512 === unpinned ? [manifest.truststore.url ?? manifest.truststore.file!] : []),
    ];
}

/** Name of the build argument with a plugin's version, for the label of the image. */
export const labelArgument = (name: string): string => `INPUT_${name.toUpperCase().replace(/-/g, "_")}`;

/** The file that Maven copies an artifact to. */
export function fileName(artifact: string): string {
    const [, name, version, type = "jar", classifier] = artifact.split(":");
    return `${name}-${version}${classifier ? `-${classifier}` : ""}.${type}`;
}

/** Paths of the truststore on the image, and of the same certificates in PEM. */
export const truststorePath = "/opt/kafka/custom-truststore.jks";
export const truststorePemPath = "/opt/kafka/custom-truststore.pem";

/** Every class the image provides. */
export const classesOf = (manifest: Manifest): string[] =>
    [...manifest.plugins, ...manifest.provided].flatMap((item) => item.classes);
