/** Further Kubernetes objects of a stack, for what no other section has. */
import { z } from "zod";
import { array } from "./primitives";

/** A Kubernetes object as it is written. */
export interface Manifest {
    apiVersion: string;
    kind: string;
    metadata: {
        name: string;
        namespace?: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
    };
    spec?: Record<string, unknown>;
    [field: string]: unknown;
}

const isManifest = (value: unknown): boolean => {
    const { apiVersion, kind, metadata } = (value ?? {}) as Partial<Manifest>;
    return [apiVersion, kind, metadata?.name].every((field) => typeof field === "string" && field !== "");
};

const manifest = z
    .custom<Manifest>(isManifest, { error: "a Kubernetes object with apiVersion, kind and metadata.name" })
    // for the JSON Schema, as zod cannot know what a function accepts
    .meta({ type: "object" });

export const manifests = array(manifest).describe(
    "Further Kubernetes objects, such as a KafkaMirrorMaker2, a KafkaRebalance, a PodMonitor or an ExternalSecret. " +
        "Objects that Connect may need are created before Connect, and objects that use Kafka after Kafka. Strimzi's " +
        "resources are checked against the CRD and awaited until they are Ready, Kubernetes' built-in kinds are " +
        "checked against Kubernetes' schemas. A namespaced object without a namespace is created in " +
        "connect.namespace",
);
