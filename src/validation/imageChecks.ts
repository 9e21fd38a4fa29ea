/** Checks between the stack file and the image that its connectors run from. */
import * as fs from "fs";
import * as path from "path";
import type { ConnectorPlan } from "../connectors/template";
import type { Fault } from "../schema/issues";
import type { SecretsSettings } from "../schema/platform";
import { secretsProvider } from "../strimzi/kafkaConnect";
import { didYouMean } from "../util/nearest";
import { dockerfile } from "../image/dockerfile";
import { knownIssuesOf, readKnownIssues } from "../image/knownIssues";
import { classesOf, manifestFile, readManifest, type Manifest } from "../image/manifest";

/** What keeps the image from being built, and connectors whose class is not on it. `folder` is the project's. */
export function checkImage(
    context: string,
    connectors: readonly ConnectorPlan[],
    folder: string,
    secrets?: SecretsSettings,
): Fault[] {
    const at = ["image", "build", "context"];
    const absolute = path.resolve(folder, context);
    if (!fs.existsSync(manifestFile(absolute)))
        return [{ path: at, got: context, wants: "a folder with a plugins.json" }];
    let manifest: Manifest;
    try {
        manifest = readManifest(absolute);
    } catch (error) {
        return [{ path: at, message: `holds a manifest that cannot be used: ${(error as Error).message}` }];
    }
    const faults: Fault[] = [];
    const file = path.join(absolute, "Dockerfile");
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== dockerfile(manifest)) {
        faults.push({
            path: at,
            message: `has a Dockerfile that is not the one of its plugins.json. Run: npm run plugins -- generate`,
        });
    }
    const wanted = [
        ...manifest.plugins.flatMap(({ artifacts }) => artifacts.map((artifact) => artifact.folder)),
        manifest.truststore?.file,
    ];
    for (const item of wanted)
        if (item && !fs.existsSync(path.join(absolute, item)))
            faults.push({ path: at, message: `lacks ${item}, which its plugins.json names` });
    const classes = classesOf(manifest);
    const provider = secrets && secretsProvider(secrets);
    if (provider?.onImage && !classes.includes(provider.class))
        faults.push({
            path: ["secrets", "plugin"],
            got: secrets?.plugin,
            wants: `one whose class (${provider.class}) a plugin of ${context}/plugins.json provides`,
        });
    for (const plan of connectors.filter((candidate) => !classes.includes(candidate.class))) {
        faults.push({
            path: ["connectors", plan.index, "connectorTemplate"],
            message: `needs ${plan.class}, which no plugin of ${context}/plugins.json provides`,
        });
    }
    return [...faults, ...connectors.flatMap((plan) => checkClasses(plan, classes, context))];
}

/** Packages that are on every image: Kafka's own converters and transforms, and with any of its connectors Debezium's. */
const own = /^(org\.apache\.kafka\.connect|io\.debezium)\./;

/** Converters, transforms and predicates of a connector that no plugin of the image has. */
function checkClasses(plan: ConnectorPlan, classes: readonly string[], context: string): Fault[] {
    return Object.entries(plan.config)
        .filter(([key]) => /^((key|value|header)\.converter|(transforms|predicates)\.[^.]+\.type)$/.test(key))
        .map(([key, value]) => [key, String(value)] as const)
        .filter(([, name]) => !own.test(name) && !classes.includes(name))
        .map(([key, name]) => ({
            path: plan.origin(key),
            message: `needs ${name}, which no plugin of ${context}/plugins.json provides${didYouMean(name, classes)}`,
        }));
}

/** Plugins of the image whose version is known to lose data. */
export function imageWarnings(context: string, folder: string): Fault[] {
    const absolute = path.resolve(folder, context);
    return knownIssuesOf(readManifest(absolute), readKnownIssues(absolute).issues).map(
        ({ plugin, version, fixedIn, effect, source }) => ({
            path: ["image", "build", "context"],
            message: `has ${plugin} ${version}, in which ${effect} (${source}); use ${fixedIn} or newer`,
        }),
    );
}
