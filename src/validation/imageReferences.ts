/** Images that do not have what their pods start, or of another version or architecture than the stack. */
import { kafkaVersionOf } from "../release/releases";
import { awsRegions } from "../schema/awsRegions";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { listOf, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";

interface Reference {
    readonly image: string | undefined;
    readonly at: SettingPath;
}

/** Whether there is an image. A container is passed on as it is written, so that its image can be anything. */
const present = ({ image }: Reference): boolean => typeof image === "string";

/** Images from which workers run, or are built. */
const workerImages = ({ image, connect }: ParsedSections): Reference[] =>
    connect?.install
        ? [
              { image: image?.existing, at: ["image", "existing"] },
              { image: image?.existing ? undefined : image?.build?.baseImage, at: ["image", "build", "baseImage"] },
          ].filter(present)
        : [];

/**
 * Images of other distributions of Kafka, and other images of Strimzi, without the scripts by which Strimzi starts its
 * pods. Only their own names: an image that somebody made from Strimzi's can be in a folder with any name.
 */
const otherDistributions = [
    ...[/confluentinc\/cp-[\w-]+/, /debezium\/(connect|connect-base|kafka)/],
    ...[
        /(bitnami|bitnamilegacy)\/kafka/,
        /apache\/kafka(-native)?/,
        /strimzi\/(operator|kafka-bridge|kaniko-executor)/,
    ],
].map(({ source }) => new RegExp(`(^|/)${source}$`));

const withoutTag = (image: string): string => image.replace(/@.*$/, "").replace(/:[^:/]*$/, "");

const isOtherDistribution = (image: string): boolean =>
    otherDistributions.some((pattern) => pattern.test(withoutTag(image)));

/** An image that cannot start, with what the pods need. */
const unusable = ({ image, at }: Reference, expected: string, reason: string): Issue =>
    invalidValue(at, image, expected, { reason });

/** Images that do not have the program that the pods start. */
export function checkImageReferences(sections: ParsedSections): Issue[] {
    const { image, httpBridge, standaloneConnect } = sections;
    const workers = workerImages(sections)
        .filter((reference) => isOtherDistribution(reference.image ?? ""))
        .map((reference) =>
            unusable(
                reference,
                "an image made from Strimzi's Kafka image",
                "Strimzi's pods start scripts that only it has",
            ),
        );
    const bridge = { image: httpBridge?.image, at: ["httpBridge", "image"] };
    const standalone = { image: standaloneConnect?.image, at: ["standaloneConnect", "image"] };
    const registry = image?.build?.registry;
    return [
        ...workers,
        ...(/(^|\/)strimzi\/(kafka|operator)$/.test(withoutTag(bridge.image ?? ""))
            ? [unusable(bridge, "an image of Strimzi's bridge, such as strimzi/kafka-bridge", "this one has no bridge")]
            : []),
        ...(/(^|\/)strimzi\/(kafka|operator|kafka-bridge)$/.test(withoutTag(standalone.image ?? ""))
            ? [
                  unusable(
                      standalone,
                      "an image with connect-standalone on its PATH, such as confluentinc/cp-kafka-connect",
                      "Strimzi's images do not have it there",
                  ),
              ]
            : []),
        ...(registry !== undefined && /\/[^/]*[:@][^/]*$/.test(registry)
            ? [
                  invalidValue(["image", "build", "registry"], registry, "a repository without tag and digest", {
                      reason: "the platform adds the tag",
                  }),
              ]
            : []),
        ...architectureIssues(sections),
        ...allImages(sections).flatMap(registryIssues),
    ];
}

/** All images of a stack file. */
const allImages = ({ image, httpBridge, standaloneConnect, metrics }: ParsedSections): Reference[] =>
    [
        { image: image?.existing, at: ["image", "existing"] },
        { image: image?.build?.baseImage, at: ["image", "build", "baseImage"] },
        { image: image?.build?.mavenImage, at: ["image", "build", "mavenImage"] },
        { image: httpBridge?.image, at: ["httpBridge", "image"] },
        { image: httpBridge?.main.image, at: ["httpBridge", "main", "image"] },
        { image: standaloneConnect?.image, at: ["standaloneConnect", "image"] },
        { image: metrics?.slotExporter?.image, at: ["metrics", "slotExporter", "image"] },
    ].filter(present);

/** Names that no registry accepts, and registries of ECR that do not exist. */
function registryIssues({ image = "", at }: Reference): Issue[] {
    const [registry, ...path] = withoutTag(image).split("/");
    const isRegistry = /[.:]/.test(registry) || registry === "localhost";
    const repository = path.length > 0 && isRegistry ? path.join("/") : [registry, ...path].join("/");
    if (/[A-Z]/.test(repository))
        return [invalidValue(at, image, "a repository in lower case", { reason: "Kubernetes accepts no other name" })];
    if (!/\.ecr\.[\w-]+\.amazonaws\.com/.test(registry) || registry.startsWith("public.ecr.")) return [];
    const [, region] = /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(registry) ?? [];
    if (region === undefined)
        return [invalidValue(at, image, "a registry such as ACCOUNT.dkr.ecr.REGION.amazonaws.com, with 12 digits")];
    return awsRegions.includes(region)
        ? []
        : [invalidValue(at, image, "a registry of an AWS region", { reason: suggestionFor(region, awsRegions) })];
}

/** Architectures of nodes, by the platform of the image. */
const architectures = { "linux/amd64": "amd64", "linux/arm64": "arm64" } as const;

/** Nodes that the workers require, all of another architecture than the image. */
function architectureIssues({ image, connect }: ParsedSections): Issue[] {
    if (!image?.build || image.existing || !connect?.install) return [];
    const built = architectures[image.build.platform];
    const required = ["nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"];
    const terms = listOf(valueAt(connect.affinity, required));
    const isOther = (term: unknown) =>
        listOf(valueAt(term, ["matchExpressions"])).some(
            (expression) =>
                valueAt(expression, ["key"]) === "kubernetes.io/arch" &&
                valueAt(expression, ["operator"]) === "In" &&
                !listOf(valueAt(expression, ["values"])).includes(built),
        );
    return terms.length > 0 && terms.every(isOther)
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["image", "build", "platform"],
                  `connect.affinity allows no node of the architecture ${built}, for which the image is built`,
              ),
          ]
        : [];
}

const strimziTag = /(^|\/)strimzi\/kafka:(\d+\.\d+\.\d+)-kafka-(\d+\.\d+\.\d+)/;

/** Images of Strimzi of another version than the stack's. */
function versionWarnings(sections: ParsedSections): Issue[] {
    const { strimzi } = sections;
    if (!strimzi) return [];
    const kafkaVersion = kafkaVersionOf(strimzi);
    return workerImages(sections).flatMap(({ image, at }) => {
        const [, , strimziVersion, kafka] = strimziTag.exec(image ?? "") ?? [];
        if (strimziVersion === undefined || (strimziVersion === strimzi.version && kafka === kafkaVersion)) return [];
        const expected = `strimzi/kafka:${strimzi.version}-kafka-${kafkaVersion}`;
        return [
            invalidValue(at, image, expected, {
                code: "KCP_UNSUPPORTED_BY_VERSION",
                reason: "the operator starts it with scripts and configuration of the stack's version",
            }),
        ];
    });
}

/** The oldest postgres_exporter whose series the alerts for slots read. */
const oldestExporter = [0, 20];

function exporterWarnings({ metrics }: ParsedSections): Issue[] {
    const image = metrics?.slotExporter?.image;
    const [, major, minor] = /postgres[-_]exporter:v?(\d+)\.(\d+)/.exec(image ?? "") ?? [];
    const isOld = major !== undefined && Number(major) === oldestExporter[0] && Number(minor) < oldestExporter[1];
    return isOld
        ? [
              invalidValue(["metrics", "slotExporter", "image"], image, "postgres_exporter 0.20 or newer", {
                  code: "KCP_UNSUPPORTED_BY_VERSION",
                  reason: "the alerts for replication slots read series that older versions do not have",
              }),
          ]
        : [];
}

/** An exporter of another database. */
function otherExporter({ metrics }: ParsedSections): Issue[] {
    const image = metrics?.slotExporter?.image;
    return image !== undefined && /(mysqld?|mongodb|redis|kafka|node)[-_]exporter/.test(image)
        ? [invalidValue(["metrics", "slotExporter", "image"], image, "an image of postgres_exporter")]
        : [];
}

/** A registry of ECR by its address, to which the platform does not log in. */
function ecrByAddress({ image }: ParsedSections): Issue[] {
    const registry = image?.build?.registry;
    return registry !== undefined && /\.dkr\.ecr[\w-]*\.[\w-]+\.amazonaws\.com/.test(registry)
        ? [
              invalidValue(["image", "build", "registry"], registry, "ecr", {
                  reason: "with it the platform logs in to ECR; with an address Docker has to be logged in already",
              }),
          ]
        : [];
}

/** Images that are probably wrong. */
export const imageReferenceWarnings = (sections: ParsedSections): Issue[] => [
    ...versionWarnings(sections),
    ...otherExporter(sections),
    ...ecrByAddress(sections),
    ...exporterWarnings(sections),
];
