/**
 * What resources know only once they exist: in an evaluation each is a placeholder that names the output it stands
 * for.
 */

const outputsOf: Record<string, readonly string[]> = {
    "aws:ecr/repository:Repository": ["arn", "registryId", "repositoryUrl"],
    "aws:iam/role:Role": ["arn", "name"],
    "aws:amp/workspace:Workspace": ["arn", "prometheusEndpoint"],
    "docker:index/image:Image": ["repoDigest"],
};

/**
 * Name of a resource without what changes with its content: an image's ends in its tag, of 16 hexadecimal digits. In a
 * render the image of each tag is the same object, so that a diff compares them.
 */
export const stableName = (type: string, name: string): string =>
    type === "docker:index/image:Image" ? name.replace(/-[0-9a-f]{16}$/, "") : name;

const placeholder = (name: string, output: string): string => `<${name}.${output}>`;

/** A placeholder within a string: of an output of a resource, or of what `mockCall` answers. */
export const placeholderPattern = /<[^<>\s]+\.\w+>|<(account id|cluster [a-z ]+|ecr token)>/;

/** What is in place of a secret. */
export const secretMask = "[secret]";

/** Placeholder for a resource's id. */
export const placeholderId = (name: string): string => placeholder(name, "id");

/** Placeholders for the outputs of a resource that its inputs do not give. */
export function placeholderOutputs(
    type: string,
    name: string,
    inputs: Record<string, unknown>,
): Record<string, string> {
    return Object.fromEntries(
        (outputsOf[type] ?? [])
            .filter((output) => inputs[output] === undefined)
            .map((output) => [output, placeholder(stableName(type, name), output)]),
    );
}

/** What a function of a cloud answers, as placeholders. Only what the stack file leaves out is asked for. */
export function mockCall(token: string): Record<string, unknown> {
    switch (token) {
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return { accountId: "<account id>" };
        case "aws:eks/getCluster:getCluster":
            return {
                arn: "<cluster arn>",
                endpoint: "https://<cluster endpoint>",
                certificateAuthorities: [{ data: "<cluster certificate>" }],
                identities: [{ oidcs: [{ issuer: "https://<cluster oidc issuer>" }] }],
            };
        case "aws:ecr/getAuthorizationToken:getAuthorizationToken":
            return { userName: "AWS", password: "<ecr token>" };
        case "aws:ecr/getImages:getImages":
            return { imageIds: [] };
        default:
            throw new Error(`no answer is known for ${token}`);
    }
}
