/** The further objects of a stack, each at its place in the graph. */
import type * as pulumi from "@pulumi/pulumi";
import { Manifests } from "../../components/manifests";
import type { Settings } from "../stack/settings";
import { manifestPlace, type ManifestPlace } from "../strimzi/manifestPlace";

/** Creates the objects of one place; what depends on them depends on the result. */
export function createManifests(
    { connect, manifests = [] }: Pick<Settings, "connect" | "manifests">,
    place: ManifestPlace,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
    const objects = manifests.filter((object) => manifestPlace(object) === place);
    if (objects.length === 0) return [];
    const { namespace, wait: waitForReady, timeoutMinutes } = connect;
    return [new Manifests(`manifests-${place}`, { objects, namespace, waitForReady, timeoutMinutes }, opts)];
}
