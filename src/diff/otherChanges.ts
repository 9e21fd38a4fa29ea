/** Consequences of changes of all other objects. Pure. */
import { changedSettings } from "./changedSettings";
import type { Consequence } from "./consequence";
import { subjectOf, type ObjectPair } from "./renderedStack";
import { list } from "./sentences";

/** The sentence of an object that no other rule describes. */
export function otherChange({ before, after }: ObjectPair): Consequence[] {
    const object = (after ?? before)!;
    const subject = subjectOf(object);
    if (!after) return [{ class: "removed", subject, text: `${subject} is removed` }];
    if (!before) return [{ class: "new", subject, text: `${subject} is new` }];
    const settings = changedSettings(before.content, after.content);
    const changed = list(settings.map(({ path }) => path.join(".")));
    if (object.kind === "Deployment")
        return [{ class: "worker-roll", subject, text: `the pods of \`${object.name}\` are replaced: ${changed}` }];
    if (object.kind.startsWith("kubernetes:helm.sh/"))
        return [{ class: "hot", subject, text: `the operator restarts, and connectors go on running: ${changed}` }];
    if (object.kind === "CustomResourceDefinition")
        return [{ class: "hot", subject, text: `CustomResourceDefinition \`${object.name}\` is updated` }];
    return [{ class: "hot", subject, text: `${subject} is changed: ${changed}` }];
}
