/** What every Kubernetes object of this library has in its metadata. */
import type * as pulumi from "@pulumi/pulumi";

const labels = { "app.kubernetes.io/part-of": "kafka-connect-platform" };

/**
 * The fields that this library sets are its own: without the annotation, an edit by hand makes each later update fail
 * with a conflict of server-side apply.
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/
 */
const annotations = { "pulumi.com/patchForce": "true" };

/** Metadata of an object, with the labels and annotations that are specific to it. */
export const objectMetadata = (
    name: string,
    namespace: pulumi.Input<string>,
    specific: { labels?: Record<string, pulumi.Input<string>>; annotations?: Record<string, string> } = {},
) => ({
    name,
    namespace,
    labels: { ...labels, ...specific.labels },
    annotations: { ...annotations, ...specific.annotations },
});
