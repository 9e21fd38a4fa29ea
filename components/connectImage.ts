import * as path from "path";
import * as ecr from "@pulumi/aws/ecr";
import type { types } from "@pulumi/docker";
import { Image } from "@pulumi/docker/image";
import * as pulumi from "@pulumi/pulumi";
import { ecrLifecycle, ecrPull } from "../src/aws/policies";
import { contentTag } from "../src/image/content";
import { buildArguments, imageInputs, mirrorArguments } from "../src/image/inputs";
import { readManifest, truststorePath, unpinnedIn } from "../src/image/manifest";
import { isOwnBuild } from "../src/image/repositoryTags";
import { connectBaseImage, defaultKafkaVersion, strimziRelease } from "../src/release/releases";
import { image, type ImageBuildSettings } from "../src/schema/image";
import { strimzi } from "../src/schema/strimzi";
import { projectFolder } from "../src/util/project";
import { componentOptions, componentType, statefulOptions } from "./internal/componentOptions";
import { lookUpTag, type TagLookup } from "./internal/ecrTags";
import { refusal } from "./internal/hooks";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import type { ImagePlatform } from "./values";

/** Where a build downloads from. What is downloaded is verified by its SHA-512 in any case. */
export interface ImageMirrorArgs {
    /**
     * Maven repository.
     * @default Maven Central
     */
    maven?: string;
    /**
     * Address in place of Confluent Hub's.
     * @default Confluent Hub
     */
    confluentHub?: string;
    /**
     * Address below which other downloads are, as the HOST/PATH of their original address.
     * @default their original address
     */
    downloads?: string;
}

/** Arguments of ConnectImage. */
export interface ConnectImageArgs {
    /**
     * `ecr` to create an ECR repository, or the address of a repository that exists, such as
     * localhost:5000/kafka-connect.
     * @default "ecr"
     */
    registry?: string;
    /**
     * Name of the ECR repository. Only with the registry `ecr`.
     * @default "kafka-connect"
     */
    repository?: string;
    /**
     * Directory with the Dockerfile and the plugin manifest plugins.json.
     * @default docker/connect of this package
     */
    context?: string;
    /**
     * Base image.
     * @default Strimzi's Kafka image of `strimziVersion` and `kafkaVersion`
     */
    baseImage?: string;
    /**
     * Strimzi version of the default base image, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * Kafka version of the default base image.
     * @default the newest version that the Strimzi version supports
     */
    kafkaVersion?: string;
    /**
     * Image of the build stage that downloads plugins; it needs Maven, curl and a JDK.
     * @default "maven:3.9-eclipse-temurin-17"
     */
    mavenImage?: string;
    /**
     * Platform of the image.
     * @default "linux/amd64"
     */
    platform?: ImagePlatform;
    /**
     * Where the build downloads from.
     * @default the public repositories
     */
    mirrors?: ImageMirrorArgs;
    /**
     * Tagged images that the lifecycle rule of the ECR repository keeps. Older ones cannot be rolled back to.
     * @default 30
     */
    keepImages?: number;
    /**
     * Whether the ECR repository is deleted with its images. Without it a deletion is refused: images of the stack, and
     * of others that name them by digest, would be lost.
     * @default false
     */
    forceDelete?: boolean;
    /**
     * AWS accounts besides the repository's whose clusters may pull the image. Only with the registry `ecr`.
     * @default none
     */
    pullAccountIds?: string[];
    /**
     * ARN of the KMS key that encrypts the ECR repository.
     * @default AES256 with a key of AWS
     */
    kmsKeyArn?: pulumi.Input<string>;
    /**
     * Whether the ECR repository is protected from deletion, and kept when this component is removed.
     * @default false
     */
    protect?: boolean;
    /**
     * Image to use instead of a build, such as an earlier one by digest. Nothing is built; the ECR repository and its
     * images remain.
     * @default none
     */
    existing?: string;
}

const build = image.shape.build.unwrap();
const versions = strimzi.pick({ version: true, kafkaVersion: true });

/** A directory of this package, relative to the program's as the engine records it. */
const packageFolder = (name: string): string => path.relative(process.cwd(), path.join(projectFolder, "docker", name));

/**
 * The image of the Connect workers: Strimzi's Kafka image with the plugins of a manifest, pushed with a tag that is a
 * digest of its content and referred to by its own digest. Requires a Docker Engine during `pulumi up`. An image that
 * the ECR repository has already is neither built nor pushed: after an interrupted `pulumi up`, or when a change of the
 * plugins is reverted.
 *
 * ```ts
 * const image = new ConnectImage("image", { registry: "localhost:5000/kafka-connect" });
 * new ConnectCluster("connect", { bootstrapServers, image: image.digest, indexedPlugins: true }, { provider });
 * ```
 */
export class ConnectImage extends pulumi.ComponentResource {
    /** The image by digest, `repository@sha256:…`; where `existing` is given, that. */
    public readonly digest: pulumi.Output<string>;
    /** Path of the truststore in the image; undefined where the manifest has none, or the image is of another build. */
    public readonly truststore?: string;
    /** Whether the image has an index of its plugins: every image that this component builds has one. */
    public readonly indexedPlugins: boolean;
    /** The ECR repository; undefined where the registry is another one. */
    public readonly repository?: ecr.Repository;

    constructor(name: string, args: ConnectImageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        const { protect, existing, strimziVersion, kafkaVersion, ...buildArgs } = args;
        const component = `ConnectImage ${name}`;
        const settings = settingsFromArgs(build, { context: packageFolder("connect"), ...buildArgs }, component);
        const release = settingsFromArgs(versions, { version: strimziVersion, kafkaVersion }, component);
        const manifest = readManifest(settings.context);
        const inputs = imageInputs(manifest, settings.context, {
            ...settings,
            baseImage: settings.baseImage ?? defaultBaseImage(release),
        });
        // with the build's inputs, because docker.Image shows its new build arguments in a diff but not its old ones
        super(
            componentType("ConnectImage"),
            name,
            { ...args, ...inputs },
            componentOptions(name, opts, "ConnectImage"),
        );
        this.indexedPlugins = existing === undefined || isOwnBuild(settings.registry, settings.repository, existing);
        if (manifest.truststore && this.indexedPlugins) this.truststore = truststorePath;
        if (settings.registry === "ecr") this.repository = this.ecrRepository(name, settings, protect);
        if (existing === undefined) {
            this.warnAboutUnpinned(unpinnedIn(manifest));
            this.digest = this.buildImage(name, settings, inputs);
        } else this.digest = pulumi.output(existing);
        this.registerOutputs({ digest: this.digest, truststore: this.truststore, repository: this.repository });
    }

    private warnAboutUnpinned(unpinned: readonly string[]): void {
        // an evaluation without the engine builds no image
        if (unpinned.length === 0 || !pulumi.runtime.hasEngine()) return;
        void pulumi.log.warn(
            `The image build will fail: no SHA-512 is recorded for ${unpinned.join(" and ")}. ` +
                "Run: npm run plugins -- pin",
            this,
        );
    }

    /** Builds and pushes the image unless ECR has its tag; returns the image by digest. */
    private buildImage(
        name: string,
        settings: ImageBuildSettings,
        inputs: Record<string, string>,
    ): pulumi.Output<string> {
        const tag = contentTag(settings.context, inputs);
        const repositoryUrl = this.repository ? this.repository.repositoryUrl : pulumi.output(settings.registry);
        const tagged = this.repository
            ? lookUpTag(this, settings.repository, tag)
            : pulumi.output<TagLookup>({ listed: true });
        const content = {
            context: settings.context,
            dockerfile: `${settings.context}/Dockerfile`,
            args: { ...buildArguments(inputs), ...mirrorArguments(settings.mirrors) },
            platform: settings.platform,
            builderVersion: "BuilderBuildKit",
        } as const;
        const nothing = {
            context: packageFolder("existing-tag"),
            dockerfile: `${packageFolder("existing-tag")}/Dockerfile`,
            platform: settings.platform,
            builderVersion: "BuilderBuildKit",
        } as const;
        const dockerImage = new Image(
            `${name}-image-${tag}`,
            {
                imageName: pulumi.interpolate`${repositoryUrl}:${tag}`,
                build: tagged.apply(({ digest }): types.input.DockerBuild =>
                    digest === undefined ? content : nothing,
                ),
                skipPush: tagged.apply(({ digest }) => digest !== undefined),
                registry: this.repository ? this.ecrLogin(this.repository, tagged) : undefined,
            },
            // A resource of this name never has another content. What changes apart from it, such as a mirror, must not
            // push again: ECR refuses a second push of a tag, even of the same digest.
            { parent: this, ignoreChanges: ["build", "skipPush", "registry"] },
        );
        return pulumi.all([tagged, repositoryUrl, dockerImage.repoDigest]).apply(([found, url, pushed]) => {
            if (found.digest !== undefined) return `${url}@${found.digest}`;
            // not imageName, which is a tag: the digest is what was pushed; without a push, the id of a local image
            if (!pushed.startsWith("sha256:")) return pushed;
            if (!found.listed && pulumi.runtime.isDryRun()) return pulumi.unknown as string;
            throw new Error(
                `${url} no longer has the tag ${tag}, which this stack found there and did not build. Remove its ` +
                    "image from the state (`pulumi state delete`), and run `pulumi up` again to build it",
            );
        });
    }

    private ecrRepository(name: string, settings: ImageBuildSettings, protect?: boolean): ecr.Repository {
        const { repository: repositoryName, kmsKeyArn, keepImages, pullAccountIds } = settings;
        const repository = new ecr.Repository(
            `${name}-repository`,
            {
                name: repositoryName,
                imageTagMutability: "IMMUTABLE",
                forceDelete: settings.forceDelete ? true : undefined,
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    kmsKeyArn ? { encryptionType: "KMS", kmsKey: kmsKeyArn } : { encryptionType: "AES256" },
                ],
            },
            {
                parent: this,
                ...statefulOptions(protect),
                ...(protect || settings.forceDelete ? {} : keepImagesOptions()),
            },
        );
        new ecr.LifecyclePolicy(
            `${name}-lifecycle`,
            { repository: repository.name, policy: JSON.stringify(ecrLifecycle(keepImages)) },
            { parent: repository },
        );
        if (pullAccountIds.length > 0)
            new ecr.RepositoryPolicy(
                `${name}-pull`,
                {
                    repository: repository.name,
                    policy: repository.arn.apply((arn) => JSON.stringify(ecrPull(arn.split(":")[1], pullAccountIds))),
                },
                { parent: repository },
            );
        return repository;
    }

    /**
     * The login to ECR. Its token is fetched only by a `pulumi up` that pushes: the Docker provider's diff ignores user
     * and password, so that a preview, and an image that ECR has, need neither a token nor the right to get one.
     */
    private ecrLogin(repository: ecr.Repository, tagged: pulumi.Output<TagLookup>): types.input.Registry {
        const server = repository.repositoryUrl.apply((url) => url.split("/")[0]);
        const isPushed = tagged.apply(({ digest }) => digest === undefined && !pulumi.runtime.isDryRun());
        const password = pulumi
            .all([isPushed, repository.registryId])
            .apply(([pushed, registryId]) =>
                pushed
                    ? ecr.getAuthorizationToken({ registryId }, { parent: this }).then((token) => token.password)
                    : "fetched when the image is pushed",
            );
        return { server, username: "AWS", password: pulumi.secret(password) };
    }
}

/**
 * Refuses to delete the repository. ECR refuses it too while there are images, but only when `pulumi destroy` has
 * deleted everything else.
 */
const keepImagesOptions = (): pulumi.CustomResourceOptions => ({
    hooks: {
        beforeDelete: [refusal("set image.build.forceDelete: true and run pulumi up before deleting the images")],
    },
});

function defaultBaseImage({ version, kafkaVersion }: { version: string; kafkaVersion?: string }): string {
    const release = strimziRelease(version);
    return connectBaseImage(release, kafkaVersion ?? defaultKafkaVersion(release));
}
