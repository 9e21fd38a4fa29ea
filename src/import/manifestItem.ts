/** Objects that no section of a stack file has: they are taken over as `manifests`. */
import { isPlainObject } from "../util/mergePatch";
import { compact } from "../util/data";
import { knownFields, maskedCredentials, ownMetadata } from "./connectSection";
import type { Draft, Raw } from "./draft";
import type { SourceObject } from "./source";

/** The item for an object. */
export function manifestItem(draft: Draft, object: SourceObject, index: number): Raw {
    const at = ["manifests", index];
    const spec = knownFields(draft, object, at);
    const { name, namespace, labels = {}, annotations = {} } = object.metadata;
    draft.expected.push({ kind: object.kind, name, spec, labels, annotations, at, origin: object.origin });
    const { labels: ownLabels, annotations: ownAnnotations } = ownMetadata(object);
    const metadata = { name, namespace, labels: ownLabels, annotations: ownAnnotations };
    return {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: Object.fromEntries(
            Object.entries(compact(metadata)).filter(
                ([, value]) => !isPlainObject(value) || Object.keys(value).length > 0,
            ),
        ),
        spec: maskedCredentials(draft, spec, [...at, "spec"]),
    };
}
