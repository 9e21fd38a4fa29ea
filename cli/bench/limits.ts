/**
 * The highest ratios of an evaluation to a raw program that `kcp bench` accepts, by the number of connectors. A change
 * that makes the program slower fails here; one that makes it faster lowers them. docs/performance.md has the goals.
 */
interface Ratios {
    readonly time: number;
    readonly memory: number;
}

export const limits: Readonly<Record<number, Ratios>> = {
    100: { time: 2.2, memory: 1.3 },
    1000: { time: 2, memory: 1.6 },
};
