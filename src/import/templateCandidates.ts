/** Values that the options of a template may have had, by the configuration that resulted. */
import { withoutEscapes } from "../connectors/names";
import { alternatives, itemOf, type TopicItem } from "../connectors/topicItems";
import type { Raw } from "./draft";
import { listItems } from "../util/listItems";

/** Candidates by type. */
export interface CandidatePool {
    /** The likelier ones first. */
    readonly strings: readonly string[];
    readonly numbers: readonly number[];
    readonly lists: readonly (readonly string[])[];
    /**
     * Arrays of names, or of names and patterns, such as topics: of both kinds in turn, because few are tried first.
     */
    readonly patternLists: readonly (readonly TopicItem[])[];
}

/** A reference to a secret, as its parts. */
const reference = /\$\{[^:}]+:(?:[^/}]+\/)?([^:}]+):([^}]+)\}/g;

/** Milliseconds in the units that options have. */
const units = [1, 1000, 60_000, 3_600_000, 86_400_000];

/** Prefixes of names that templates derive. */
const withoutPrefix = (text: string): string => text.replace(/^dbz_/, "");

/** Scheme and host of an address, to which a template adds a path. */
const originOf = (text: string): string[] => /^https?:\/\/[^/]+/.exec(text) ?? [];

/** The longest string that can be a name or an address, rather than a statement. */
const longestName = 250;

/** A table within its schema or database keeps the dots of its name. */
const withoutContainer = (item: string): string => withoutEscapes(item).replace(/^[^.]*\./, "");

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

const uniqueLists = <T>(lists: readonly (readonly T[])[]): T[][] =>
    unique(lists.map((list) => JSON.stringify(list))).map((list) => JSON.parse(list) as T[]);

/** The items of two arrays in turn. */
const inTurn = <T>(one: readonly T[], other: readonly T[]): T[] =>
    Array.from({ length: Math.max(one.length, other.length) }).flatMap((_, index) => [
        ...one.slice(index, index + 1),
        ...other.slice(index, index + 1),
    ]);

/** Candidates for the options of a connector. */
export function candidatePool(name: string, config: Readonly<Raw>): CandidatePool {
    const values = Object.values(config).map(String);
    const secrets = values.flatMap((value) =>
        [...value.matchAll(reference)].flatMap(([, secret, key]) => [secret.toLowerCase(), secret, key]),
    );
    const plain = values.map((value) => value.replace(reference, "/")).filter((value) => value.length <= longestName);
    const items = plain.flatMap(listItems);
    const parts = [name, ...items].flatMap((text) => [
        withoutEscapes(text),
        ...withoutEscapes(text).split("."),
        ...text.split(/[-/@:]/),
        withoutContainer(text),
        withoutPrefix(text),
        ...originOf(text),
    ]);
    const lists = uniqueLists(
        plain.map(listItems).flatMap((list) => [list, list.map(withoutEscapes), list.map(withoutContainer)]),
    );
    const patternLists = plain
        .flatMap((text) => [listItems(text).map(itemOf), alternatives(text).map(itemOf)])
        .filter((list) => list.some((item) => typeof item !== "string"));
    const numbers = [...plain, ...parts].filter((value) => /^-?\d+$/.test(value)).map(Number);
    return {
        // an empty string is the least likely
        strings: [...unique([...secrets, ...plain, ...items, ...parts]).filter(Boolean), ""],
        numbers: unique(numbers.flatMap((number) => units.map((unit) => number / unit))).filter(Number.isInteger),
        lists,
        patternLists: inTurn<readonly TopicItem[]>(lists, uniqueLists(patternLists)),
    };
}
