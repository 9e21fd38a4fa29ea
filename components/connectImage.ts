import * as ecr from "@pulumi/aws/ecr";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import type { types } from "@pulumi/docker";
import { Image } from "@pulumi/docker/image";
import * as pulumi from "@pulumi/pulumi";
import { ecrLifecycle } from "../src/aws/policies";
import { contentTag } from "../src/image/content";
import { buildArguments, imageInputs, mirrorArguments } from "../src/image/inputs";
import { readManifest, truststorePath, unpinnedIn } from "../src/image/manifest";
import type { ImageBuildSettings } from "../src/schema/platform";
import { componentType } from "./internal/componentOptions";

/** Arguments of ConnectImage. */
export interface ConnectImageArgs {
    /** The stack's `image.build` group. */
    build: ImageBuildSettings;
    /** Image to start from. */
    baseImage: string;
    /** Whether the repository is protected from deletion. */
    protect: boolean;
    /** Provider for the ECR repository; needed where the registry is ECR. */
    aws?: AwsProvider;
}

/** The image of the Connect workers: built from the plugin manifest, pushed under a tag of its content, referred to by digest. */
export class ConnectImage extends pulumi.ComponentResource {
    /** The pushed image by digest, `repository@sha256:…`. */
    public readonly digest: pulumi.Output<string>;
    /** Path of the truststore on the image; absent where the manifest has none. */
    public readonly truststore?: string;
    /** The ECR repository; absent where the registry is another one. */
    public readonly repository?: ecr.Repository;

    constructor(name: string, args: ConnectImageArgs, opts?: pulumi.ComponentResourceOptions) {
        const { build } = args;
        const manifest = readManifest(build.context);
        const inputs = imageInputs(manifest, build.context, {
            baseImage: args.baseImage,
            mavenImage: build.mavenImage,
            platform: build.platform,
        });
        // as the component's own, for docker.Image shows its new arguments in a diff but not its old ones
        super(componentType("ConnectImage"), name, inputs, opts);
        const tag = contentTag(build.context, inputs);
        if (manifest.truststore) this.truststore = truststorePath;
        const open = unpinnedIn(manifest);
        // for whoever previews or deploys; an evaluation builds no image
        if (open.length > 0 && pulumi.runtime.hasEngine())
            void pulumi.log.warn(
                `The image build will stop: no SHA-512 is recorded for ${open.join(" and ")}. Run: npm run plugins -- pin`,
                this,
            );
        if (build.registry === "ecr") this.repository = this.ecrRepository(name, args);

        const repositoryUrl = this.repository ? this.repository.repositoryUrl : pulumi.output(build.registry);
        const image = new Image(
            `${name}-image`,
            {
                imageName: pulumi.interpolate`${repositoryUrl}:${tag}`,
                build: {
                    context: build.context,
                    dockerfile: `${build.context}/Dockerfile`,
                    args: { ...buildArguments(inputs), ...mirrorArguments(build.mirrors) },
                    platform: build.platform,
                    builderVersion: "BuilderBuildKit",
                },
                registry: this.repository ? this.ecrLogin(this.repository, args.aws) : undefined,
            },
            { parent: this },
        );
        // never imageName: it is a tag, and the digest is what was really pushed
        this.digest = image.repoDigest;
        this.registerOutputs({ digest: this.digest });
    }

    private ecrRepository(name: string, { build, protect, aws: provider }: ConnectImageArgs): ecr.Repository {
        const repository = new ecr.Repository(
            `${name}-repository`,
            {
                name: build.repository,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    build.kmsKeyArn ? { encryptionType: "KMS", kmsKey: build.kmsKeyArn } : { encryptionType: "AES256" },
                ],
            },
            { parent: this, provider, protect, retainOnDelete: protect },
        );
        new ecr.LifecyclePolicy(
            `${name}-lifecycle`,
            { repository: repository.name, policy: JSON.stringify(ecrLifecycle(build.keepImages)) },
            { parent: repository, provider },
        );
        return repository;
    }

    /**
     * The login to ECR. Its token is fetched only when something is pushed: the provider's diff leaves user and
     * password out, so a preview needs neither a token nor credentials to get one.
     */
    private ecrLogin(repository: ecr.Repository, provider?: AwsProvider): types.input.Registry {
        const server = repository.repositoryUrl.apply((url) => url.split("/")[0]);
        if (pulumi.runtime.isDryRun())
            return { server, username: "AWS", password: pulumi.secret("fetched when the image is pushed") };
        const login = ecr.getAuthorizationTokenOutput(
            { registryId: repository.registryId },
            { parent: this, provider },
        );
        return { server, username: login.userName, password: pulumi.secret(login.password) };
    }
}
