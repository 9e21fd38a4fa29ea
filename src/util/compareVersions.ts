/** Comparison of versions as Debezium and Kafka number them. */

/** Qualifiers in the order they are released; a version without one is as final as `Final`. */
const qualifiers = ["snapshot", "alpha", "beta", "m", "cr", "rc", "final", "ga"];

/** The parts of a version that decide its order: numbers, and the rank of a qualifier with its own number. */
function parts(version: string): number[] {
    const [, numbers, qualifier = "final", count = "0"] = /^(\d+(?:\.\d+)*)[.-]?([A-Za-z]+)?(\d+)?/.exec(version) ?? [
        undefined,
        "0",
    ];
    const [major = 0, minor = 0, patch = 0] = numbers.split(".").map(Number);
    const rank = qualifiers.indexOf(qualifier.toLowerCase());
    return [
        major,
        minor,
        patch,
        rank < 0 || qualifier.toLowerCase() === "ga" ? qualifiers.indexOf("final") : rank,
        Number(count),
    ];
}

/** Negative when `a` is older than `b`, positive when it is newer, 0 when they are the same version. */
export function compareVersions(a: string, b: string): number {
    const [left, right] = [parts(a), parts(b)];
    return left.map((part, index) => part - right[index]).find((difference) => difference !== 0) ?? 0;
}
