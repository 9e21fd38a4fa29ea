/** The Jobs that ask connectors for incremental snapshots of added tables. */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedConnector } from "../connectors/template";
import { connectBaseImage } from "../release/releases";
import type { Settings } from "../stack/settings";
import { snapshotJob, takesSignals } from "../strimzi/snapshotJob";

/** Seconds that `pulumi up` waits for the end of a snapshot; a longer one goes on without it. */
const waitSeconds = 120;

/**
 * Creates the Job of a connector, which depends on the connector's state: another Job runs whenever its tables change.
 * A connector that takes no signals, or does not run, has none.
 */
export function createSnapshotJob(
    settings: Settings,
    connector: ResolvedConnector,
    image: pulumi.Input<string> | undefined,
    opts: pulumi.CustomResourceOptions,
): Job | undefined {
    if (!takesSignals(connector) || connector.state !== "running") return undefined;
    const { connect, kafka, release, strimzi } = settings;
    const { metadata, spec } = snapshotJob({
        connector,
        connect,
        kafka,
        image: image ?? connectBaseImage(release, strimzi.kafkaVersion),
        request: { again: [], waitSeconds },
    });
    const skipAwait = connect.wait ? {} : { annotations: { "pulumi.com/skipAwait": "true" } };
    return new Job(
        `${connector.baseName}-snapshot`,
        { metadata: { ...metadata, ...skipAwait }, spec: spec as pulumi.Unwrap<typeof spec> & object as never },
        { ...opts, customTimeouts: { create: `${connect.timeoutMinutes}m` } },
    );
}
