import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import { digestOfTag, isMissingRepository } from "../../src/image/repositoryTags";

/** What ECR has under a tag. */
export interface TagLookup {
    /** Whether ECR answered. */
    readonly listed: boolean;
    /** Digest of the image; undefined where no image has the tag. */
    readonly digest?: string;
}

/**
 * Looks a tag up in an ECR repository, which may not exist yet. A listing that AWS refuses does not stop the program: a
 * preview then shows what is known without it, and a push of an existing tag fails with ECR's reason.
 *
 * @param parent whose AWS provider is used
 */
export function lookUpTag(
    parent: pulumi.ComponentResource,
    repositoryName: string,
    tag: string,
): pulumi.Output<TagLookup> {
    const listed = ecr.getImages({ repositoryName }, { parent }).then(
        ({ imageIds }): TagLookup => ({ listed: true, digest: digestOfTag(imageIds ?? [], tag) }),
        (error: Error): TagLookup => {
            if (isMissingRepository(error)) return { listed: true };
            void pulumi.log.warn(
                `The images of ${repositoryName} cannot be listed (ecr:ListImages), so the image is built and pushed ` +
                    `as if its tag did not exist: ${error.message}`,
                parent,
            );
            return { listed: false };
        },
    );
    return pulumi.output(listed);
}
