/** The plugins that a stack uses. Pure. */
import type { Plugin } from "../image/manifest";
import type { Settings } from "../stack/settings";

const simpleName = (className: string): string => className.slice(className.lastIndexOf(".") + 1);

/** `io.debezium` of io.debezium.transforms.Filter: a plugin's transforms share it with its connector. */
const vendor = (className: string): string => className.split(".").slice(0, 2).join(".");

const looksLikeClass = (value: string): boolean => /^[a-z]\w*(\.[a-z_]\w*)+\.[A-Z][\w$]*$/.test(value);

/** Every class that the configurations of a stack may name. */
function namedClasses({ connectors, connect }: Pick<Settings, "connectors" | "connect">): string[] {
    const values = [connect.config ?? {}, ...connectors.map(({ config }) => config)].flatMap(Object.values);
    return [
        ...connectors.map((connector) => connector.class),
        ...values.flatMap((value) => String(value).split(",")).map((value) => value.trim()),
    ];
}

/**
 * The plugins of which a stack names a class. All of them when it names a class that no plugin lists, because any may
 * contain it.
 */
export function usedPlugins<T extends Pick<Plugin, "classes">>(
    plugins: readonly T[],
    settings: Pick<Settings, "connectors" | "connect">,
): T[] {
    const named = new Set(namedClasses(settings));
    const uses = ({ classes }: T) => classes.some((item) => named.has(item) || named.has(simpleName(item)));
    const used = plugins.filter(uses);
    const listed = new Set(plugins.flatMap(({ classes }) => classes));
    const vendors = new Set(used.flatMap(({ classes }) => classes.map(vendor)));
    const unknown = [...named].some(
        (name) =>
            looksLikeClass(name) &&
            !name.startsWith("org.apache.kafka.") &&
            !listed.has(name) &&
            !vendors.has(vendor(name)),
    );
    return unknown ? [...plugins] : used;
}
