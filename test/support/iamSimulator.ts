/**
 * AWS's evaluation of IAM policies, by the package iam-simulate: it knows the actions and resource types of services.
 */
import type { PolicyDocument } from "../../src/aws/policies";

interface Simulation {
    readonly request: object;
    readonly identityPolicies: readonly object[];
    readonly resourcePolicy?: object;
    readonly serviceControlPolicies: readonly [];
    readonly resourceControlPolicies: readonly [];
}

interface Simulator {
    runSimulation(
        simulation: Simulation,
        options: object,
    ): Promise<{ overallResult?: string; resultType: string; errors?: unknown }>;
}

// the name in a variable: type checks do not need the package
const packageName = "@cloud-copilot/iam-simulate";

/** The simulator; undefined where it is not installed. */
export const simulator = (): Promise<Simulator | undefined> =>
    import(packageName).catch(() => undefined) as Promise<Simulator | undefined>;

/** A request to AWS. */
export interface IamRequest {
    readonly action: string;
    readonly resource: string;
    /** Condition keys and their values. */
    readonly context?: Readonly<Record<string, string>>;
}

const workers = (ofAccount: string): string => `arn:aws:iam::${ofAccount}:role/workers`;

const isAllowed = async ({ runSimulation }: Simulator, simulation: Partial<Simulation>): Promise<boolean> => {
    const result = await runSimulation(
        {
            identityPolicies: [],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            ...simulation,
        } as unknown as Simulation,
        {},
    );
    if (result.overallResult === undefined) throw new Error(JSON.stringify(result));
    return result.overallResult === "Allowed";
};

/** A key's default policy: the account decides by its IAM policies. */
const keyPolicy = (ofAccount: string): object => ({
    Version: "2012-10-17",
    Statement: [
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ofAccount}:root` }, Action: "kms:*", Resource: "*" },
    ],
});

/** A request by the workers of an account. */
const requestOf = (ofAccount: string, { action, resource, context = {} }: IamRequest): object => ({
    principal: workers(ofAccount),
    action,
    resource: { resource, accountId: resource.split(":")[4] },
    contextVariables: context,
});

/** Whether a role of an account with these policies may send a request. */
export const allows = (
    using: Simulator,
    ofAccount: string,
    policies: readonly PolicyDocument[],
    request: IamRequest,
): Promise<boolean> =>
    isAllowed(using, {
        request: requestOf(ofAccount, request),
        identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
        ...(request.action.startsWith("kms:") ? { resourcePolicy: keyPolicy(ofAccount) } : {}),
    });

/** Whether a role's trust policy lets EKS Pod Identity assume it. The simulator knows no federated principals. */
export const trustsPods = (
    using: Simulator,
    trust: PolicyDocument,
    context: Readonly<Record<string, string>>,
): Promise<boolean> =>
    isAllowed(using, {
        request: {
            principal: "pods.eks.amazonaws.com",
            action: "sts:AssumeRole",
            resource: { resource: workers("123456789012"), accountId: "123456789012" },
            contextVariables: context,
        },
        resourcePolicy: trust,
    });

/** Whether a role of an account with full rights may send a request to a resource with a policy. */
export const admits = (
    using: Simulator,
    resourcePolicy: PolicyDocument,
    ofAccount: string,
    request: IamRequest,
): Promise<boolean> =>
    isAllowed(using, {
        request: requestOf(ofAccount, request),
        identityPolicies: [
            {
                name: "full",
                policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
            },
        ],
        resourcePolicy,
    });
