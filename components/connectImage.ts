import * as path from "path";
import * as ecr from "@pulumi/aws/ecr";
import type { types } from "@pulumi/docker";
import { Image } from "@pulumi/docker/image";
import * as pulumi from "@pulumi/pulumi";
import { ecrLifecycle } from "../src/aws/policies";
import { contentTag } from "../src/image/content";
import { buildArguments, imageInputs, mirrorArguments } from "../src/image/inputs";
import { readManifest, truststorePath, unpinnedIn } from "../src/image/manifest";
import { connectBaseImage, defaultKafkaVersion, strimziRelease } from "../src/release/releases";
import { image, type ImageBuildSettings } from "../src/schema/image";
import { strimzi } from "../src/schema/strimzi";
import { projectFolder } from "../src/util/project";
import { componentOptions, componentType, statefulOptions } from "./internal/componentOptions";
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
     * ARN of the KMS key that encrypts the ECR repository.
     * @default AES256 with a key of AWS
     */
    kmsKeyArn?: pulumi.Input<string>;
    /**
     * Whether the ECR repository is protected from deletion, and kept when this component is removed.
     * @default false
     */
    protect?: boolean;
}

const build = image.shape.build.unwrap();
const versions = strimzi.pick({ version: true, kafkaVersion: true });

/** Directory of this package's Dockerfile and plugins, relative to the program's as the engine records it. */
const packageContext = (): string => path.relative(process.cwd(), path.join(projectFolder, "docker", "connect"));

/**
 * The image of the Connect workers: Strimzi's Kafka image with the plugins of a manifest, pushed with a tag that is a
 * digest of its content and referred to by its own digest. Requires a Docker Engine during `pulumi up`.
 *
 * ```ts
 * const image = new ConnectImage("image", { registry: "localhost:5000/kafka-connect" });
 * new ConnectCluster("connect", { bootstrapServers, image: image.digest, indexedPlugins: true }, { provider });
 * ```
 */
export class ConnectImage extends pulumi.ComponentResource {
    /** The pushed image by digest, `repository@sha256:…`. */
    public readonly digest: pulumi.Output<string>;
    /** Path of the truststore in the image; undefined where the manifest has none. */
    public readonly truststore?: string;
    /** The ECR repository; undefined where the registry is another one. */
    public readonly repository?: ecr.Repository;

    constructor(name: string, args: ConnectImageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        const { protect, strimziVersion, kafkaVersion, ...buildArgs } = args;
        const component = `ConnectImage ${name}`;
        const settings = settingsFromArgs(build, { context: packageContext(), ...buildArgs }, component);
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
        if (manifest.truststore) this.truststore = truststorePath;
        const unpinned = unpinnedIn(manifest);
        // an evaluation without the engine builds no image
        if (unpinned.length > 0 && pulumi.runtime.hasEngine())
            void pulumi.log.warn(
                `The image build will fail: no SHA-512 is recorded for ${unpinned.join(" and ")}. ` +
                    "Run: npm run plugins -- pin",
                this,
            );
        if (settings.registry === "ecr") this.repository = this.ecrRepository(name, settings, protect);

        const repositoryUrl = this.repository ? this.repository.repositoryUrl : pulumi.output(settings.registry);
        const dockerImage = new Image(
            `${name}-image`,
            {
                imageName: pulumi.interpolate`${repositoryUrl}:${contentTag(settings.context, inputs)}`,
                build: {
                    context: settings.context,
                    dockerfile: `${settings.context}/Dockerfile`,
                    args: { ...buildArguments(inputs), ...mirrorArguments(settings.mirrors) },
                    platform: settings.platform,
                    builderVersion: "BuilderBuildKit",
                },
                registry: this.repository ? this.ecrLogin(this.repository) : undefined,
            },
            { parent: this },
        );
        // not imageName, which is a tag: the digest is what was pushed
        this.digest = dockerImage.repoDigest;
        this.registerOutputs({ digest: this.digest, truststore: this.truststore, repository: this.repository });
    }

    private ecrRepository(name: string, settings: ImageBuildSettings, protect?: boolean): ecr.Repository {
        const { repository: repositoryName, kmsKeyArn, keepImages } = settings;
        const repository = new ecr.Repository(
            `${name}-repository`,
            {
                name: repositoryName,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    kmsKeyArn ? { encryptionType: "KMS", kmsKey: kmsKeyArn } : { encryptionType: "AES256" },
                ],
            },
            { parent: this, ...statefulOptions(protect) },
        );
        new ecr.LifecyclePolicy(
            `${name}-lifecycle`,
            { repository: repository.name, policy: JSON.stringify(ecrLifecycle(keepImages)) },
            { parent: repository },
        );
        return repository;
    }

    /**
     * The login to ECR. Its token is fetched only by `pulumi up`: the Docker provider's diff ignores user and
     * password, so that a preview needs neither a token nor credentials for one.
     */
    private ecrLogin(repository: ecr.Repository): types.input.Registry {
        const server = repository.repositoryUrl.apply((url) => url.split("/")[0]);
        if (pulumi.runtime.isDryRun())
            return { server, username: "AWS", password: pulumi.secret("fetched when the image is pushed") };
        const login = ecr.getAuthorizationTokenOutput({ registryId: repository.registryId }, { parent: this });
        return { server, username: login.userName, password: pulumi.secret(login.password) };
    }
}

function defaultBaseImage({ version, kafkaVersion }: { version: string; kafkaVersion?: string }): string {
    const release = strimziRelease(version);
    return connectBaseImage(release, kafkaVersion ?? defaultKafkaVersion(release));
}
