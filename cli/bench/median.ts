/** The middle one of some numbers, or the upper of the two in the middle. */
export const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median of some ratios, and their range: `1.94 (1.84–2.07)`. */
export const range = (values: readonly number[]): string =>
    `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
