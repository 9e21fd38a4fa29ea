import * as pulumi from "@pulumi/pulumi";

/** Hooks by the program run that registered them, which its monitor identifies: tests evaluate many programs. */
const shared = new WeakMap<object, Map<string, pulumi.ResourceHook>>();

/** A hook that many resources have: each further one would be a further registration with the engine. */
export function sharedHook(
    name: string,
    run: pulumi.ResourceHookFunction,
    options: pulumi.ResourceHookOptions = {},
): pulumi.ResourceHook {
    const program = pulumi.runtime.getMonitor() ?? shared;
    const hooks = shared.get(program) ?? new Map<string, pulumi.ResourceHook>();
    shared.set(program, hooks);
    const hook = hooks.get(name) ?? new pulumi.ResourceHook(name, run, options);
    hooks.set(name, hook);
    return hook;
}

/**
 * A hook that refuses a deletion. Its name says what to do: `pulumi destroy` runs no program and so no hooks, prints
 * their names, and stops before it deletes anything; so does a `pulumi up` whose program no longer has the hook.
 */
export const refusal = (name: string): pulumi.ResourceHook =>
    sharedHook(
        name,
        () => {
            throw new Error(name);
        },
        { onDryRun: true },
    );
