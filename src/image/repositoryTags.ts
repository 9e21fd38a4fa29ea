/** What ECR has under a tag. */

/** An image of a repository, as `ecr.getImages` lists it. An image of several tags is listed once for each. */
export interface TaggedImage {
    readonly imageDigest: string;
    readonly imageTag?: string;
}

/** Digest of the image with a tag; undefined where none has it. */
export const digestOfTag = (images: readonly TaggedImage[], tag: string): string | undefined =>
    images.find(({ imageTag }) => imageTag === tag)?.imageDigest;

/** Whether a listing failed because the repository is still to be created. */
export const isMissingRepository = (error: Error): boolean => /RepositoryNotFoundException/.test(error.message);

/**
 * Whether an image is one that the stack's own build made: then it has the plugin index and the truststore.
 *
 * @param registry `ecr`, or the address of a repository
 * @param repository name of the ECR repository
 * @param existing an image with digest or tag
 */
export function isOwnBuild(registry: string, repository: string, existing: string): boolean {
    const address = existing.replace(/@sha256:.*$/, "").replace(/:[^:/]+$/, "");
    return registry === "ecr" ? address.replace(/^[^/]+\//, "") === repository : address === registry;
}
