/** Quantities of Kubernetes, such as 500m or 2Gi. */

const factors: Readonly<Record<string, number>> = {
    ...{ n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

const form = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d+))?$/;

/** The number that a quantity stands for; undefined where it is not a quantity. */
export function quantityValue(quantity: unknown): number | undefined {
    if (typeof quantity !== "string" && typeof quantity !== "number") return undefined;
    const parts = form.exec(String(quantity));
    if (!parts) return undefined;
    return Number(parts[1]) * (parts[3] === undefined ? factors[parts[2] ?? ""] : 10 ** Number(parts[3]));
}

/** Bytes of a heap size of the JVM, such as 512m or 2g. */
export const heapBytes = (size: string): number =>
    Number.parseInt(size, 10) * ({ k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[size.slice(-1).toLowerCase()] ?? 1);
