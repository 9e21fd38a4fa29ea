/** Further objects of a stack: against the CRDs, against what the stack declares, and without credentials. */
import type { ResolvedConnector } from "../connectors/template";
import { schemaAt, violations } from "../release/crdValidation";
import { schemaOf } from "../release/crds";
import { strimziRelease } from "../release/releases";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { isStrimziManifest } from "../strimzi/manifestPlace";
import { duplicates } from "../util/data";
import { declaredObjects } from "./adoptChecks";
import { manifestFieldIssues, manifestFieldWarnings } from "./manifestFields";
import { manifestValueIssues } from "./manifestValues";
import { manifestLimitWarnings } from "./manifestLimits";
import { manifestRuleIssues, manifestRuleWarnings } from "./manifestRules";
import { manifestSelectorWarnings } from "./manifestSelectors";
import { manifestWorkloadIssues, manifestWorkloadWarnings } from "./manifestWorkloads";
import { manifestValueWarnings } from "./manifestValueWarnings";
import { manifestClusterIssues, manifestClusterWarnings } from "./manifestClusters";

const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

function strimziIssues(object: Manifest, at: SettingPath, version: string): Issue[] {
    const { apiVersion } = strimziRelease(version);
    if (object.apiVersion !== apiVersion)
        return [
            invalidValue([...at, "apiVersion"], object.apiVersion, apiVersion, {
                code: "KCP_UNSUPPORTED_BY_VERSION",
                reason: `the API version of Strimzi ${version}`,
            }),
        ];
    const schema = schemaOf(version, object.kind);
    if (!schema)
        return [issue("KCP_UNSUPPORTED_BY_VERSION", [...at, "kind"], `Strimzi ${version} has no kind ${object.kind}`)];
    return violations(schemaAt(schema, ["spec"]), object.spec ?? {}).map(({ path, message }) =>
        issue("KCP_INVALID_KUBERNETES_FIELD", [...at, "spec", ...path], message),
    );
}

/** A Secret with data: the stack file is committed. */
function secretIssues({ apiVersion, kind, data, stringData }: Manifest, at: SettingPath): Issue[] {
    if (apiVersion !== "v1" || kind !== "Secret" || (data ?? stringData) === undefined) return [];
    const field = data === undefined ? "stringData" : "data";
    return [
        issue(
            "KCP_LITERAL_CREDENTIAL",
            [...at, field],
            "the values of a Secret would be in the stack file; create it with kubectl, or declare an ExternalSecret",
        ),
    ];
}

/** Names of objects, except those of kinds whose names can have colons. */
const nameIssues = ({ apiVersion, metadata }: Manifest, at: SettingPath): Issue[] =>
    apiVersion.startsWith("rbac.") || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(metadata.name)
        ? []
        : [invalidValue([...at, "metadata", "name"], metadata.name, "a name of a-z, 0-9, - and .")];

/** What is wrong with each object. */
export function checkManifests(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const { manifests = [], strimzi } = parsed;
    if (!strimzi) return [];
    const declared = declaredObjects({ ...parsed, manifests: [] }, connectors);
    const repeated = duplicates(manifests.map((object) => `${nameOf(object)} in ${object.metadata.namespace ?? ""}`));
    return manifests.flatMap((object, index) => {
        const at = ["manifests", index];
        const fields = manifestFieldIssues(object, at);
        const taken = declared.includes(nameOf(object)) || repeated.includes(index);
        return [
            ...(isStrimziManifest(object) ? strimziIssues(object, at, strimzi.version) : []),
            ...fields,
            // a misspelt field explains a missing one
            ...manifestValueIssues(object, at).filter(
                ({ code }) => fields.length === 0 || code !== "KCP_MISSING_SETTING",
            ),
            ...manifestClusterIssues(object, at),
            ...manifestRuleIssues(object, at),
            ...manifestWorkloadIssues(object, at),
            ...secretIssues(object, at),
            ...nameIssues(object, at),
            ...(taken
                ? [
                      issue(
                          "KCP_DUPLICATE_NAME",
                          [...at, "metadata", "name"],
                          `the stack declares ${nameOf(object)} twice`,
                      ),
                  ]
                : []),
        ];
    });
}

/** What is probably wrong with each object. */
export const manifestWarnings = (parsed: ParsedSections): Issue[] =>
    (parsed.manifests ?? []).flatMap((object, index) => {
        const at = ["manifests", index];
        return [
            ...manifestFieldWarnings(object, at),
            ...manifestValueWarnings(object, at),
            ...manifestClusterWarnings(object, parsed, at),
            ...manifestSelectorWarnings(object, parsed, at),
            ...manifestLimitWarnings(object, parsed, at),
            ...manifestRuleWarnings(object, parsed, at),
            ...manifestWorkloadWarnings(object, parsed, at),
        ];
    });
