/** What an import reads: Kubernetes objects and connectors, from wherever they come. */

/** A Kubernetes object as it is written or as the API server returns it. */
export interface SourceObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly uid?: string;
    };
    readonly spec?: Readonly<Record<string, unknown>>;
    /** Where it was read: a file, for messages. */
    readonly origin: string;
}

/** A connector's configuration as Kafka Connect returns it. */
export interface SourceConnector {
    readonly name: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly state?: "running" | "paused" | "stopped";
    readonly origin: string;
}

/** Everything that was read. */
export interface ImportSource {
    readonly objects: readonly SourceObject[];
    readonly connectors: readonly SourceConnector[];
    /** Declarations of templates, from the values of a Helm chart. */
    readonly declarations?: readonly Readonly<Record<string, unknown>>[];
    /** Version of Kafka that the workers report, where they were asked. */
    readonly kafkaVersion?: string;
}

/** Input that cannot be read; the message is one sentence for the user. */
export class ImportError extends Error {}

/** Something to report about the import. */
export interface ImportNote {
    /**
     * - `missing`: the stack file is incomplete without a decision of the user
     * - `difference`: the stack renders something else than the source has
     * - `warning`: taken over, and worth a look
     * - `info`: for the record
     */
    readonly severity: "missing" | "difference" | "warning" | "info";
    /** The setting that it is about, as a path in the stack file; for a mark there. */
    readonly path?: readonly (string | number)[];
    readonly message: string;
}
