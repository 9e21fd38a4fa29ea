/** Defaults that plugins report of themselves, of the keys on the page of defaults (`kcp check --write-keys`). */
import * as fs from "fs";
import * as path from "path";
import { templates } from "../../src/connectors/templates";
import { templateDefaults } from "./defaults";

/** Class → key → its default. */
export type PluginDefaults = Record<string, Readonly<Record<string, string>>>;

/** File with the defaults. */
export const pluginDefaultsFile = path.join(__dirname, "pluginDefaults.json");

/** The recorded defaults. */
export const readPluginDefaults = (): PluginDefaults =>
    JSON.parse(fs.readFileSync(pluginDefaultsFile, "utf8")) as PluginDefaults;

const classOf = (template: string): string | undefined => templates.find(({ name }) => name === template)?.class;

/** The keys of a class that the page documents. */
export const documentedKeys = (className: string): string[] =>
    templateDefaults
        .filter((item) => item.templates.some((template) => classOf(template) === className))
        .map(({ key }) => key);

/** The defaults of a key in the plugins of some templates, without repetitions. Empty where none reports one. */
export function reportedDefaults(names: readonly string[], key: string): string[] {
    const recorded = readPluginDefaults();
    return [...new Set(names.flatMap((name) => recorded[classOf(name) ?? ""]?.[key] ?? []))];
}
