/** A connector's JSON in `config` of the template `raw`, as it is sent to Connect's REST API. */
import { templateClasses } from "../connectors/templates";

/** Keys of the JSON that are options of the template. */
const options: Readonly<Record<string, string>> = { name: "name", "connector.class": "class", "tasks.max": "tasksMax" };

/** The class that an alias stands for: Connect accepts the simple name, with or without `Connector`. */
export function classOf(alias: unknown, usesManifest: boolean): unknown {
    if (typeof alias !== "string" || alias.includes(".")) return alias;
    const simpleNames = [alias, `${alias}Connector`];
    const classes = templateClasses.filter((name) => usesManifest || !otherVendors.test(name));
    return classes.find((name) => simpleNames.includes(name.slice(name.lastIndexOf(".") + 1))) ?? alias;
}

/** Classes whose simple name plugins of other vendors have too. */
const otherVendors = /\.(HttpSink|JdbcSink|BigQuerySink)Connector$/;

const optionValue = (option: string, value: unknown, usesManifest: boolean): unknown => {
    if (option === "class") return classOf(value, usesManifest);
    return option === "tasksMax" && /^\d+$/.test(String(value)) ? Number(value) : value;
};

/**
 * The declaration with the JSON's name, class and number of tasks as options. A key that contradicts its option stays,
 * and is an issue.
 *
 * @param usesManifest whether the image has the plugins of the manifest; in another image an alias can be of another
 * vendor's plugin
 */
export function liftOptions(declared: unknown, usesManifest = true): unknown {
    const declaration = declared as Record<string, unknown>;
    const { config } = declaration;
    if (config === null || typeof config !== "object") return declared;
    const result = { ...declaration, config: { ...config } as Record<string, unknown> } as Record<string, unknown>;
    if (result.class !== undefined) result.class = classOf(result.class, usesManifest);
    for (const [key, option] of Object.entries(options)) {
        const configKeys = result.config as Record<string, unknown>;
        if (configKeys[key] === undefined) continue;
        const value = optionValue(option, configKeys[key], usesManifest);
        if (result[option] !== undefined && String(result[option]) !== String(value)) continue;
        result[option] = value;
        delete configKeys[key];
    }
    return result;
}
