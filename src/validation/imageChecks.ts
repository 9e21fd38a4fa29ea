/** Checks between the stack file and the image that its connectors run from. */
import * as fs from "fs";
import * as path from "path";
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { SecretsSettings } from "../schema/secrets";
import { secretsProvider } from "../strimzi/secretsProvider";
import { didYouMean } from "../util/nearest";
import { dockerfile } from "../image/dockerfile";
import { knownIssuesOf, readKnownIssues } from "../image/knownIssues";
import { classesOf, manifestFile, readManifest, type Manifest } from "../image/manifest";
import { componentOf } from "./pluginKeyLists";

/**
 * What prevents the image from being built, and the classes of connectors that no plugin of the image provides.
 *
 * @param context folder of the build context, relative to `folder`
 * @param folder the project's folder
 * @param workerConfig `connect.config`, whose converters every worker loads
 */
export function checkImage(
    context: string,
    connectors: readonly ResolvedConnector[],
    folder: string,
    secrets?: SecretsSettings,
    workerConfig: Readonly<Record<string, unknown>> = {},
): Issue[] {
    const at = ["image", "build", "context"];
    const absolute = path.resolve(folder, context);
    if (!fs.existsSync(manifestFile(absolute)))
        return [invalidValue(at, context, "a folder with a plugins.json", { code: "KCP_INVALID_IMAGE_CONTEXT" })];
    let manifest: Manifest;
    try {
        manifest = readManifest(absolute);
    } catch (error) {
        return [issue("KCP_INVALID_IMAGE_CONTEXT", at, `plugins.json is invalid: ${(error as Error).message}`)];
    }
    const issues: Issue[] = [];
    const file = path.join(absolute, "Dockerfile");
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== dockerfile(manifest)) {
        issues.push(
            issue(
                "KCP_INVALID_IMAGE_CONTEXT",
                at,
                "the Dockerfile does not match plugins.json; run: npm run plugins -- generate",
            ),
        );
    }
    const files = [
        ...manifest.plugins.flatMap(({ artifacts }) => artifacts.map((artifact) => artifact.folder)),
        manifest.truststore?.file,
    ];
    for (const item of files)
        if (item && !fs.existsSync(path.join(absolute, item)))
            issues.push(issue("KCP_INVALID_IMAGE_CONTEXT", at, `plugins.json names ${item}, which does not exist`));
    const classes = classesOf(manifest);
    const provider = secrets && secretsProvider(secrets);
    if (provider?.onImage && !classes.includes(provider.class))
        issues.push(
            issue(
                "KCP_MISSING_PLUGIN",
                ["secrets", "plugin"],
                `no plugin of ${context}/plugins.json provides ${provider.class}`,
            ),
        );
    for (const [index, item] of (secrets?.further ?? []).entries())
        if (
            item.class !== undefined &&
            !classes.includes(item.class) &&
            !/^(org\.apache\.kafka|io\.strimzi)\./.test(item.class)
        )
            issues.push(
                issue(
                    "KCP_MISSING_PLUGIN",
                    ["secrets", "further", index, "class"],
                    `no plugin of ${context}/plugins.json provides ${item.class}`,
                ),
            );
    for (const connector of connectors.filter((candidate) => !classes.includes(candidate.class))) {
        issues.push(
            issue(
                "KCP_MISSING_PLUGIN",
                connector.template === "raw"
                    ? ["connectors", connector.index, "class"]
                    : ["connectors", connector.index, "connectorTemplate"],
                `no plugin of ${context}/plugins.json provides ${connector.class}` +
                    didYouMean(connector.class, classes),
            ),
        );
    }
    const workers = { config: workerConfig, settingPath: (key: string) => ["connect", "config", key] };
    return [...issues, ...[workers, ...connectors].flatMap((item) => checkClasses(item, classes, context))];
}

/** The versions of the plugins with a class; undefined where one is not from a Maven repository. */
function versionsOf(className: string, { plugins }: Manifest): string[] | undefined {
    const versions = plugins
        .filter(({ classes }) => classes.includes(className))
        .flatMap(({ artifacts }) => artifacts.map(({ maven }) => maven?.split(":")[2]));
    return versions.includes(undefined) ? undefined : versions.map(String);
}

/** Versions that the image does not have. Connect reads one without brackets as exactly this (KIP-891). */
export function missingVersions(context: string, connectors: readonly ResolvedConnector[], folder: string): Issue[] {
    const exact = connectors.filter(({ pluginVersion }) => /^\d/.test(pluginVersion ?? ""));
    if (exact.length === 0) return [];
    const manifest = readManifest(path.resolve(folder, context));
    return exact.flatMap(({ class: className, index, pluginVersion }): Issue[] => {
        const versions = versionsOf(className, manifest) ?? [];
        if (versions.length === 0 || versions.includes(String(pluginVersion))) return [];
        const message = `${context}/plugins.json has ${versions.join(", ")} of ${className}, not ${pluginVersion}`;
        return [issue("KCP_MISSING_PLUGIN", ["connectors", index, "pluginVersion"], message)];
    });
}

/** A configuration with classes: that of the workers or of a connector. */
interface ConfigurationOf {
    readonly config: Readonly<Record<string, unknown>>;
    readonly settingPath: ResolvedConnector["settingPath"];
}

/**
 * Packages of every image: Kafka's own converters and transforms, and Debezium's, which each of its connectors has.
 */
const bundledPackages = /^(org\.apache\.kafka\.connect|io\.debezium)\./;

const packageOf = (className: string): string => className.slice(0, className.lastIndexOf("."));

/** Whether a plugin of the manifest has the class without listing it: as ChangeCase beside ExtractTimestamp. */
const isBeside = (className: string, classes: readonly string[]): boolean =>
    componentOf(className) !== undefined && classes.some((listed) => packageOf(listed) === packageOf(className));

/** Converters, transforms and predicates of workers or of a connector that no plugin of the image provides. */
function checkClasses(connector: ConfigurationOf, classes: readonly string[], context: string): Issue[] {
    return Object.entries(connector.config)
        .filter(([key]) => /^((key|value|header)\.converter|(transforms|predicates)\.[^.]+\.type)$/.test(key))
        .map(([key, value]) => [key, String(value)] as const)
        .filter(([, name]) => !bundledPackages.test(name) && !classes.includes(name) && !isBeside(name, classes))
        .map(([key, name]) =>
            issue(
                "KCP_MISSING_PLUGIN",
                connector.settingPath(key),
                `no plugin of ${context}/plugins.json provides ${name}${didYouMean(name, classes)}`,
            ),
        );
}

/** What is known about the versions of the image's plugins. */
export interface KnownDataLoss {
    /** Bugs that the stack does not accept. */
    readonly issues: readonly Issue[];
    /** Bugs that it accepts, and accepted ones that no plugin has. */
    readonly warnings: readonly Issue[];
}

/**
 * Plugins of the image whose version is known to lose data.
 *
 * @param accepted URLs of bugs that the stack accepts
 */
export function knownDataLoss(context: string, folder: string, accepted: readonly string[]): KnownDataLoss {
    const absolute = path.resolve(folder, context);
    const found = knownIssuesOf(readManifest(absolute), readKnownIssues(absolute).issues);
    const described = (isAccepted: boolean): Issue[] =>
        found
            .filter(({ source }) => accepted.includes(source) === isAccepted)
            .map(({ plugin, version, fixedIn, effect, source }) =>
                issue(
                    "KCP_KNOWN_DATA_LOSS",
                    ["image", "build", "context"],
                    `plugins.json has ${plugin} ${version}, in which ${effect} (${source}); use ${fixedIn} or newer` +
                        (isAccepted ? "" : ", or accept the bug in image.build.acceptedIssues"),
                ),
            );
    const unused = accepted.flatMap((url, index) =>
        found.some(({ source }) => source === url)
            ? []
            : issue(
                  "KCP_UNUSED_SETTING",
                  ["image", "build", "acceptedIssues", index],
                  `no plugin of the image has the bug ${url}; remove it`,
              ),
    );
    return { issues: described(false), warnings: [...described(true), ...unused] };
}
