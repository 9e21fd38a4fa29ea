/** Which connectors of an import become declarations of a template: those of which every key keeps its value. */
import { templates } from "../connectors/templates";
import type { ConnectContext, ResolvedConnector, Template } from "../connectors/template";
import type { Issue } from "../schema/issues";
import { connectContext } from "../stack/connectContext";
import { parseSections } from "../stack/parseSections";
import { resolveConnector } from "../stack/resolveConnector";
import { compact } from "../util/data";
import { plural } from "../util/plural";
import { isPlainObject, sameData } from "../util/mergePatch";
import type { Draft, Raw } from "./draft";
import { findDeclaration } from "./templateSearch";

/** Issues of a key that stays, with a warning. */
export const isUnknownKey = ({ code, path }: Issue): boolean =>
    path[0] === "connectors" &&
    path[2] === "config" &&
    ["KCP_UNKNOWN_CONFIG_KEY", "KCP_REMOVED_CONFIG_KEY"].includes(code);

/** How many keys a declaration sets itself. */
const ownKeys = ({ config }: Raw): number => Object.keys((config as Raw | undefined) ?? {}).length;

/** What the stack renders of a connector, as far as a template decides it. */
const renderedParts = ({ name, class: className, tasksMax, config }: ResolvedConnector): unknown => ({
    name,
    className,
    tasksMax,
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)])),
});

/** The connector of a declaration that is valid, except for keys that stay. */
function resolved(item: Raw, index: number, context: ConnectContext): ResolvedConnector | undefined {
    const { connector, issues } = resolveConnector(item, { index, declaredAt: `connectors[${index}]` }, context);
    return issues.every(isUnknownKey) ? connector : undefined;
}

/** The declaration without its name, where the template derives the same one. */
function withoutDerivedName(item: Raw, same: (item: Raw) => boolean): Raw {
    const { name: _name, ...unnamed } = item;
    return same(unnamed) ? unnamed : item;
}

/** Keys of transforms, predicates and groups of topics, which are a list in any declaration. */
const ofNamedItem = /^(transforms|predicates|topic\.creation\.(?!default\.)\w+)(\.|$)/;

/** Whether a declaration hides what the connector does, because most of it is in `config`. */
function isMostlyConfig(config: Raw, expected: Readonly<Raw>): boolean {
    const count = (keys: Readonly<Raw>) => Object.keys(keys).filter((key) => !ofNamedItem.test(key)).length;
    return count(config) * 2 > count(expected);
}

/** A declaration of the template in place of one of `raw`, where both render the same. */
function declarationOf(template: Template, item: Raw, index: number, context: ConnectContext): Raw | undefined {
    const { connectorTemplate: _raw, name, class: _class, config, ...common } = item;
    const expected = isPlainObject(config) ? config : {};
    const found = findDeclaration(template, String(name), expected, context);
    if (!found || isMostlyConfig(found.config, expected)) return undefined;
    const before = resolved(item, index, context);
    const isSame = (changed: Raw): boolean => {
        const after = resolved(changed, index, context);
        return before !== undefined && after !== undefined && sameData(renderedParts(before), renderedParts(after));
    };
    const { declaration, config: ownConfig } = found;
    const result: Raw = compact<Raw>({
        connectorTemplate: template.name,
        name,
        ...declaration,
        ...common,
        config: ownConfig,
    });
    return isSame(result) ? withoutDerivedName(result, isSame) : undefined;
}

/** What templates know of the platform that the sections of an import describe. */
export function importContext(raw: Raw): ConnectContext {
    const { parsed, invalid } = parseSections(raw);
    return connectContext(raw, parsed, invalid);
}

/**
 * The connectors of an import, as declarations of a template where one renders the same.
 *
 * @param connectors items with the template `raw`
 */
export function withTemplates(draft: Draft, context: ConnectContext, connectors: readonly Raw[]): Raw[] {
    return connectors.map((item, index) => {
        const declarations = templates
            .filter(({ class: className }) => className !== undefined && className === item.class)
            .flatMap<Raw>((template) => declarationOf(template, item, index, context) ?? [])
            .sort((one, other) => ownKeys(one) - ownKeys(other));
        const [chosen] = declarations;
        if (!chosen) return item;
        draft.note("info", `${String(item.name)} uses the template ${String(chosen.connectorTemplate)}`, [
            "connectors",
            index,
        ]);
        return chosen;
    });
}

/**
 * The declarations of a chart's values that no connector of the source has already: those of which the chart's output
 * was not given. What the chart renders of them is not known.
 */
export function furtherDeclarations(
    draft: Draft,
    context: ConnectContext,
    connectors: readonly Raw[],
    declarations: readonly Readonly<Raw>[],
): Raw[] {
    const names = new Set(connectors.map(({ name }) => name));
    const kept = declarations.filter((item, index) => {
        const { connector } = resolveConnector(item, { index, declaredAt: `connectors[${index}]` }, context);
        return connector === undefined || !names.has(connector.name);
    });
    if (kept.length > 0)
        draft.note(
            "warning",
            `${plural(kept.length, "connector")} of a chart's values: what the chart renders is not compared. Import ` +
                "the output of `helm template` beside the values, or the connectors that run: their configuration " +
                "decides, and a difference would read tables again",
            ["connectors"],
        );
    return kept.map((item) => ({
        ...item,
        connectorTemplate: String(item.connectorTemplate).replace(/^connector\./, ""),
    }));
}
