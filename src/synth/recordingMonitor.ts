/**
 * Pulumi's mock monitor, extended to keep what the mocks of 3.248 are not given: parents, dependencies and protection
 * are in the register requests, and getRegisteredResources() returns only URNs, ids and states. `runtime/mocks`
 * exports the class; this is the only file that depends on the form of its requests.
 */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, type Mocks } from "@pulumi/pulumi/runtime/mocks";
import { getStore } from "@pulumi/pulumi/runtime/state";

declare module "@pulumi/pulumi/runtime/state" {
    /** The runtime's store: exported, but left out of the declarations. */
    export function getStore(): Record<string, unknown>;
}

/** A resource as the program registered it. Secrets are still marked. */
export interface Registration {
    urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    inputs: Record<string, unknown>;
    readonly parent: string;
    readonly dependencies: readonly string[];
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly provider: string;
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

type Callback = (error: unknown, response: unknown) => void;

/** A mock monitor that records registrations in their order. */
export class RecordingMonitor extends MockMonitor {
    readonly registrations: Registration[] = [];

    constructor(mocks: Mocks) {
        super({
            call: (args) => mocks.call(args),
            newResource: (args) => {
                const registration = this.registrations.findLast(
                    ({ type, name }) => type === args.type && name === args.name,
                );
                if (registration) registration.inputs = args.inputs as Record<string, unknown>;
                return mocks.newResource(args);
            },
        });
    }

    override registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
        const registration: Registration = {
            urn: "",
            type: request.getType(),
            name: request.getName(),
            custom: request.getCustom(),
            inputs: {},
            parent: request.getParent(),
            dependencies: request.getDependenciesList(),
            protect: request.getProtect(),
            retainOnDelete: request.getRetainondelete(),
            provider: request.getProvider(),
        };
        this.registrations.push(registration);
        return super.registerResource(request, (error, response) => {
            if (response) registration.urn = (response as { getUrn(): string }).getUrn();
            callback(error, response);
        });
    }

    /** The mock monitor does not know resource hooks. Nothing is updated here, so none would run. */
    registerResourceHook(_request: unknown, callback: Callback): void {
        callback(null, {});
    }
}

/** The flags in the runtime's store that say what the engine supports. */
const featureFlags = () => Object.entries(getStore()).filter(([key]) => key.startsWith("supports"));

/** Makes Pulumi's runtime register resources with mocks, and records them. */
export async function recordRegistrations(mocks: Mocks, project: string, stack: string): Promise<RecordingMonitor> {
    // setMocks() alone enables the features, with another monitor; setMockOptions() takes ours and clears them
    await pulumi.runtime.setMocks(mocks, project, stack, false);
    const features = featureFlags();
    const monitor = new RecordingMonitor(mocks);
    pulumi.runtime.setMockOptions(monitor, project, stack, false);
    Object.assign(getStore(), Object.fromEntries(features));
    return monitor;
}
