/** Lines of settings in a stack file. */
import * as fs from "fs";
import * as YAML from "yaml";
import { project } from "../util/project";
import { lineIn } from "../util/yamlLines";
import { yamlOptions } from "./stackYaml";

/**
 * Finds the line of a setting in a stack file: of the setting itself, or of the nearest object around it that is there.
 * Returns undefined for every path when there is no such file to read (a stack's config can come from elsewhere).
 */
export function lineFinder(file: string): (path: readonly (string | number)[]) => number | undefined {
    if (!fs.existsSync(file)) return () => undefined;
    const counter = new YAML.LineCounter();
    const text = fs.readFileSync(file, "utf8");
    const document = YAML.parseDocument(text, { ...yamlOptions, lineCounter: counter, logLevel: "error" });
    const config = document.get("config", true);
    return ([section, ...rest]) => {
        // Pulumi adds a missing prefix; a key of another prefix is one with an issue
        const keys = [`${project}:${section}`, `${project}:config:${section}`, section];
        return keys.map((key) => lineIn(config, [key, ...rest], counter, document)).find((line) => line !== undefined);
    };
}
