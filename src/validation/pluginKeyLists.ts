/**
 * The configuration keys that plugins report of themselves, by class and version (`npm run check -- --write-keys`).
 */
import * as fs from "fs";
import * as path from "path";

/** The keys of one version of a class, with their definitions in the notation of `kafkaDefinitions.ts`. */
export interface KeyList {
    readonly version: string;
    readonly keys: Readonly<Record<string, string>>;
}

/** Class → its lists. The first is that of the manifest's version. */
export type KnownKeys = Record<string, readonly KeyList[]>;

/** What Connect can load a class as: `transformation`, `predicate`, `converter`, `header_converter`. */
export interface Component {
    readonly types: readonly string[];
    /** Its keys with their definitions; undefined where it reads keys and reports none. */
    readonly keys?: Readonly<Record<string, string>>;
}

/** Class of a transform, a predicate or a converter → what is recorded of it. */
export type ComponentKeys = Record<string, Component>;

/** File with the keys of connectors. */
export const keysFile = path.join(__dirname, "pluginKeys.json");
/** File with the keys of transforms, predicates and converters. */
export const componentKeysFile = path.join(__dirname, "componentKeys.json");

const read = <T>(file: string): T => JSON.parse(fs.readFileSync(file, "utf8")) as T;

let connectors: KnownKeys | undefined;
let components: ComponentKeys | undefined;

const recordedComponents = (): ComponentKeys => (components ??= read<ComponentKeys>(componentKeysFile));

/** The recorded classes of transforms, predicates and converters: all of Kafka, and those of the manifest's plugins. */
export const componentClasses = (): string[] => Object.keys(recordedComponents());

/** What is recorded of a class of a transform, a predicate or a converter; undefined where nothing is. */
export const componentOf = (className: string): Component | undefined =>
    Object.hasOwn(recordedComponents(), className) ? recordedComponents()[className] : undefined;

/** The classes of connectors whose keys are recorded. */
export const connectorClasses = (): string[] => Object.keys((connectors ??= read<KnownKeys>(keysFile)));

/** Whether a recorded version is the required one, or in its range: `3.4`, `[3.4,3.5)`. */
function isVersion(version: string, required: string): boolean {
    const starts = [...required.matchAll(/\d+(\.\d+)+/g)].map(([start]) => start);
    return starts.length === 1 ? version.startsWith(starts[0]) : starts.some((start) => version.startsWith(start));
}

/**
 * The lists that apply to a connector: that of the manifest's version, or of the plugin version that it requires.
 * Where the version is not known, all lists of the class.
 *
 * @param pluginVersion version or range of versions that the connector requires
 * @param usesManifest whether the image has the manifest's plugins
 */
export function keyLists(
    className: string,
    { pluginVersion, usesManifest }: { pluginVersion?: string; usesManifest: boolean },
): readonly KeyList[] {
    const known = (connectors ??= read<KnownKeys>(keysFile));
    const lists = Object.hasOwn(known, className) ? known[className] : [];
    if (pluginVersion === undefined) return usesManifest ? lists.slice(0, 1) : lists;
    const required = lists.filter(({ version }) => isVersion(version, pluginVersion));
    return required.length > 0 ? required : lists;
}
