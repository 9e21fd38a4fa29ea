/**
 * The plugin manifest: the one place where a plugin of the image is named. The Dockerfile is generated from it, the
 * sandbox runs what it lists, and a template may be used only when its class is in it.
 */
import * as fs from "fs";
import * as path from "path";
import { z } from "zod";
import { toFaults, printFault } from "../settings/faults";
import { group, list, oneOf, text } from "../settings/kinds";

/** Stands where a checksum has not been recorded yet: the image build stops there. */
export const unpinned = "unpinned";

const sha512 = () => text("a SHA-512 of 128 hex digits, or unpinned", /^([0-9a-f]{128}|unpinned)$/);

const artifact = group({
    maven: text("Maven coordinates group:artifact:version[:type[:classifier]]", /^[\w.-]+(:[\w.-]+){2,4}$/).optional(),
    confluentHub: text("a Confluent Hub component owner/name:version", /^[\w-]+\/[\w-]+:[\w.-]+$/).optional(),
    url: text("an https address", /^https:\/\/\S+$/).optional(),
    folder: text("a folder within the build context", /^(?!\/)(?!.*\.\.)\S+$/).optional(),
    sha512: sha512().optional(),
})
    .refine((item) => [item.maven, item.confluentHub, item.url, item.folder].filter(Boolean).length === 1, { error: "exactly one of maven, confluentHub, url, folder" })
    .refine((item) => Boolean(item.folder) !== Boolean(item.sha512), { error: "a sha512 for whatever is downloaded, and none for a folder" });

const plugin = group({
    name: text("a folder name of a-z, 0-9 and -", /^[a-z0-9][a-z0-9-]*$/),
    license: text("an SPDX licence identifier"),
    classes: list(text("a class name", /^[\w$]+(\.[\w$]+)+$/)),
    into: oneOf(["plugins", "libs"]).default("plugins"),
    artifacts: z.array(artifact).min(1, { error: "at least one artifact" }),
});

/** Plugins that Strimzi's Kafka image has already, in the version of its Kafka; elsewhere they come by Maven in that version. */
const provided = group({
    maven: text("Maven coordinates group:artifact", /^[\w.-]+:[\w.-]+$/),
    classes: list(text("a class name", /^[\w$]+(\.[\w$]+)+$/)),
});

const manifestSchema = group({
    plugins: list(plugin),
    provided: list(provided),
    truststore: group({ url: text("an https address", /^https:\/\/\S+$/), sha512: sha512() }).optional(),
});

export type Manifest = z.output<typeof manifestSchema>;
export type Plugin = Manifest["plugins"][number];
export type Artifact = Plugin["artifacts"][number];

export const manifestFile = (context: string): string => path.join(context, "plugins.json");

/** Reads and checks the manifest of a build context; throws with every fault in it. */
export function readManifest(context: string): Manifest {
    const file = manifestFile(context);
    const raw: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    const parsed = manifestSchema.safeParse(raw);
    if (parsed.success) return parsed.data;
    throw new Error(`${file} has faults:\n${toFaults(parsed.error, raw, []).map((fault) => `  ${printFault(fault)}`).join("\n")}`);
}

/** The artifacts whose checksum has not been recorded: where they come from. */
export function unpinnedIn(manifest: Manifest): string[] {
    const artifacts = manifest.plugins.flatMap((item) => item.artifacts);
    return [
        ...artifacts.filter((item) => item.sha512 === unpinned).map((item) => item.maven ?? item.confluentHub ?? item.url ?? ""),
        ...(manifest.truststore?.sha512 === unpinned ? [manifest.truststore.url] : []),
    ];
}

/** Where the image has its truststore: the JVM's certificates and those of Amazon RDS and DocumentDB. */
export const truststorePath = "/opt/kafka/custom-truststore.jks";

/** Every class the image provides. */
export const classesOf = (manifest: Manifest): string[] => [...manifest.plugins, ...manifest.provided].flatMap((item) => item.classes);
