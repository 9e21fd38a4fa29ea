/** Classes that no worker of the stack has: without the section `image` the workers run Strimzi's image. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { firstFew } from "../util/firstFew";
import { didYouMean } from "../util/nearest";
import { componentOf } from "./pluginKeyLists";
import { isReference } from "./rules/rule";

/** Packages that Strimzi's image has. */
const bundled = /^org\.apache\.kafka\.connect\./;

/** Whether the workers run Strimzi's image as it is. */
const usesStrimziImage = ({ image, connect }: ParsedSections): boolean =>
    !image?.build &&
    !image?.existing &&
    connect?.install === true &&
    connect.use === undefined &&
    !["image", "build", "plugins"].some((field) => connect.spec?.[field]);

/** A warning that names the connectors whose plugin Strimzi's image does not have. */
export function missingPluginWarnings(sections: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    if (!usesStrimziImage(sections)) return [];
    const missing = connectors.filter(({ class: className }) => !bundled.test(className));
    if (missing.length === 0) return [];
    const named = firstFew(missing.map(({ declaredAt, class: className }) => `${className} (${declaredAt})`));
    return [
        issue(
            "KCP_MISSING_PLUGIN",
            ["image"],
            `not set: the workers run Strimzi's image, which does not have ${named}; ` +
                "set image.build or image.existing",
        ),
    ];
}

/** Keys of the workers' converters that these do not read, such as the registry of another one. */
export const converterKeyWarnings = ({ connect }: ParsedSections): Issue[] =>
    ["key.converter", "value.converter"].flatMap((converter) => {
        const name = connect?.config[converter];
        const keys = typeof name === "string" ? componentOf(name)?.keys : undefined;
        const known = keys && Object.keys(keys);
        if (known === undefined) return [];
        return (
            Object.keys(connect!.config)
                // workerValues.ts reports schemas.enable
                .filter((key) => key.startsWith(`${converter}.`) && !key.endsWith(".schemas.enable"))
                .filter((key) => !known.includes(key.slice(converter.length + 1)))
                .map((key) =>
                    issue(
                        "KCP_UNKNOWN_CONFIG_KEY",
                        ["connect", "config", key],
                        `${String(name)} does not read it${didYouMean(key.slice(converter.length + 1), known)}`,
                    ),
                )
        );
    });

/** Converters of the workers: with a class that the image does not have, no worker starts. */
export const converterWarnings = (sections: ParsedSections): Issue[] =>
    usesStrimziImage(sections)
        ? ["key.converter", "value.converter", "header.converter"].flatMap((key) => {
              const value = sections.connect?.config[key];
              return value === undefined || bundled.test(String(value)) || isReference(value)
                  ? []
                  : [
                        issue(
                            "KCP_MISSING_PLUGIN",
                            ["connect", "config", key],
                            `Strimzi's image does not have ${String(value)}, and no worker starts; set ` +
                                "image.build or image.existing",
                        ),
                    ];
          })
        : [];
