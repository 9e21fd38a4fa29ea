/**
 * The declaration of a template that results in a given configuration. A template is a pure function, so that its
 * options are found by trying values: no template needs a second, inverse description.
 */
import { distance } from "fastest-levenshtein";
import type { ConnectContext, ConnectorConfig, Template } from "../connectors/template";
import { jsonSchemaOf, type JsonSchema } from "../schema/jsonSchema";
import type { Raw } from "./draft";
import { candidatePool, type CandidatePool } from "./templateCandidates";

/** Options that do not decide the configuration, or that the import sets itself. */
const otherOptions = new Set([
    ...["connectorTemplate", "name", "version", "pluginVersion", "connectCluster", "tasksMax", "state"],
    ...["autoRestart", "metadata", "spec", "unknownKeys", "secretVersion", "expect", "config"],
]);

/** An option that holds a value, or an array of strings. */
interface Leaf {
    readonly path: readonly string[];
    readonly schema: JsonSchema;
    /** Whether every declaration has it. */
    readonly required: boolean;
}

function leavesOf(schema: JsonSchema, path: readonly string[] = [], required = true): Leaf[] {
    if (!schema.properties) return path.length > 0 ? [{ path, schema, required }] : [];
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
        path.length === 0 && otherOptions.has(name)
            ? []
            : leavesOf(inner, [...path, name], required && (schema.required ?? []).includes(name)),
    );
}

/** The leaves of each template: its schema does not change. */
const leavesByTemplate = new Map<string, readonly Leaf[]>();

function templateLeaves(template: Template): readonly Leaf[] {
    const known = leavesByTemplate.get(template.name) ?? leavesOf(jsonSchemaOf(template.schema));
    leavesByTemplate.set(template.name, known);
    // the required ones first: without them nothing can be built
    return [...known].sort((a, b) => Number(b.required) - Number(a.required));
}

/** Values that an option may have had. */
function valuesFor(schema: JsonSchema, pool: CandidatePool): readonly unknown[] {
    if (schema.anyOf) return schema.anyOf.flatMap((form) => valuesFor(form, pool));
    if (schema.const !== undefined) return [schema.const];
    if (schema.enum) return schema.enum;
    const types = [schema.type ?? []].flat();
    if (types.length > 1) return types.flatMap((type) => valuesFor({ ...schema, type }, pool));
    if (schema.type === "boolean") return [true, false];
    if (schema.type === "integer" || schema.type === "number") return pool.numbers;
    if (schema.type === "array") return schema.items?.anyOf ? pool.patternLists : pool.lists;
    if (schema.type !== "string") return [];
    const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern);
    return pool.strings.filter((text) => !pattern || pattern.test(text));
}

/** Whether an option has a few fixed values. Those often decide together, such as two converters. */
const isChoice = ({ schema }: Leaf): boolean => schema.enum !== undefined || schema.type === "boolean";

/** A declaration with another value at a path; undefined removes it, and the objects that it leaves empty. */
function withValue(declaration: Raw, [first, ...rest]: readonly string[], value: unknown): Raw {
    const { [first]: inner, ...others } = declaration;
    const changed = rest.length === 0 ? value : withValue((inner as Raw | undefined) ?? {}, rest, value);
    const isEmpty = rest.length > 0 && Object.keys(changed as Raw).length === 0;
    return changed === undefined || isEmpty ? others : { ...others, [first]: changed };
}

/** Keys with a list of names, which a connector's `config` may extend. */
const nameLists = new Set(["transforms", "predicates", "topic.creation.groups"]);

/** How far a template's configuration is from the one to find. */
interface Distance {
    /** Keys that the template adds. There is no way to leave them out. */
    readonly added: readonly string[];
    /** Keys to which the template gives another value: an option is wrong, or missing. */
    readonly changed: readonly string[];
    /** Keys that no option decides; `config` has to set them. */
    readonly further: readonly string[];
}

/** Every value of a configuration is a string to Kafka Connect. */
function distanceOf(generated: Readonly<ConnectorConfig>, expected: Readonly<Raw>): Distance {
    const keys = Object.keys(expected);
    return {
        added: Object.keys(generated).filter((key) => !(key in expected)),
        changed: keys.filter((key) => key in generated && String(expected[key]) !== String(generated[key])),
        further: keys.filter((key) => !(key in generated)),
    };
}

/** How different two values are, from 0 to 1: of two wrong values, one is nearer to the right one. */
function difference(one: unknown, other: unknown): number {
    const [a, b] = [String(one), String(other)];
    return distance(a, b) / Math.max(a.length, b.length, 1);
}

/**
 * What an issue of a declaration costs. Options that need others are found where an issue costs little; those that
 * exclude others where it costs much.
 */
const issueWeights = [1, 0.25];

/** What one search may try: an import of hundreds of connectors has to end. */
const mostTries = 30_000;

/** Tries declarations of one template, and keeps the best one. */
class Search {
    private tries = 0;
    /** Values that the template gave to each key: what no option decides has one. */
    private readonly values = new Map<string, Set<unknown>>();
    /** How many configurations have each key, and how many were built. */
    private readonly counts = new Map<string, number>();
    private built = 0;
    /** Values of each option that are tried; undefined leaves it out. */
    private readonly tried: ReadonlyMap<Leaf, readonly unknown[]>;
    private best: Raw;
    private cost: number;

    constructor(
        private readonly template: Template,
        private readonly name: string,
        private readonly expected: Readonly<Raw>,
        private readonly context: ConnectContext,
        private readonly leaves: readonly Leaf[],
        pool: CandidatePool,
        private readonly issueWeight: number,
    ) {
        this.tried = new Map(
            leaves.map((leaf) => [leaf, [...(leaf.required ? [] : [undefined]), ...valuesFor(leaf.schema, pool)]]),
        );
        this.best = leaves
            .filter(({ required }) => required)
            .reduce<Raw>((options, leaf) => withValue(options, leaf.path, this.valuesOf(leaf)[0] ?? "x"), {});
        this.cost = this.costOf(this.best);
    }

    private build(options: Raw): { config: ConnectorConfig; issues: number } | undefined {
        const declared = { connectorTemplate: this.template.name, name: this.name, ...options };
        const parsed = this.template.schema.safeParse(declared);
        if (!parsed.success) return undefined;
        const { config, issues = [] } = this.template.build(parsed.data, this.context);
        return { config, issues: issues.length };
    }

    private costOf(options: Raw): number {
        this.tries += 1;
        const built = this.build(options);
        if (!built) return Infinity;
        this.built += 1;
        for (const key of Object.keys(built.config)) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
        for (const [key, value] of Object.entries(built.config))
            this.values.set(key, (this.values.get(key) ?? new Set()).add(value));
        const { added, changed, further } = distanceOf(built.config, this.expected);
        const wrong = changed.map((key) => 1 + difference(built.config[key], this.expected[key]));
        return (
            4 * added.length +
            further.length +
            this.issueWeight * built.issues +
            wrong.reduce((sum, item) => sum + item, 0)
        );
    }

    /** Keeps a declaration that is better. */
    private attempt(options: Raw): boolean {
        if (this.cost === 0 || this.tries > mostTries) return false;
        const cost = this.costOf(options);
        if (cost >= this.cost) return false;
        [this.best, this.cost] = [options, cost];
        return true;
    }

    private valuesOf(leaf: Leaf): readonly unknown[] {
        return this.tried.get(leaf)!;
    }

    /**
     * Whether the template can leave out every key that the configuration does not have. A few values of each option
     * show it, and most connectors that were not written by a template end here.
     */
    private canLeaveOut(): boolean {
        for (const leaf of this.leaves)
            for (const value of this.valuesOf(leaf).slice(0, 12)) this.attempt(withValue(this.best, leaf.path, value));
        return [...this.counts].every(([key, count]) => key in this.expected || count < this.built);
    }

    /** One option after the other. */
    private changeOne(): boolean {
        const results = this.leaves.flatMap((leaf) =>
            this.valuesOf(leaf).map((value) => this.attempt(withValue(this.best, leaf.path, value))),
        );
        return results.includes(true);
    }

    /** An option in place of another one of the same object, which excludes it. */
    private replaceOne(): boolean {
        const parentOf = ({ path }: Leaf) => path.slice(0, -1).join(".");
        const results = this.leaves.flatMap((leaf) =>
            this.leaves
                .filter((other) => other !== leaf && !other.required && parentOf(other) === parentOf(leaf))
                .flatMap((other) =>
                    this.valuesOf(leaf).map((value) =>
                        this.attempt(withValue(withValue(this.best, other.path, undefined), leaf.path, value)),
                    ),
                ),
        );
        return results.includes(true);
    }

    /** Two options with fixed values at once. */
    private changeTwoChoices(): boolean {
        const choices = this.leaves.filter(isChoice);
        const results = choices.flatMap((one, index) =>
            choices
                .slice(index + 1)
                .flatMap((other) =>
                    this.valuesOf(one).flatMap((value) =>
                        this.valuesOf(other).map((second) =>
                            this.attempt(withValue(withValue(this.best, one.path, value), other.path, second)),
                        ),
                    ),
                ),
        );
        return results.includes(true);
    }

    /** Whether options decide a key, so that another value of it in `config` would contradict them. */
    private isDecided(key: string): boolean {
        return !nameLists.has(key) && (this.values.get(key)?.size ?? 0) > 1;
    }

    /** What differs between the best declaration and the configuration; undefined while options conflict. */
    private remaining(): Distance | undefined {
        const built = this.build(this.best);
        return built?.issues === 0 ? distanceOf(built.config, this.expected) : undefined;
    }

    /** The best declaration, and what `config` has to set. Undefined where options cannot express the configuration. */
    run(): { options: Raw; config: readonly string[] } | undefined {
        const isFound = (left: Distance | undefined): left is Distance =>
            left !== undefined && left.added.length === 0 && !left.changed.some((key) => this.isDecided(key));
        if (!this.canLeaveOut()) return undefined;
        while (this.changeOne());
        if (this.remaining()?.added.length) return undefined;
        while (!isFound(this.remaining()) && (this.changeTwoChoices() || this.replaceOne() || this.changeOne()));
        while (this.changeOne());
        const left = this.remaining();
        return isFound(left) ? { options: this.best, config: [...left.changed, ...left.further] } : undefined;
    }
}

/** A declaration, and the keys that its `config` sets. */
export interface FoundDeclaration {
    readonly declaration: Raw;
    readonly config: Raw;
}

/**
 * The declaration of a template, name and configuration included, that results in a configuration. Undefined where no
 * options do: the template always adds a key, or gives one another value.
 *
 * @param name the connector's name
 * @param expected the configuration, without the fields of the KafkaConnector
 */
export function findDeclaration(
    template: Template,
    name: string,
    expected: Readonly<Raw>,
    context: ConnectContext,
): FoundDeclaration | undefined {
    const pool = candidatePool(name, expected);
    const leaves = templateLeaves(template);
    for (const weight of issueWeights) {
        const result = new Search(template, name, expected, context, leaves, pool, weight).run();
        if (!result) continue;
        const config = Object.fromEntries(result.config.map((key) => [key, expected[key]]));
        return { declaration: result.options, config };
    }
    return undefined;
}
