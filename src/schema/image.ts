/** The image of the Connect workers. */
import type { z } from "zod";
import { accountId, array, boolean, imageReference, integer, kmsKeyArn, object, oneOf, string } from "./primitives";

const mirror = () => string("an https URL without a trailing slash", /^https:\/\/\S+[^/\s]$/).optional();

const build = object({
    registry: string(
        "ecr, or a registry and repository such as localhost:5000/kafka-connect",
        /^ecr$|^(?!\w+:\/\/)[^\s/]+\/\S*[^/\s]$/,
    )
        .default("ecr")
        .describe(
            "Where the image is pushed: `ecr` creates a repository in Amazon ECR; any other value is the " +
                "address of an " +
                "existing repository, without a scheme",
        ),
    repository: string("a repository name such as data/kafka-connect", /^(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*$/)
        .default("kafka-connect")
        .describe("Name of the ECR repository. Only with registry `ecr`"),
    context: string("the path of a folder")
        .default("docker/connect")
        .describe("Folder of the build context, with the Dockerfile and the plugin manifest plugins.json"),
    baseImage: imageReference()
        .optional()
        .describe("Base image. Default: Strimzi's Kafka image of strimzi.version and strimzi.kafkaVersion"),
    mavenImage: imageReference()
        .default("maven:3.9-eclipse-temurin-17")
        .describe("Image of the stage that downloads plugins. Must contain Maven, curl and a JDK"),
    platform: oneOf(["linux/amd64", "linux/arm64"])
        .default("linux/amd64")
        .describe("Platform that the image is built for"),
    mirrors: object({
        maven: mirror().describe("URL of a Maven repository that replaces all others. Default: Maven Central"),
        confluentHub: mirror().describe("URL that replaces that of Confluent Hub. Default: Confluent Hub"),
        downloads: mirror().describe(
            "URL that replaces `https://` in the URLs of all other downloads. Default: the original URLs",
        ),
    })
        .default({})
        .describe("Mirrors that the build downloads from. The SHA-512 of each download is verified either way"),
    acceptedIssues: array(string("an https URL", /^https:\/\/\S+$/)).describe(
        "Known bugs that lose data and that the plugins of this image may have, each by its URL as the error " +
            "KCP_KNOWN_DATA_LOSS names it. They are then warnings",
    ),
    keepImages: integer(2, 1000)
        .default(30)
        .describe("Number of tagged images that the ECR lifecycle rule keeps. Older ones cannot be rolled back to"),
    kmsKeyArn: kmsKeyArn()
        .optional()
        .describe("ARN of the KMS key that encrypts the ECR repository. Default: AES-256 with a key of Amazon's"),
    forceDelete: boolean()
        .default(false)
        .describe(
            "Whether the ECR repository is deleted with its images. Without it `pulumi destroy` is refused before " +
                "anything is deleted",
        ),
    pullAccountIds: array(accountId()).describe(
        "AWS accounts besides the repository's whose clusters may pull the image. Only with registry `ecr`",
    ),
});

export const image = object({
    build: build
        .optional()
        .describe(
            "Build the image from the plugin manifest and push it. With existing nothing is built, and the ECR " +
                "repository with its images remains",
        ),
    existing: string(
        "an image by digest or tag, such as REPOSITORY@sha256:… or REPOSITORY:1.0",
        /^(?!\w+:\/\/)[^@\s]+(@sha256:[0-9a-f]{64}|:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?)$/,
    )
        .optional()
        .describe(
            "Image to use, by digest or, with a warning, by tag: a tag can be moved to another image. Add it beside " +
                "build to pin an earlier image of the ECR repository that build declares; without build the " +
                "repository is deleted",
        ),
});

export type ImageBuildSettings = z.output<typeof build>;
