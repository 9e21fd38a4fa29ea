/** Writes the statuses of Strimzi resources as the operator does, for tests without an operator. */
import { isDeepStrictEqual } from "node:util";
import type { StrimziObject } from "../../src/strimzi/status";
import { pause } from "../../src/util/pause";
import { kubectl } from "./support";

type Status = NonNullable<StrimziObject["status"]>;
type Found = StrimziObject & { kind: string };

export class StatusWriter {
    private stopped = false;
    private readonly loop: Promise<void>;

    /** @param statuses status of each resource by name, without its generation; can be changed while this runs */
    constructor(
        private readonly kubeconfig: string,
        private readonly namespace: string,
        readonly statuses: Record<string, Status>,
    ) {
        this.loop = this.run();
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await this.loop;
    }

    private async run(): Promise<void> {
        while (!this.stopped) {
            await pause(1000);
            const { status, output } = kubectl(
                this.kubeconfig,
                "get",
                "kafkaconnects,kafkaconnectors",
                "-n",
                this.namespace,
                "-o",
                "json",
                "--ignore-not-found",
            );
            if (status !== 0 || !output) continue;
            for (const object of (JSON.parse(output) as { items: Found[] }).items) this.write(object);
        }
    }

    private write({ kind, metadata: { name, generation }, status }: Found): void {
        const wanted = { ...this.statuses[name], observedGeneration: generation };
        if (status?.observedGeneration === generation && isDeepStrictEqual(status?.conditions, wanted.conditions))
            return;
        kubectl(
            this.kubeconfig,
            "patch",
            kind,
            "-n",
            this.namespace,
            name,
            "--subresource=status",
            "--type=merge",
            "-p",
            JSON.stringify({ status: { connectorStatus: null, ...wanted } }),
        );
    }
}
