/** Values of further objects that the API server accepts, and that have no effect. */
import { invalidValue, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { placesOf } from "./manifestValues";

const verbs = [
    ...["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "bind", "escalate", "use"],
    ...["impersonate", "approve", "sign", "*"],
];

/** Resources that rules often name in the singular. */
const plurals = [
    ...["secrets", "configmaps", "pods", "services", "serviceaccounts", "deployments", "jobs", "cronjobs", "events"],
    ...["namespaces", "nodes", "roles", "rolebindings", "persistentvolumeclaims", "statefulsets", "kafkaconnectors"],
    ...["kafkaconnects", "kafkatopics", "kafkausers", "kafkas"],
];

/** Rules that grant nothing: the API server accepts any verb and resource. */
function ruleWarnings(object: Manifest, at: SettingPath): Issue[] {
    if (object.kind !== "Role" && object.kind !== "ClusterRole") return [];
    const ofVerbs = placesOf(object, ["rules", "*", "verbs", "*"], at)
        .filter(([verb]) => !verbs.includes(String(verb)))
        .map(([verb, path]) => unlistedValue(path, verb, verbs));
    const ofResources = placesOf(object, ["rules", "*", "resources", "*"], at).flatMap(([name, path]) => {
        const [resource, ...rest] = String(name).split("/");
        const meant = plurals.find((plural) => plural !== resource && plural === `${resource.toLowerCase()}s`);
        const isUpper = plurals.includes(resource.toLowerCase()) && resource !== resource.toLowerCase();
        const expected = meant ?? (isUpper ? resource.toLowerCase() : undefined);
        return expected === undefined
            ? []
            : [invalidValue(path, name, [expected, ...rest].join("/"), { reason: "the rule grants nothing" })];
    });
    return [...ofVerbs, ...ofResources];
}

/** A role of a ServiceAccount that EKS does not understand. */
function roleWarnings({ kind, metadata }: Manifest, at: SettingPath): Issue[] {
    const key = "eks.amazonaws.com/role-arn";
    const role = kind === "ServiceAccount" ? metadata.annotations?.[key] : undefined;
    return role === undefined || /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/.test(role)
        ? []
        : [
              invalidValue(
                  [...at, "metadata", "annotations", key],
                  role,
                  "an ARN such as arn:aws:iam::ACCOUNT:role/NAME",
              ),
          ];
}

/** Rules and annotations without effect. */
export const manifestValueWarnings = (object: Manifest, at: SettingPath): Issue[] => [
    ...ruleWarnings(object, at),
    ...roleWarnings(object, at),
];
