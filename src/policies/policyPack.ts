/**
 * The policies as a Pulumi policy pack: the engine passes the resources of a preview or an update, with what providers
 * and other resources have returned, instead of a rendered stack. Pure.
 */
import type { PolicyPackArgs, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { SynthResource } from "../synth/synth";
import { policies, type Policy } from "./policies";

/** What a property is without its parts that are unknown in a preview: JSON leaves them out. */
const knownPart = (props: Record<string, unknown>): Record<string, unknown> =>
    JSON.parse(JSON.stringify(props)) as Record<string, unknown>;

/** A resource as the checks read it: they ask neither who creates it nor what it depends on. */
export const checkedResource = ({ urn, type, name, props, opts, parent }: PolicyResource): SynthResource => ({
    urn,
    type,
    name,
    custom: true,
    inputs: knownPart(props),
    parent: parent?.urn ?? "",
    dependencies: [],
    protect: opts.protect,
    retainOnDelete: false,
    provider: "",
});

/** A policy that the engine runs at the end of a preview or an update. */
const stackPolicy = (policy: Policy, production: () => boolean): StackValidationPolicy => ({
    name: policy.name,
    description: policy.description,
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, reportViolation) => {
        const evaluation = { stack: "", resources: resources.map(checkedResource), outputs: {} };
        for (const { subject, message } of policy.check({ evaluation, production: production() }))
            reportViolation(`${subject}: ${message}`);
    },
});

/**
 * The pack with every policy.
 *
 * @param production whether the stack is production (the setting `protect`); read when a policy runs, because the
 *     engine passes the stack's config only then
 */
export const policyPackArgs = (production: () => boolean): PolicyPackArgs => ({
    policies: policies.map((policy) => stackPolicy(policy, production)),
});
