/** From a component's arguments to the settings that the pure functions read. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { formatPath, toIssues, unknownSetting, type Issue, type SettingPath } from "../../src/schema/issues";
import { isPlainObject } from "../../src/util/mergePatch";

const isDeferred = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

/** Whether a value is, or contains, an output or a promise. */
function containsDeferred(value: unknown): boolean {
    if (isDeferred(value)) return true;
    if (Array.isArray(value)) return value.some(containsDeferred);
    return isPlainObject(value) && Object.values(value).some(containsDeferred);
}

/** The schema without `optional`, `default` and `prefault`. */
function unwrapped(schema: z.ZodType): z.ZodType {
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
        return unwrapped(schema.unwrap() as z.ZodType);
    return schema;
}

/** The value with its defaults. An output cannot be checked before it is known and is used as it is. */
function withDefaults(schema: z.ZodType, value: unknown, path: SettingPath, issues: Issue[]): unknown {
    if (isDeferred(value)) return value;
    if (!containsDeferred(value)) {
        const result = schema.safeParse(value);
        if (!result.success) issues.push(...toIssues(result.error, schema, value, path));
        return result.data;
    }
    const inner = unwrapped(schema);
    if (Array.isArray(value) && inner instanceof z.ZodArray)
        return value.map((item, index) => withDefaults(inner.element as z.ZodType, item, [...path, index], issues));
    if (!isPlainObject(value) || !(inner instanceof z.ZodObject)) return value;
    const shape = inner.shape as Record<string, z.ZodType>;
    for (const key of Object.keys(value))
        if (!(key in shape)) issues.push(unknownSetting([...path, key], Object.keys(shape)));
    return Object.fromEntries(
        Object.entries(shape).map(([key, field]) => [key, withDefaults(field, value[key], [...path, key], issues)]),
    );
}

/**
 * A component's arguments as settings: with the defaults of the schema of the stack file's section, and with every
 * value that is known checked by it. Outputs stay where they are, so that a preview shows everything else.
 *
 * @param component type and name of the component, for the error
 * @throws InputPropertiesError with every argument that is invalid
 */
export function settingsFromArgs<S extends z.ZodObject>(schema: S, args: object, component: string): z.output<S> {
    const issues: Issue[] = [];
    const present = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    const settings = withDefaults(schema, present, [], issues);
    if (issues.length > 0) throw invalidArguments(component, issues);
    return settings as z.output<S>;
}

/** The error about a component's arguments. */
export function invalidArguments(component: string, issues: readonly Issue[]): Error {
    const lines = issues.map(({ path, message }) => `  ${path.length > 0 ? `${formatPath(path)}: ` : ""}${message}`);
    return new pulumi.InputPropertiesError({
        message: `${component} has invalid arguments:\n${lines.join("\n")}`,
        errors: issues.map(({ path, message }) => ({ propertyPath: formatPath(path), reason: message })),
    });
}
