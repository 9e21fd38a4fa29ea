/** References to one key of a Secret or a ConfigMap. */
import { missingSetting, type Issue, type SettingPath } from "../schema/issues";
import { isObject } from "../util/data";

/** Fields of Kubernetes' selectors of a key, which Strimzi's CRD does not require and the API server does. */
export const keySelectorIssues = (selector: unknown, at: SettingPath): Issue[] =>
    isObject(selector)
        ? ["name", "key"]
              .filter((field) => !selector[field])
              .map((field) =>
                  missingSetting(
                      [...at, field],
                      field === "name" ? "the name of the Secret or ConfigMap" : "one of its keys",
                  ),
              )
        : [];
