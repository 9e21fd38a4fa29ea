/**
 * The program evaluated without an engine, a cluster or credentials: every resource that it would register, with its
 * parent and its dependencies. Render, sandbox, tests and benchmarks read this, so that none repeats what the program
 * declares.
 */
import { createRequire } from "module";
import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../schema/manifests";
import type { Settings } from "../stack/settings";
import { outputsOfFile } from "../stack/usedOutputs";
import { project, projectFolder } from "../util/project";
import { mockCall, placeholderId, placeholderOutputs, secretMask, stableName } from "./placeholders";
import { recordRegistrations } from "./recordingMonitor";

/** A resource as the program registered it. */
export interface SynthResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Whether a provider creates it; a component is created by nobody. */
    readonly custom: boolean;
    /** The inputs of the program; outputs of other resources are placeholders. Secrets are masked. */
    readonly inputs: Record<string, unknown>;
    /** URN of its parent; empty at the top. */
    readonly parent: string;
    /** URNs of the resources that it depends on. */
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

/** Type of the resource by which the outputs of another stack are read. */
const stackReference = "pulumi:pulumi:StackReference";

const secretKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** The value with `[secret]` in place of its secret parts. An object that is secret as a whole keeps its keys. */
function masked(value: unknown, within = false): unknown {
    if (Array.isArray(value)) return value.map((item) => masked(item, within));
    if (value === null || typeof value !== "object") return within ? secretMask : value;
    const { [secretKey]: mark, value: inner } = value as Record<string, unknown>;
    if (mark === secretMark) return masked(inner, true);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, within)]));
}

const known = (outputs: Record<string, unknown>): Promise<Record<string, unknown>> =>
    new Promise((resolve) => pulumi.output(outputs).apply((value) => resolve(value as Record<string, unknown>)));

const requireFrom = createRequire(__filename);

/** A program that exports its outputs as a function. */
type Program = (loaded?: Settings) => Promise<Record<string, unknown>>;

/** The outputs of a program, which runs again each time: it exports them, or a function that returns them. */
async function runAgain(program: string | undefined, loaded: Settings | undefined): Promise<Record<string, unknown>> {
    if (program === undefined) return (require("../../index") as Program)(loaded);
    delete requireFrom.cache[requireFrom.resolve(program)];
    const exported = requireFrom(program) as Record<string, unknown> | Program;
    return typeof exported === "function" ? exported(loaded) : exported;
}

interface SynthOptions {
    readonly program?: string;
    readonly loaded?: Settings;
}

/**
 * Evaluates a program under mocks.
 *
 * @param config the stack's settings, without the project's prefix. Outputs of another stack are those of the file that
 *     `connect.use.outputsFile` names
 * @param options.program path of the module, which is loaded again each time (default: `index.ts`)
 * @param options.loaded the settings that `config` results in, where they are loaded: the program does not load them
 * again
 */
export async function synth(
    stack: string,
    config: Readonly<Record<string, unknown>>,
    { program, loaded }: SynthOptions = {},
): Promise<SynthResult> {
    const used = { outputs: outputsOfFile(config) ?? {}, secretOutputNames: [] };
    const monitor = await recordRegistrations(
        {
            newResource: ({ type, name, custom, inputs }) => ({
                id: custom ? placeholderId(name) : undefined,
                state: { ...inputs, ...(type === stackReference ? used : placeholderOutputs(type, name, inputs)) },
            }),
            call: ({ token }) => mockCall(token),
        },
        project,
        stack,
    );
    const entries = Object.entries(config).map(([key, value]) => [
        `${project}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(entries));

    const folder = process.cwd();
    process.chdir(projectFolder);
    try {
        const outputs = await known({ ...(await runAgain(program, loaded)) });
        await pulumi.runtime.disconnect();
        const resources = monitor.registrations.map((registration) => ({
            ...registration,
            name: stableName(registration.type, registration.name),
            inputs: masked(registration.inputs) as Record<string, unknown>,
        }));
        return { stack, resources, outputs };
    } finally {
        process.chdir(folder);
    }
}

/** The only object of a Kubernetes kind. Throws when there is none or more than one. */
export function onlyOfKind(evaluation: SynthResult, kind: string): KubernetesObject {
    const found = objectsOfKind(evaluation, kind);
    if (found.length !== 1)
        throw new Error(`the stack ${evaluation.stack} has ${found.length} resources of kind ${kind}, expected one`);
    return found[0];
}

/** A Kubernetes object as it goes to the API server. */
export interface KubernetesObject extends Manifest {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its form depends on the kind
    spec?: any;
    data?: Record<string, string>;
}

const isObject = (resource: SynthResource): boolean =>
    resource.custom && resource.type.startsWith("kubernetes:") && typeof resource.inputs.kind === "string";

/** All Kubernetes objects, except those of a Helm release. */
export const kubernetesObjects = (evaluation: SynthResult): KubernetesObject[] =>
    evaluation.resources.filter(isObject).map((resource) => resource.inputs as KubernetesObject);

/** The Kubernetes objects of one kind. */
export const objectsOfKind = (evaluation: SynthResult, kind: string): KubernetesObject[] =>
    kubernetesObjects(evaluation).filter((object) => object.kind === kind);
