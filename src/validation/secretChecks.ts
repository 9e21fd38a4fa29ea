/** Config providers of the section `secrets`: each name is of one provider. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaFilesProvider } from "../strimzi/kafkaClient";

export function checkSecrets({ secrets }: ParsedSections): Issue[] {
    if (!secrets) return [];
    const names = [secrets.name, ...secrets.further.map(({ name }) => name)];
    return secrets.further.flatMap(({ name }, index) =>
        name === kafkaFilesProvider || names.indexOf(name) <= index
            ? [
                  issue(
                      "KCP_DUPLICATE_NAME",
                      ["secrets", "further", index, "name"],
                      `duplicate name "${name}"; also used by another config provider`,
                  ),
              ]
            : [],
    );
}
