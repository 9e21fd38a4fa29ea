/** Checks between the stack file and the image that its connectors run from. */
import * as fs from "fs";
import * as path from "path";
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { SecretsSettings } from "../schema/platform";
import { secretsProvider } from "../strimzi/secretsProvider";
import { didYouMean } from "../util/nearest";
import { dockerfile } from "../image/dockerfile";
import { knownIssuesOf, readKnownIssues } from "../image/knownIssues";
import { classesOf, manifestFile, readManifest, type Manifest } from "../image/manifest";

/** What keeps the image from being built, and connectors whose class is not on it. `folder` is the project's. */
export function checkImage(
    context: string,
    connectors: readonly ResolvedConnector[],
    folder: string,
    secrets?: SecretsSettings,
): Issue[] {
    const at = ["image", "build", "context"];
    const absolute = path.resolve(folder, context);
    if (!fs.existsSync(manifestFile(absolute))) return [invalidValue(at, context, "a folder with a plugins.json")];
    let manifest: Manifest;
    try {
        manifest = readManifest(absolute);
    } catch (error) {
        return [issue("KCP_TODO", at, `holds a manifest that cannot be used: ${(error as Error).message}`)];
    }
    const issues: Issue[] = [];
    const file = path.join(absolute, "Dockerfile");
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== dockerfile(manifest)) {
        issues.push(
            issue(
                "KCP_TODO",
                at,
                `has a Dockerfile that is not the one of its plugins.json. Run: npm run plugins -- generate`,
            ),
        );
    }
    const wanted = [
        ...manifest.plugins.flatMap(({ artifacts }) => artifacts.map((artifact) => artifact.folder)),
        manifest.truststore?.file,
    ];
    for (const item of wanted)
        if (item && !fs.existsSync(path.join(absolute, item)))
            issues.push(issue("KCP_TODO", at, `lacks ${item}, which its plugins.json names`));
    const classes = classesOf(manifest);
    const provider = secrets && secretsProvider(secrets);
    if (provider?.onImage && !classes.includes(provider.class))
        issues.push(
            invalidValue(
                ["secrets", "plugin"],
                secrets?.plugin,
                `one whose class (${provider.class}) a plugin of ${context}/plugins.json provides`,
            ),
        );
    for (const connector of connectors.filter((candidate) => !classes.includes(candidate.class))) {
        issues.push(
            issue(
                "KCP_TODO",
                ["connectors", connector.index, "connectorTemplate"],
                `needs ${connector.class}, which no plugin of ${context}/plugins.json provides`,
            ),
        );
    }
    return [...issues, ...connectors.flatMap((connector) => checkClasses(connector, classes, context))];
}

/** Packages that are on every image: Kafka's own converters and transforms, and with any of its connectors Debezium's. */
const own = /^(org\.apache\.kafka\.connect|io\.debezium)\./;

/** Converters, transforms and predicates of a connector that no plugin of the image has. */
function checkClasses(connector: ResolvedConnector, classes: readonly string[], context: string): Issue[] {
    return Object.entries(connector.config)
        .filter(([key]) => /^((key|value|header)\.converter|(transforms|predicates)\.[^.]+\.type)$/.test(key))
        .map(([key, value]) => [key, String(value)] as const)
        .filter(([, name]) => !own.test(name) && !classes.includes(name))
        .map(([key, name]) =>
            issue(
                "KCP_TODO",
                connector.settingPath(key),
                `needs ${name}, which no plugin of ${context}/plugins.json provides${didYouMean(name, classes)}`,
            ),
        );
}

/** Plugins of the image whose version is known to lose data. */
export function imageWarnings(context: string, folder: string): Issue[] {
    const absolute = path.resolve(folder, context);
    return knownIssuesOf(readManifest(absolute), readKnownIssues(absolute).issues).map(
        ({ plugin, version, fixedIn, effect, source }) =>
            issue(
                "KCP_TODO",
                ["image", "build", "context"],
                `has ${plugin} ${version}, in which ${effect} (${source}); use ${fixedIn} or newer`,
            ),
    );
}
