/** Reads what a Prometheus exporter serves, and which series a PromQL expression selects. */

export interface Series {
    name: string;
    labels: Record<string, string>;
    value: number;
}

export interface Selector {
    name: string;
    matchers: { label: string; operator: "=" | "!=" | "=~" | "!~"; value: string }[];
}

/** The series of an exporter's page. */
export function parseExposition(page: string): Series[] {
    return page.split("\n").flatMap((line) => {
        const [, name, labels, value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
        if (!name) return [];
        const pairs = [...(labels ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [
            label,
            text.replace(/\\(["\\])/g, "$1"),
        ]);
        return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
    });
}

/** Each metric that an expression names, with its matchers. */
export function selectorsOf(expression: string): Selector[] {
    const metric = /\b((?:kafka|debezium|jvm|process|pg|strimzi)_[\w:]+|up)\b(?:\{([^}]*)\})?/g;
    return [...expression.matchAll(metric)].map(([, name, matchers]) => ({
        name,
        matchers: [...(matchers ?? "").matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].map(
            ([, label, operator, value]) => ({ label, operator, value }) as Selector["matchers"][number],
        ),
    }));
}
