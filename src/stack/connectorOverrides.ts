/** `connectorOverrides`: what differs in this stack, by the connector's name, from a list that several stacks share. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import { didYouMean } from "../util/nearest";
import { applyMergePatch, isPlainObject } from "../util/mergePatch";

/** An override that was applied to a connector. */
export interface AppliedOverride {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
}

/** The overrides of a stack. */
export class ConnectorOverrides {
    private readonly used = new Set<string>();
    private readonly names = new Set<string>();
    private readonly byName: ReadonlyMap<string, unknown>;

    /** @param written the section as it is written */
    constructor(private readonly written: unknown) {
        this.byName = new Map(isPlainObject(written) ? Object.entries(written) : []);
    }

    /**
     * The declaration with the override of its name. A name that the declaration does not have is resolved.
     *
     * @param resolvedName finds the name that the template derives
     */
    apply(item: unknown, resolvedName: () => string | undefined): { item: unknown; override?: AppliedOverride } {
        if (this.byName.size === 0 || !isPlainObject(item)) return { item };
        const name = typeof item.name === "string" ? item.name : resolvedName();
        if (name === undefined) return { item };
        this.names.add(name);
        const options = this.byName.get(name);
        if (options === undefined) return { item };
        this.used.add(name);
        if (!isPlainObject(options)) return { item };
        return { item: applyMergePatch(item, options), override: { name, options } };
    }

    /** Overrides of connectors that do not exist, and values that are no objects. */
    issues(): Issue[] {
        if (this.written !== undefined && this.written !== null && !isPlainObject(this.written))
            return [invalidValue(["connectorOverrides"], this.written, "an object of options by connector name")];
        return [...this.byName].flatMap(([name, options]) => {
            const path = ["connectorOverrides", name];
            if (!isPlainObject(options))
                return [invalidValue(path, options, "an object with options of the connector")];
            if (this.used.has(name)) return [];
            const hint = didYouMean(name, [...this.names]);
            return [issue("KCP_UNKNOWN_SETTING", path, `no connector of this stack has this name${hint}`)];
        });
    }
}

/** The path of an option within the override, where the override sets it. */
export function overridePath(override: AppliedOverride | undefined, option: SettingPath): SettingPath | undefined {
    if (!override || option.length === 0) return undefined;
    let at: unknown = override.options;
    for (const step of option) {
        if (!isPlainObject(at)) break;
        if (!(step in at)) return undefined;
        at = at[step];
    }
    return ["connectorOverrides", override.name, ...option];
}
