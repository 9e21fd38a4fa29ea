/** Durations and sizes with a unit, parsed to the numbers that Kafka reads. */
import { string } from "./primitives";

const milliseconds: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const bytes: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** A duration such as 30m, 12h, 7d or 2w, parsed to milliseconds, or `forever`, parsed to -1. */
export const duration = () =>
    string("a duration such as 30m, 12h, 7d or 2w, or forever", /^([1-9][0-9]{0,6}[smhdw]|forever)$/).transform(
        (value) => (value === "forever" ? -1 : Number(value.slice(0, -1)) * milliseconds[value.slice(-1)]),
    );

/** A size such as 500Mi or 10Gi, parsed to bytes, or `unlimited`, parsed to -1. */
export const size = () =>
    string("a size such as 500Mi or 10Gi, or unlimited", /^([1-9][0-9]{0,5}(Ki|Mi|Gi|Ti)|unlimited)$/).transform(
        (value) => (value === "unlimited" ? -1 : Number(value.slice(0, -2)) * bytes[value.slice(-2)]),
    );
