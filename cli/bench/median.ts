/** The middle one of some numbers, or the upper of the two in the middle. */
export const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
