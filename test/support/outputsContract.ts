/** Changes of the outputs' form that break programs which read them. */

/** The part of JSON Schema that describes the outputs. */
export interface OutputsForm {
    type?: string;
    const?: unknown;
    enum?: unknown[];
    properties?: Record<string, OutputsForm>;
    required?: string[];
    items?: OutputsForm;
}

/** Every change from one form to another that can break a reader, each with the path of the field. */
export function incompatibleChanges(before: OutputsForm, after: OutputsForm, path = "outputs"): string[] {
    if (before.type !== after.type) return [`${path}: type ${before.type} became ${after.type}`];
    if (before.const !== after.const) return [`${path}: value ${before.const} became ${after.const}`];
    const values = (after.enum ?? []).filter((value) => !(before.enum ?? []).includes(value));
    const fields = Object.entries(before.properties ?? {}).flatMap(([name, field]) => {
        const at = `${path}.${name}`;
        const changed = after.properties?.[name];
        if (!changed) return [`${at}: removed`];
        const optional = before.required?.includes(name) && !after.required?.includes(name);
        return [...(optional ? [`${at}: became optional`] : []), ...incompatibleChanges(field, changed, at)];
    });
    return [
        ...values.map((value) => `${path}: new value ${String(value)}`),
        ...fields,
        ...(before.items && after.items ? incompatibleChanges(before.items, after.items, `${path}[]`) : []),
    ];
}
