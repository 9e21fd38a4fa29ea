/**
 * The program evaluated without engine, cluster or credentials: every resource it would register, with its place in the
 * graph. Render, sandbox, tests and benchmarks all read this, so none of them says again what the program says.
 */
import * as path from "path";
import * as pulumi from "@pulumi/pulumi";
import { project, projectFolder } from "../util/project";
import { mockCall, placeholderId, placeholderOutputs } from "./placeholders";

/** A resource as the program registered it. */
export interface SynthResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Whether a provider makes it; components are only groups. */
    readonly custom: boolean;
    /** What the program gave; outputs of other resources as placeholders. Secrets are masked. */
    readonly inputs: Record<string, unknown>;
    /** URN of its parent; empty at the top. */
    readonly parent: string;
    /** URNs it waits for. */
    readonly dependencies: readonly string[];
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly provider: string;
}

/** All resources in the order they were registered, and the stack's outputs. */
export interface SynthResult {
    readonly stack: string;
    readonly resources: readonly SynthResource[];
    readonly outputs: Record<string, unknown>;
}

/** The part of the engine's register request that is read here. */
interface RegisterRequest {
    getType(): string;
    getName(): string;
    getParent(): string;
    getDependenciesList(): string[];
    getProtect(): boolean;
    getRetainondelete(): boolean;
    getProvider(): string;
    getCustom(): boolean;
}

const secretKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** The value with "[secret]" for what is secret in it. A group that is secret as a whole keeps its keys: its shape is none. */
function masked(value: unknown, within = false): unknown {
    if (Array.isArray(value)) return value.map((item) => masked(item, within));
    if (value === null || typeof value !== "object") return within ? "[secret]" : value;
    const { [secretKey]: mark, value: inner } = value as Record<string, unknown>;
    if (mark === secretMark) return masked(inner, true);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, within)]));
}

const known = (outputs: Record<string, unknown>): Promise<Record<string, unknown>> =>
    new Promise((resolve) => pulumi.output(outputs).apply((value) => resolve(value as Record<string, unknown>)));

/**
 * Evaluates a program under mocks.
 *
 * @param config the stack's settings, without the project's prefix
 * @param program path of the module, `index.ts` unless told otherwise; loaded anew each time
 */
export async function synth(
    stack: string,
    config: Readonly<Record<string, unknown>>,
    program = path.join(projectFolder, "index.ts"),
): Promise<SynthResult> {
    const inputs = new Map<string, Record<string, unknown>>();
    const requests: RegisterRequest[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource(args) {
                inputs.set(`${args.type} ${args.name}`, args.inputs);
                return {
                    id: args.custom ? placeholderId(args.name) : undefined,
                    state: { ...args.inputs, ...placeholderOutputs(args.type, args.name, args.inputs) },
                };
            },
            call: (args) => mockCall(args.token),
        },
        project,
        stack,
        false,
    );
    const entries = Object.entries(config).map(([key, value]) => [
        `${project}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(entries));

    // the mock monitor hands on inputs only; parents, dependencies and protection are in the requests themselves
    const monitor = pulumi.runtime.getMonitor() as unknown as {
        registerResource(request: RegisterRequest, done: unknown): Promise<void>;
        registerResourceHook(request: unknown, done: (error: null, reply: unknown) => void): void;
        newUrn(parent: string, type: string, name: string): string;
    };
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, done) => {
        requests.push(request);
        return register(request, done);
    };

    // it knows nothing of hooks either; nothing is ever updated here, so none would run
    monitor.registerResourceHook = (_request, done) => done(null, {});

    const folder = process.cwd();
    process.chdir(projectFolder);
    try {
        delete require.cache[require.resolve(program)];
        const outputs = await known({ ...(require(program) as Record<string, unknown>) });
        await pulumi.runtime.disconnect();
        const resources = requests.map((request) => ({
            urn: monitor.newUrn(request.getParent(), request.getType(), request.getName()),
            type: request.getType(),
            name: request.getName(),
            custom: request.getCustom(),
            inputs: masked(inputs.get(`${request.getType()} ${request.getName()}`) ?? {}) as Record<string, unknown>,
            parent: request.getParent(),
            dependencies: request.getDependenciesList(),
            protect: request.getProtect(),
            retainOnDelete: request.getRetainondelete(),
            provider: request.getProvider(),
        }));
        return { stack, resources, outputs };
    } finally {
        process.chdir(folder);
    }
}

/** The one resource of a Kubernetes kind. Throws when there is none or more than one. */
export function onlyOfKind(evaluation: SynthResult, kind: string): KubernetesObject {
    const found = objectsOfKind(evaluation, kind);
    if (found.length !== 1)
        throw new Error(`the stack ${evaluation.stack} has ${found.length} resources of kind ${kind}, wants one`);
    return found[0];
}

/** A Kubernetes object as it goes to the API server. */
export interface KubernetesObject {
    apiVersion: string;
    kind: string;
    metadata: {
        name: string;
        namespace?: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
    };
    spec?: any;
    data?: Record<string, string>;
    [field: string]: unknown;
}

const isObject = (resource: SynthResource): boolean =>
    resource.custom && resource.type.startsWith("kubernetes:") && typeof resource.inputs.kind === "string";

/** All Kubernetes objects that are resources of their own; a Helm release is none. */
export const kubernetesObjects = (evaluation: SynthResult): KubernetesObject[] =>
    evaluation.resources.filter(isObject).map((resource) => resource.inputs as KubernetesObject);

/** The Kubernetes objects of one kind. */
export const objectsOfKind = (evaluation: SynthResult, kind: string): KubernetesObject[] =>
    kubernetesObjects(evaluation).filter((object) => object.kind === kind);
