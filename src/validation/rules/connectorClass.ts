/** Classes that are no connector, or that are nearly one that is known. */
import type { ResolvedConnector } from "../../connectors/template";
import { nearest } from "../../util/nearest";
import { componentOf, connectorClasses } from "../pluginKeyLists";
import type { Finding, PluginRule } from "./rule";

const simpleName = (className: string): string => className.split(".").at(-1)!;

/** Packages of Kafka without connectors, and the abstract classes of its API. */
const withoutConnectors =
    /^org\.apache\.kafka\.(common|clients|streams|connect\.(source|sink|connector|json|storage|converters|transforms))\./;

/** What a class is that is certainly no connector. */
function otherKind(className: string): string | undefined {
    if (className.endsWith(".class")) return 'ends in ".class"; write the name of the class';
    if (/Task$/.test(className)) return "is a task";
    if (componentOf(className) !== undefined) return "is a transform, a predicate or a converter";
    if (/^io\.debezium\.(transforms|converters)\./.test(className)) return "is a transform or a converter";
    return withoutConnectors.test(className) ? "is a class of Kafka that is no connector" : undefined;
}

/** The known class that another one most likely stands for. */
function suggestion(className: string, known: readonly string[]): string | undefined {
    const base = className.replace(/(\.class|Task)$/, "");
    const sameName = known.find(
        (name) => simpleName(name) === simpleName(base) && name.split(".")[1] === base.split(".")[1],
    );
    const near = sameName ?? known.find((name) => name === base || name === `${base}Connector`) ?? nearest(base, known);
    return near?.split(".")[1] === base.split(".")[1] ? near : undefined;
}

const asSuggestion = (name: string | undefined): string => (name === undefined ? "" : `; did you mean "${name}"?`);

/** A class that Connect finds by its short name; the checks of its configuration do not. */
function shortName(className: string, known: readonly string[]): string | undefined {
    if (className.includes(".")) return undefined;
    const names = [className, `${className}Connector`];
    return known.find((name) => names.includes(simpleName(name)));
}

/** A misspelling of a class whose keys are known. */
function misspelt(className: string, known: readonly string[]): string | undefined {
    if (!className.includes(".")) {
        const near = nearest(className, known.map(simpleName));
        return near !== undefined && Math.abs(near.length - className.length) <= 1
            ? known.find((name) => simpleName(name) === near)
            : undefined;
    }
    const near = suggestion(className, known);
    if (near === undefined) return undefined;
    if (simpleName(near) === simpleName(className)) return near;
    const isSimilar = near.slice(0, 12).toLowerCase() === className.slice(0, 12).toLowerCase();
    const samePackage = near.split(".").at(-2) === className.split(".").at(-2);
    return isSimilar && samePackage && Math.abs(near.length - className.length) <= 2 ? near : undefined;
}

function check({ class: className, template }: ResolvedConnector): Finding[] {
    const known = connectorClasses();
    if (template !== "raw" || known.includes(className)) return [];
    const key = "connector.class";
    const kind = otherKind(className);
    if (kind !== undefined)
        return [
            {
                code: "KCP_MISSING_PLUGIN",
                key,
                message:
                    `expected a connector, received ${className}, which ${kind}` +
                    asSuggestion(suggestion(className, known)),
            },
        ];
    const full = shortName(className, known);
    const near = full === undefined ? misspelt(className, known) : undefined;
    if (full === undefined && near === undefined) return [];
    const message =
        full === undefined
            ? `no plugin that is known here has ${className}; did you mean "${near}"?`
            : `is a short name, by which its configuration is not checked; write ${full}`;
    return [{ code: "KCP_MISSING_PLUGIN", key, message, isWarning: true }];
}

export const connectorClassRules: readonly PluginRule[] = [{ classes: /./, check }];
