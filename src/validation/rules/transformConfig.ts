/** The transforms of a configuration. */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";

/** A transform that `transforms` lists. */
export interface TransformConfig {
    /** Prefix of its keys, `transforms.NAME.`. */
    readonly start: string;
    readonly className: string;
    readonly value: (key: string) => string | undefined;
}

/** The transforms that a configuration lists, in their order. */
export const transformsOf = (config: ResolvedConnector["config"]): TransformConfig[] =>
    listItems(config.transforms).map((name) => {
        const start = `transforms.${name}.`;
        const value = (key: string): string | undefined =>
            config[start + key] === undefined || config[start + key] === "" ? undefined : String(config[start + key]);
        return { start, className: value("type") ?? "", value };
    });
