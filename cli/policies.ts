/** Checks a stack against the policies: `kcp policies`. */
import { checkPolicies, policies } from "../src/policies/policies";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { synth } from "../src/synth/synth";
import { chooseStack, type StackOptions } from "./support/chooseStack";
import { exitCodes, type ExitCode } from "./support/exitCodes";

/** Options of `kcp policies`. */
export interface PolicyOptions extends StackOptions {
    json?: boolean;
}

/** Prints the violations. */
export async function checkStack(options: PolicyOptions): Promise<ExitCode> {
    const { stack, file } = chooseStack(options);
    const raw = readStack(stack, file);
    const loaded = loadStack(raw, stack, file);
    const { protect } = loaded;
    const violations = checkPolicies({ evaluation: await synth(stack, raw, { loaded }), production: protect });
    if (options.json) console.log(JSON.stringify({ stack, production: protect, violations }, null, 2));
    else if (violations.length === 0) console.log(`${stack}: fits all ${policies.length} policies`);
    else for (const { policy, subject, message } of violations) console.log(`${policy}: ${subject}: ${message}`);
    return violations.length > 0 ? exitCodes.failed : exitCodes.ok;
}
