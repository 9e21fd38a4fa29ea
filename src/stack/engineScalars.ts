/**
 * Scalars as Pulumi's engine reads them. It uses go-yaml, which is neither YAML 1.1 nor 1.2: `yes` is a string as in
 * 1.2, `012` is octal as in 1.1. Where a reader of YAML 1.2, as in editors, would see another value, quotes are
 * required.
 */
import type * as YAML from "yaml";

/** Spellings of numbers in go-yaml that YAML 1.2 lacks: `1_000`, and `0b11`. */
const digitGroups = /^[-+]?[0-9][0-9_]*$/;
const binary = /^[-+]?0b[01]+$/;

const numberTag = (test: RegExp, resolve: (text: string) => number): YAML.ScalarTag => ({
    tag: "tag:yaml.org,2002:int",
    default: true,
    test,
    resolve,
    identify: () => false,
});

/** Tags that the YAML parser lacks and the engine has. */
export const engineTags: YAML.ScalarTag[] = [
    numberTag(digitGroups, (text) => Number(text.replaceAll("_", ""))),
    numberTag(binary, (text) => Number.parseInt(text.replace("0b", ""), 2)),
];

const leadingZero = /^[-+]?0[0-9_]+$/;
const timestamp = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;
const notFinite = /^[-+]?\.(inf|nan)$/i;

/** What a value without quotes is, where its meaning is not what it looks like; undefined for any other value. */
export function ambiguity(source: string, value: unknown): string | undefined {
    if (leadingZero.test(source)) return "a number with a leading zero, which Pulumi reads as octal";
    if (timestamp.test(source)) return "a date, which Pulumi extends to a timestamp";
    if (notFinite.test(source)) return "not a finite number, which Pulumi cannot store";
    if (typeof value !== "number") return undefined;
    if (!Number.isFinite(value)) return "a number too large for Pulumi, which reads a string";
    const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value) && digitGroups.test(source);
    return isRounded ? "an integer of more than 15 digits, which Pulumi rounds" : undefined;
}
