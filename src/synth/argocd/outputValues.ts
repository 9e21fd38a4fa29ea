/** Values that exist only after a deployment, such as the ARN of a role, in objects that are written as files. Pure. */
import { placeholderPattern, secretMask } from "../placeholders";

/** The value for each placeholder that is an output of the stack. */
export function outputValues(
    evaluated: Readonly<Record<string, unknown>>,
    given: Readonly<Record<string, unknown>>,
): Map<string, string> {
    const known = Object.entries(evaluated).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string" && placeholderPattern.test(entry[1]),
    );
    return new Map(
        known.flatMap(([name, value]) => (typeof given[name] === "string" ? [[value, given[name]] as const] : [])),
    );
}

const strings = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
};

/** The same data with the known values in place of their placeholders. */
export function withOutputs(value: unknown, values: ReadonlyMap<string, string>): unknown {
    if (typeof value === "string")
        return [...values].reduce((text, [unknown, known]) => text.replaceAll(unknown, known), value);
    if (Array.isArray(value)) return value.map((item) => withOutputs(item, values));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOutputs(item, values)]));
}

/** What an object contains that a file cannot: unknown values and secrets. */
export function unresolvedIn(object: unknown, outputs: Readonly<Record<string, unknown>>): string[] {
    const found = strings(object).flatMap((text) => {
        if (text === secretMask) return ["contains a secret of the stack, which would be readable in the repository"];
        const [unknown] = placeholderPattern.exec(text) ?? [];
        if (!unknown) return [];
        const [output] = Object.entries(outputs).find(([, value]) => value === unknown) ?? [];
        return [`${unknown} is not known${output ? `: give ${output} by --outputs` : ""}`];
    });
    return [...new Set(found)];
}
