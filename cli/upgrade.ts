/** Prepares a cluster for another Strimzi version: `kcp upgrade`. */
import * as path from "path";
import { isKnownRelease, strimziRelease } from "../src/release/releases";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { readClusterState } from "../src/upgrade/clusterState";
import { migrateStorage, UpgradeError } from "../src/upgrade/migrateStorage";
import { planUpgrade } from "../src/upgrade/plan";
import { serveV1 } from "../src/upgrade/serveV1";
import { ClusterApi } from "../src/util/clusterApi";
import { chooseStack } from "./support/chooseStack";

/** The arguments of the command. */
export interface UpgradeArguments {
    readonly stack?: string;
    /** Stack file in place of Pulumi.STACK.yaml. */
    readonly file?: string;
    readonly to: string;
    readonly kubeconfig?: string;
    readonly context?: string;
    readonly apply?: boolean;
}

/** The order in which versions move, as the last lines of a plan. */
function nextSteps(to: string, file: string): string[] {
    const { kafkaVersions } = strimziRelease(to);
    return [
        `Next: set strimzi.version to ${to} in ${path.basename(file)}, and run \`pulumi up\`: ` +
            "CRDs, operator, resources.",
        `Then Kafka, whose versions are ${kafkaVersions.join(", ")} there: Connect first, then the brokers, and ` +
            "metadataVersion last, as a broker cannot go back to an older version after that.",
    ];
}

/** Plans, and with `apply` stores the objects as v1. Returns the exit code. */
export async function runUpgrade(args: UpgradeArguments, print: (line: string) => void): Promise<number> {
    const { stack, file } = chooseStack(args);
    const { eks } = loadStack(readStack(stack, file), stack, file);
    if (!isKnownRelease(strimziRelease(args.to)))
        throw new UpgradeError(`--to ${args.to}: this version of kcp does not know that Strimzi version.`);
    const { kubeconfig = eks.kubeconfig, context = eks.context } = args;
    const api = await ClusterApi.connect({ kubeconfig, context });
    const state = await readClusterState(api);
    const { refusals, introducesV1, migratesStorage } = planUpgrade(state, args.to);
    print(
        `${api.server}: Kubernetes 1.${state.kubernetes}, ${state.crds.length} CRDs, ${state.objects.length} objects`,
    );
    for (const refusal of refusals) print(`refused: ${refusal}`);
    if (refusals.length > 0) return 1;
    if (introducesV1)
        print(
            `The CRDs of Strimzi ${args.to} are applied, and fields that v1 requires are filled in from spec.config.`,
        );
    if (migratesStorage) print("Every object has to be stored as v1 first; none is deleted.");
    if ((introducesV1 || migratesStorage) && !args.apply) {
        print("Nothing was changed; --apply does it.");
        return 0;
    }
    if (introducesV1) await serveV1(api, args.to, print);
    if (migratesStorage) await migrateStorage(api, print);
    for (const line of nextSteps(args.to, file)) print(line);
    return 0;
}
